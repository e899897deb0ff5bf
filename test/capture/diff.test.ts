// Two messages, two captures, attribute by attribute; and the command's exit codes.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Compared, captureDifferences, differences, type Ignorable } from "../../src/capture/diff.ts";
import { encodeMessage, encodeMessages, explain, type MessageInput } from "../../src/index.ts";
import { nlkit } from "../cli/run.ts";
import { everyItem } from "../support/fixtures.ts";

const compared = (bytes: Uint8Array, protocol = "NETLINK_ROUTE"): Compared[] =>
  explain(bytes, { protocol }).map((field) => ({ field, bytes }));
const one = (attrs: object, rest: Partial<MessageInput> = {}): Compared =>
  compared(encodeMessage({ name: "RTM_NEWLINK", attrs, ...rest } as MessageInput))[0] as Compared;
const base = { ifname: "br0", mtu: 1500, linkinfo: { kind: "bridge", data: { bridge: { ageingTime: 1 } } } };

describe("two messages", () => {
  test.each<[string, Compared, Ignorable[], object[]]>([
    ["the same", one(base), [], []],
    ["a value", one({ ...base, mtu: 9000 }), [], [{ path: "IFLA_MTU", a: "1500", b: "9000" }]],
    [
      "a value deep inside",
      one({ ...base, linkinfo: { kind: "bridge", data: { bridge: { ageingTime: 2 } } } }),
      [],
      [{ path: "IFLA_LINKINFO/IFLA_INFO_DATA/IFLA_BR_AGEING_TIME", a: "1", b: "2" }],
    ],
    ["one more", one({ ...base, master: 3 }), [], [{ path: "IFLA_MASTER", b: "3" }]],
    ["one less", one({ ifname: "br0", linkinfo: base.linkinfo }), [], [{ path: "IFLA_MTU", a: "1500" }]],
    ["seq", one(base, { seq: 5 }), [], [{ path: "nlmsg_seq", a: "0", b: "5" }]],
    ["seq, which does not count", one(base, { seq: 5 }), ["seq"], []],
    ["pid, which does not count", one(base, { pid: 5 }), ["seq", "pid"], []],
    ["order, which does not count", one({ mtu: 1500, ifname: "br0", linkinfo: base.linkinfo }), ["order"], []],
    ["the header", one(base, { header: { index: 4 } }), [], [{ path: "ifi_index", a: "0", b: "4" }]],
  ])("%s", (_name, other, ignore, expected) => {
    expect(differences(one(base), other, ignore)).toEqual(expected);
  });
  test("order, and what stands in no attribute", () => {
    expect(differences(one(base), one({ mtu: 1500, ifname: "br0", linkinfo: base.linkinfo }))).toMatchObject([
      { path: "order" },
    ]);
    const padded = encodeMessage({ name: "RTM_NEWLINK", attrs: { ifname: "br01" } });
    const other = padded.slice();
    other[padded.length - 1] = 7;
    expect(differences(compared(padded)[0] as Compared, compared(other)[0] as Compared)).toEqual([{ path: "bytes" }]);
  });
});

test("an ack echoes the request's numbers: they do not count either", () => {
  const ack = (seq: number, pid: number): Compared =>
    compared(
      encodeMessage({
        name: "NLMSG_ERROR",
        seq,
        pid,
        header: { error: 0, len: 32, type: 16, flags: 5, seq, pid },
      } as unknown as MessageInput),
    )[0] as Compared;
  expect(differences(ack(1, 2), ack(3, 4)).map(({ path }) => path)).toEqual([
    "nlmsg_seq",
    "nlmsg_pid",
    "msg.nlmsg_seq",
    "msg.nlmsg_pid",
  ]);
  expect(differences(ack(1, 2), ack(3, 4), ["seq", "pid"])).toEqual([]);
  expect(differences(ack(1, 2), ack(3, 4), ["seq"]).map(({ path }) => path)).toEqual(["nlmsg_pid", "msg.nlmsg_pid"]);
});

test("two captures: what is only in one, what moved", () => {
  const names = (...all: string[]): Compared[] =>
    compared(encodeMessages(all.map((name) => ({ name, attrs: {} }) as unknown as MessageInput)));
  const a = names("RTM_GETLINK", "RTM_NEWLINK", "RTM_NEWADDR");
  const b = names("RTM_GETLINK", "RTM_NEWROUTE", "RTM_NEWLINK");
  expect(captureDifferences(a, b).map(({ name, a: left, b: right }) => [name, left, right])).toEqual([
    ["RTM_NEWROUTE", undefined, 2],
    ["RTM_NEWADDR", 3, undefined],
  ]);
  expect(captureDifferences(a, a)).toEqual([]);
});

test("every fixture is the same as itself", () => {
  for (const { datagrams } of everyItem()) {
    for (const { bytes, protocol } of datagrams) {
      const all = compared(bytes, protocol).filter(({ field }) => field.children.length > 0);
      expect(all.flatMap((message) => differences(message, message))).toEqual([]);
    }
  }
});

describe("the command", () => {
  const folder = mkdtempSync(join(tmpdir(), "nlkit-diff-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, message: MessageInput): string => {
    const path = join(folder, name);
    writeFileSync(path, `${Buffer.from(encodeMessage(message)).toString("hex")}\n`);
    return path;
  };
  const a = file("a", { name: "RTM_NEWLINK", seq: 1, attrs: base });
  const b = file("b", { name: "RTM_NEWLINK", seq: 2, attrs: { ...base, mtu: 1400 } });
  test("exit codes as of diff(1)", async () => {
    expect(await nlkit(["diff", a, a])).toEqual({ code: 0, stdout: "", stderr: "" });
    const different = await nlkit(["diff", "--ignore", "seq,pid", a, b]);
    expect(different).toEqual({
      code: 1,
      stdout: "message 1: RTM_NEWLINK\n- IFLA_MTU 1500\n+ IFLA_MTU 1400\n",
      stderr: "",
    });
    expect((await nlkit(["diff", a, join(folder, "none")])).code).toBe(2);
    expect((await nlkit(["diff", "--ignore", "weather", a, b])).stderr).toContain(
      '"weather" is none of seq, pid, order',
    );
    expect((await nlkit(["diff", "-", "-"])).code).toBe(2);
  });
  test("-j", async () => {
    const { stdout } = await nlkit(["diff", "-j", "--ignore", "seq", a, b]);
    expect(JSON.parse(stdout)).toEqual({
      name: "RTM_NEWLINK",
      a: 1,
      b: 1,
      differences: [{ path: "IFLA_MTU", a: "1500", b: "1400" }],
    });
  });
});
