// Lines of hosts(5): what endpoints are called, and a block of ours in somebody's file.
import { describe, expect, test } from "vitest";
import { hostsLine, hostsOf, withHosts } from "../../src/network/hosts.ts";
import type { EndpointConfig } from "../../src/network/model.ts";

const endpoint = (name: string, more: Partial<EndpointConfig> = {}): { config: EndpointConfig } => ({
  config: { name, aliases: [], ipv4: "10.1.0.2", ...more } as unknown as EndpointConfig,
});
const hosts = (...endpoints: { config: EndpointConfig }[]) => hostsOf({ endpoints } as never);

test("a line an address, name first, each name once", () => {
  const { entries, unfit } = hosts(
    endpoint("web", { ipv4: "10.1.0.3", ipv6: "fd00::3", aliases: ["www", "web", "www.test"] }),
    endpoint("db"),
  );
  expect(entries.map(hostsLine)).toEqual(["10.1.0.2\tdb", "10.1.0.3\tweb www www.test", "fd00::3\tweb www www.test"]);
  expect(unfit).toEqual([]);
});

test("what cannot stand there is left out, and told", () => {
  const bad = ["two words", "#comment", "a\u202eb", "-x", "x.", "10.1.0.9", ".", "größe", "a\\b"];
  expect(hosts(endpoint("good", { aliases: bad }))).toEqual({
    entries: [{ address: "10.1.0.2", names: ["good"] }],
    unfit: bad,
  });
  expect(hosts(endpoint("two words"))).toEqual({ entries: [], unfit: ["two words"] });
});

describe("a file", () => {
  const entries = [{ address: "10.1.0.2", names: ["db", "sql"] }];
  const block = '# nlkit network "web" begin\n10.1.0.2\tdb sql\n# nlkit network "web" end\n';

  test("that is not there begins with localhost", () => {
    expect(withHosts(undefined, "web", entries)).toBe(
      `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n${block}`,
    );
  });
  test("other lines stay, byte for byte; a last line without its end gets one", () => {
    const own = "# mine\r\n1.2.3.4\tx  # y\n\n\t5.6.7.8 z";
    expect(withHosts(own, "web", entries)).toBe(`${own}\n${block}`);
    expect(withHosts("", "web", entries)).toBe(block);
  });
  test("a block of the same network is replaced where it stands, one of another stays", () => {
    const other = '# nlkit network "db" begin\n10.9.0.2\tx\n# nlkit network "db" end\n';
    const old = '# nlkit network "web" begin\n9.9.9.9\told\n# nlkit network "web" end\n';
    expect(withHosts(`before\n${old}${other}after\n`, "web", entries)).toBe(`before\n${block}${other}after\n`);
  });
  test("twice is once; no entries: no block", () => {
    const once = withHosts("x\n", "web", entries);
    expect(withHosts(once, "web", entries)).toBe(once);
    expect(withHosts(once, "web", [])).toBe("x\n");
    expect(withHosts("x\n", "web", [])).toBe("x\n");
  });
  test("a block whose end somebody took away is left alone", () => {
    const broken = '# nlkit network "web" begin\n1.2.3.4\tmine\n';
    expect(withHosts(broken, "web", entries)).toBe(broken + block);
  });
  test("a block of a network of the same name of another host stays", () => {
    const other = withHosts("x\n", "web", [{ address: "9.9.9.9", names: ["there"] }], 'ho"st');
    expect(other).toBe(
      'x\n# nlkit network "web" of "ho\\"st" begin\n9.9.9.9\tthere\n# nlkit network "web" of "ho\\"st" end\n',
    );
    expect(withHosts(other, "web", entries)).toBe(other + block);
    expect(withHosts(other + block, "web", [], 'ho"st')).toBe(`x\n${block}`);
  });
  test("a hostile name makes no line of its own", () => {
    expect(withHosts("", 'a" begin\n6.6.6.6 evil', entries).split("\n")).toEqual([
      '# nlkit network "a\\" begin\\n6.6.6.6 evil" begin',
      "10.1.0.2\tdb sql",
      '# nlkit network "a\\" begin\\n6.6.6.6 evil" end',
      "",
    ]);
  });
});
