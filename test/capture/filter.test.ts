// --filter: its grammar, and that no text makes it do anything but look up and compare.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileFilter, FilterError } from "../../src/capture/index.ts";
import { constantsOf } from "../../src/codec/walk.ts";
import { decodeMessages, encodeMessage, NLM_F, route } from "../../src/index.ts";

const constants = constantsOf(route as never);
const constant = (name: string): number | undefined => (name === "NLM_F_ACK" ? NLM_F.ACK : constants.get(name));
const subject = (message: object) => ({ message, protocol: "NETLINK_ROUTE", direction: ">" as const, socket: "12:3" });
const [link] = decodeMessages(
  encodeMessage({
    name: "RTM_NEWLINK",
    flags: NLM_F.REQUEST | NLM_F.ACK,
    seq: 7,
    header: { index: 4, family: 7 },
    attrs: {
      ifname: "br0",
      mtu: 1500,
      address: "02:42:ac:11:00:02",
      linkinfo: { kind: "bridge", data: { bridge: { helloTimer: 5n } } },
    },
  }),
);
const [refusal, ack] = [-17, 0].map(
  (error) =>
    decodeMessages(
      encodeMessage({ name: "NLMSG_ERROR", header: { error, len: 0, type: 16, flags: 0, seq: 7, pid: 0 } }),
    )[0],
);
const [paths] = decodeMessages(
  encodeMessage({
    name: "RTM_NEWROUTE",
    header: { family: 2 },
    attrs: {
      multipath: [1, 2].map((ifindex) => ({
        header: { ifindex, len: 0, flags: 0, hops: 0 },
        attrs: { gateway: `10.0.0.${ifindex}` },
      })),
    },
  }),
);
const holds = (text: string, message: object = link as object): boolean =>
  compileFilter(text, constant)(subject(message));

describe("holds", () => {
  test.each([
    'type == RTM_NEWLINK && attrs.ifname == "br0"',
    "type == RTM_NEWLINK && attrs.ifname == br0",
    "type ~ NEW",
    'type ~ "RTM_*LINK"',
    "name == RTM_NEWLINK",
    "attrs.linkinfo.kind",
    "attrs.linkinfo.kind == bridge",
    "attrs.linkinfo.data.bridge.helloTimer == 5",
    "attrs.linkinfo.data.bridge.helloTimer >= 0x5",
    "header.family == AF_BRIDGE",
    "header.index > 3 && header.index < 5 && header.index <= 4 && header.index >= 4",
    "flags & NLM_F_ACK",
    "seq == 7",
    "pid == 0",
    "protocol == NETLINK_ROUTE && protocol == route && protocol == 0 || protocol == ROUTE",
    'direction == ">"',
    'socket == "12:3"',
    "attrs.address == 02:42:ac:11:00:02",
    "attrs.address ~ 02:42:*",
    "attrs.ifname ~ r0",
    "attrs.ifname ~ b?0",
    "!attrs.master",
    "attrs.master != 3",
    "!(attrs.mtu == 1400) && !!attrs.mtu",
    "attrs.mtu == 1400 || attrs.mtu == 1500 && attrs.ifname == br0",
    "!error",
  ])("%s", (text) => {
    expect(holds(text)).toBe(true);
    expect(holds(`!(${text})`)).toBe(false);
  });
});

test("errors and acks", () => {
  const answers = [refusal, ack, link] as object[];
  const which = (text: string): boolean[] => answers.map((message) => holds(text, message));
  expect(which("error")).toEqual([true, false, false]);
  expect(which("error == EEXIST")).toEqual([true, false, false]);
  expect(which("error == 17 && error == -17")).toEqual([true, false, false]);
  expect(which("error == 0")).toEqual([false, true, false]);
  expect(which("error > 0")).toEqual([true, false, false]);
});

test("lists: any item, or one", () => {
  expect(holds("attrs.multipath.header.ifindex == 2", paths as object)).toBe(true);
  expect(holds("attrs.multipath[0].header.ifindex == 2", paths as object)).toBe(false);
  expect(holds("attrs.multipath[1].attrs.gateway == 10.0.0.2", paths as object)).toBe(true);
  expect(holds("attrs.multipath.header.ifindex == 3", paths as object)).toBe(false);
});

describe("is refused, and says where", () => {
  test.each([
    ["", 0],
    ["type ==", 7],
    ["type == RTM_NEWLINX", 8],
    ["(seq == 1", 9],
    ["seq == 1)", 8],
    ["seq = 1", 4],
    ["a.b[x]", 3],
    ['a == "\\q"', 5],
    ["protocol == nowhere", 12],
    ["seq == 1 & pid == 2", 9],
    [`${"(".repeat(101)}a${")".repeat(101)}`, 100],
  ])("%s", (text, at) => {
    try {
      compileFilter(text, constant);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(FilterError);
      expect((error as FilterError).at).toBe(at);
    }
  });
});

test("properties of Object and code are nothing to it", () => {
  for (const path of ["constructor", "__proto__", "attrs.constructor.name", "attrs.ifname.length", "toString"]) {
    expect(holds(path), path).toBe(false);
  }
});

test("any text: a predicate or a FilterError, and soon", () => {
  const word = fc.constantFrom(
    "type",
    "attrs.ifname",
    "==",
    "!=",
    "~",
    "&&",
    "||",
    "!",
    "(",
    ")",
    "RTM_NEWLINK",
    '"br0"',
    "7",
    "[0]",
    ".",
    "&",
    "<",
  );
  const text = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.array(word, { maxLength: 30 }).map((words) => words.join(" ")),
  );
  fc.assert(
    fc.property(text, (filter) => {
      try {
        expect(typeof holds(filter)).toBe("boolean");
      } catch (error) {
        expect(error).toBeInstanceOf(FilterError);
      }
    }),
    { numRuns: 2000 },
  );
});

test("logic: as JavaScript's own, on every tree", () => {
  interface Tree {
    readonly text: string;
    readonly value: boolean;
  }
  const leaf = fc.constantFrom<Tree>({ text: "seq == 7", value: true }, { text: "seq == 8", value: false });
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      leaf,
      tie("tree").map(({ text, value }) => ({ text: `!(${text})`, value: !value })),
      fc
        .tuple(tie("tree"), tie("tree"))
        .map(([a, b]) => ({ text: `(${a.text}) && (${b.text})`, value: a.value && b.value })),
      fc
        .tuple(tie("tree"), tie("tree"))
        .map(([a, b]) => ({ text: `(${a.text}) || (${b.text})`, value: a.value || b.value })),
    ),
  }));
  fc.assert(
    fc.property(tree, ({ text, value }) => {
      expect(holds(text)).toBe(value);
    }),
    { numRuns: 500 },
  );
  // && binds closer than ||.
  expect(holds("seq == 7 || seq == 7 && seq == 8")).toBe(true);
});

test("patterns take no time, whatever they are", () => {
  const message = { attrs: { ifalias: "a".repeat(50_000) } };
  const begin = performance.now();
  expect(holds(`attrs.ifalias ~ "${"a*".repeat(200)}b"`, message)).toBe(false);
  // 200 times 50,000 steps; a backtracking engine would not come back.
  expect(performance.now() - begin).toBeLessThan(5000);
});
