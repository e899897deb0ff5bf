// A budget for starting: what a process loads, in files (each 0.3 ms and more on Node 20) and kilobytes (each some 25 µs). Times are
// measured in bench/. Limits have some 5 % of room: what goes beyond is worth a thought.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { conntrack, encodeMessage } from "../../src/index.ts";
import { hex } from "../support/fixtures.ts";
import { loadedBy } from "./loaded.ts";

const KB = 1000;

describe("an entry point", () => {
  const CODEC = ["shared/codec.js"];
  const ROUTE = ["shared/route.js", "shared/route-other.js", "shared/route-readers.js"];
  const FAMILIES = [...CODEC, "shared/diag.js", "shared/netfilter.js", ...ROUTE];
  const ALL = [...FAMILIES, "shared/attrs.js", "shared/events.js", "shared/generic.js", "shared/xfrm.js"];
  const CLIENT = ["shared/client.js", "shared/errors.js", "shared/socket.js"];

  test.each([
    ["index", ALL, 470],
    ["socket/index", [...CODEC, "shared/errors.js", "shared/socket.js"], 190],
    ["client/index", [...FAMILIES, ...CLIENT], 520],
    ["network/index", [...FAMILIES, ...CLIENT, "shared/capture.js", "shared/network.js"], 810],
    [
      "capture/index",
      [...CODEC, ...["capture", "capture-more", "capture-tools", "conversation"].map((room) => `shared/${room}.js`)],
      225,
    ],
    ["testing/index", [...ALL, "shared/capture.js", "shared/errors.js"], 490],
  ] as const)("%s loads its rooms, and no native code", (entry, rooms, limit) => {
    const file = `dist/${entry}.js`;
    const { files, bytes } = loadedBy("--input-type=module", "-e", `import "./${file}"`);
    expect(files).toEqual([file, ...rooms.map((room) => `dist/${room}`)].sort());
    expect(bytes).toBeLessThan(limit * KB);
  });
});

describe("the command", () => {
  const folder = mkdtempSync(join(tmpdir(), "nlkit-startup-"));
  const link = join(folder, "link.hex");
  const flow = join(folder, "flow.hex");
  beforeAll(() => {
    writeFileSync(link, hex(encodeMessage({ name: "RTM_NEWLINK", attrs: { ifname: "eth0" } })));
    writeFileSync(flow, hex(encodeMessage({ name: "IPCTNL_MSG_CT_GET" }, { types: conntrack })));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (...args: string[]) => {
    const { files, ...rest } = loadedBy("dist/cli/nlkit.js", ...args);
    return { files: files.map((file) => file.replace(/^dist\//, "")), ...rest };
  };
  const COMMAND = ["cli/command.js", "cli/nlkit.js", "shared/capture.js", "shared/codec.js", "shared/route.js"];

  test("decode loads what most captures hold of one family, and neither commander nor koffi", () => {
    const { files, bytes, stdout } = run("decode", link);
    expect(stdout).toContain('ifname "eth0"');
    expect(files).toEqual([...COMMAND].sort());
    expect(bytes).toBeLessThan(188 * KB);
  });
  test("what most captures do not hold of that family, when it is met", () => {
    writeFileSync(link, hex(encodeMessage({ name: "RTM_GETRULE" })));
    const { files, stdout } = run("decode", link);
    expect(stdout).toContain("RTM_GETRULE");
    expect(files).toEqual([...COMMAND, "shared/attrs-load-route-all.js", "shared/route-other.js"].sort());
  });
  test("another family beside it", () => {
    const { files, stdout } = run("decode", "-p", "NETLINK_NETFILTER", flow);
    expect(stdout).toContain("IPCTNL_MSG_CT_GET");
    expect(files).toEqual([...COMMAND, "shared/attrs-netfilter-messages.js", "shared/netfilter.js"].sort());
  });
  test("a help text needs no other family and no native code", () => {
    const { files, stdout } = run("decode", "--help");
    expect(stdout).toContain("--byte-order <order>");
    const own = files.filter((file) => !file.startsWith("node_modules/commander/"));
    expect(own).toEqual([...COMMAND, "cli/grammar.js", "cli/program.js"].sort());
  });
  test.each([
    [["help", "network", "connect"], "cli/help.js", "Examples:"],
    [["completion", "bash"], "cli/completion.js", "complete -F _nlkit nlkit"],
  ])("%s: what it alone needs, no other family and no native code", (args, file, text) => {
    const { files, stdout } = run(...args);
    expect(stdout).toContain(text);
    const own = files.filter((one) => !one.startsWith("node_modules/commander/"));
    expect(own.filter((one) => !COMMAND.includes(one) && one.startsWith("shared/"))).toEqual(["shared/errors.js"]);
    expect(own.filter((one) => !one.startsWith("shared/") && !one.startsWith("cli/"))).toEqual([]);
    expect(own).toContain(file);
  });
});
