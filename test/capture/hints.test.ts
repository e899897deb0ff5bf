// One hint a case: the request, what the kernel answered, and what we say beyond that.
import { expect, test } from "vitest";
import { refusedRequest } from "../../src/capture/refused.ts";
import { refusedLines } from "../../src/capture/refused-lines.ts";
import type { ExtAck } from "../../src/codec/control.ts";
import { type AnyInput, encodeWith } from "../../src/codec/message.ts";
import type { MessageType, Registry } from "../../src/codec/registry.ts";
import { type MessageInput, NLM_F, netfilter, route } from "../../src/index.ts";

const NEW = NLM_F.REQUEST | NLM_F.ACK | NLM_F.CREATE | NLM_F.EXCL;
const E = { PERM: 1, NOENT: 2, EXIST: 17, NODEV: 19, INVAL: 22, RANGE: 34, OPNOTSUPP: 95 };

const refused = (message: AnyInput<MessageType>, errno: number, ack: ExtAck = {}, types: Registry = route) =>
  refusedRequest({ types, bytes: encodeWith(types, message), captured: { byteOrder: "little" } }, errno, ack);
const hints = (message: MessageInput, errno: number, ack: ExtAck = {}): readonly string[] =>
  refused(message as AnyInput<MessageType>, errno, ack).hints;
/** An attribute of a type word, whatever the table says of it. */
const raw = (word: number, ...bytes: number[]) => ({ unknown: [{ word, bytes: Uint8Array.from(bytes) }] });

test("a header struct that is too short", () => {
  expect(refused({ type: 16, flags: NEW, payload: new Uint8Array(4) }, E.INVAL).hints).toEqual([
    "RTM_NEWLINK begins with struct ifinfomsg of 16 bytes: 4 are there",
  ]);
});
test("another header struct: what stands behind it is no list of attributes", () => {
  // An rtmsg of 12 bytes, then RTA_DST, where an ifaddrmsg of 8 is due.
  const payload = Uint8Array.of(2, 24, 0, 0, 254, 4, 0, 1, 0, 0, 0, 0, 8, 0, 1, 0, 10, 0, 0, 0);
  expect(refused({ type: 20, flags: NEW, payload }, E.INVAL).hints[0]).toBe(
    "the bytes from 24 on are no attributes: RTM_NEWADDR begins with struct ifaddrmsg of 8 bytes; was another one sent?",
  );
});
test("NLA_F_NESTED is missing, said by the kernel or not", () => {
  // IFLA_PROP_LIST (52) without the flag, IFLA_ALT_IFNAME (53) in it.
  const message: MessageInput = {
    name: "RTM_NEWLINKPROP",
    flags: NEW,
    header: { index: 2 },
    attrs: raw(52, 6, 0, 53, 0, 97, 0, 0, 0),
  };
  const said = "IFLA_PROP_LIST is a nest without NLA_F_NESTED: nla_type is 0x0034, and 0x8034 is due";
  expect(hints(message, E.INVAL)).toEqual([said]);
  expect(hints(message, E.INVAL, { msg: "NLA_F_NESTED is missing", offs: 32 })).toEqual([said]);
  // Flagged, or about something else: nothing to say.
  expect(hints({ ...message, attrs: { propList: { altIfname: ["a"] } } } as MessageInput, E.INVAL)).toEqual([]);
  expect(hints(message, E.INVAL, { msg: "something else" })).toEqual([]);
});
test("an integer of another width", () => {
  const message: MessageInput = { name: "RTM_SETLINK", header: { index: 1 }, attrs: raw(4, 0xdc, 5) };
  expect(hints(message, E.RANGE)).toEqual(["IFLA_MTU has 2 bytes: a u32 has 4"]);
  expect(hints(message, E.RANGE, { msg: "Attribute failed policy validation", offs: 32 })).toEqual([
    "IFLA_MTU has 2 bytes: a u32 has 4",
  ]);
});
test("a struct that is too short", () => {
  // IFA_CACHEINFO: 16 bytes.
  const message: MessageInput = { name: "RTM_NEWADDR", attrs: { local: "10.0.0.1", ...raw(6, 1, 2, 3, 4) } };
  expect(hints(message, E.RANGE)).toEqual(["IFA_CACHEINFO has 4 bytes: struct ifa_cacheinfo has 16"]);
});
test("a name that is too long", () => {
  expect(hints({ name: "RTM_NEWLINK", flags: NEW, attrs: { ifname: "a-name-of-twenty-one" } }, E.RANGE)).toEqual([
    "IFLA_IFNAME has 20 bytes of text: 15 is the most",
  ]);
  expect(hints({ name: "RTM_NEWLINK", flags: NEW, attrs: { ifname: "fifteen-is-fine" } }, E.RANGE)).toEqual([]);
});
test("out of range, and in range the other way round", () => {
  const vxlan = (id: number): MessageInput => ({
    name: "RTM_NEWLINK",
    flags: NEW,
    attrs: { linkinfo: { kind: "vxlan", data: { vxlan: { id } } } },
  });
  const policy = { type: 4, minValueU: 0n, maxValueU: 16777215n };
  // nlmsghdr 16, ifinfomsg 16, IFLA_LINKINFO 4, IFLA_INFO_KIND 12, IFLA_INFO_DATA 4.
  const ack = { msg: "integer out of range", offs: 52, policy };
  expect(hints(vxlan(0xfffffff0), E.RANGE, ack)).toEqual([
    "IFLA_VXLAN_ID is 4294967280: this kernel takes 0 to 16777215",
  ]);
  expect(hints(vxlan(0x2a000000), E.RANGE, ack)).toEqual([
    "IFLA_VXLAN_ID is 704643072: this kernel takes 0 to 16777215; in the other byte order it would be 42",
  ]);
});
test("missing, by the kernel's word and by ours", () => {
  const data: MessageInput = {
    name: "RTM_NEWLINK",
    flags: NEW,
    attrs: { linkinfo: { kind: "vxlan", data: { vxlan: {} } } },
  };
  expect(hints(data, E.INVAL, { missType: 1, missNest: 48 })).toEqual([
    "IFLA_VXLAN_ID is required in IFLA_INFO_DATA, and is not there",
  ]);
  const macvlan: MessageInput = { name: "RTM_NEWLINK", flags: NEW, attrs: { linkinfo: { kind: "macvlan" } } };
  expect(hints(macvlan, E.INVAL)).toEqual(["RTM_NEWLINK needs IFLA_LINK, and has none"]);
  expect(hints({ name: "RTM_NEWADDR", header: { family: 2 }, attrs: { label: "x" } }, E.INVAL)).toEqual([
    "RTM_NEWADDR needs IFA_LOCAL or IFA_ADDRESS, and has none",
  ]);
  const chain = { name: "NFT_MSG_NEWCHAIN", attrs: { name: "c" } } as unknown as AnyInput<MessageType>;
  expect(refused(chain, E.INVAL, {}, netfilter as unknown as Registry).hints).toEqual([
    "NFT_MSG_NEWCHAIN needs NFTA_CHAIN_TABLE, and has none",
  ]);
});
test("a link kind that this kernel does not have", () => {
  const message: MessageInput = { name: "RTM_NEWLINK", flags: NEW, attrs: { linkinfo: { kind: "vlan\n" } } };
  const said = String.raw`this kernel has no link kind "vlan\n": not built, or its module cannot be loaded`;
  expect(hints(message, E.OPNOTSUPP, { msg: "Unknown device type" })).toEqual([said]);
  expect(hints(message, E.OPNOTSUPP)).toEqual([said]);
});
test("an attribute that is too new", () => {
  expect(
    hints({ name: "RTM_SETLINK", attrs: raw(0x3ffe, 1, 0, 0, 0) }, E.INVAL, {
      msg: "Unknown attribute type",
      offs: 32,
    }),
  ).toEqual([
    "this kernel does not know IFLA_16382 (type 16382): the program was written for a newer one, or for another message",
  ]);
});
test("a message that is too new", () => {
  expect(hints({ name: "RTM_GETNSID" }, E.OPNOTSUPP)).toEqual([
    "this kernel does not know RTM_GETNSID of NETLINK_ROUTE: not built, or its module is not loaded",
  ]);
});
test("an interface that is not there", () => {
  expect(hints({ name: "RTM_SETLINK", header: { index: 7 } }, E.NODEV)).toEqual([
    "there is no interface 7 in this namespace",
  ]);
  expect(hints({ name: "RTM_SETLINK", header: { index: 7 }, attrs: { master: 9 } }, E.NODEV)).toEqual([
    "is there an interface 9 (IFLA_MASTER) in this namespace?",
  ]);
});
test("a master and a namespace that are not there", () => {
  expect(hints({ name: "RTM_SETLINK", header: { index: 1 }, attrs: { master: 9 } }, E.INVAL)).toEqual([
    "is there an interface 9 (IFLA_MASTER) in this namespace?",
  ]);
  expect(hints({ name: "RTM_NEWLINK", attrs: { targetNetnsid: 77 } }, E.INVAL)).toEqual([
    "is there a namespace of id 77 (IFLA_TARGET_NETNSID), as seen from this one?",
  ]);
});
test("a GET of one that does not say which", () => {
  const said = "RTM_GETLINK without NLM_F_DUMP asks for one: it needs an index or a name";
  expect(hints({ name: "RTM_GETLINK", attrs: { extMask: 1 } }, E.INVAL)).toEqual([said]);
  expect(hints({ name: "RTM_GETLINK", header: { index: 1 } }, E.INVAL)).toEqual([]);
  expect(hints({ name: "RTM_GETLINK", flags: NLM_F.DUMP }, E.INVAL)).toEqual([]);
});
test("it is there already", () => {
  const message: MessageInput = { name: "RTM_NEWADDR", flags: NEW, attrs: { local: "10.0.0.1" } };
  expect(hints(message, E.EXIST)[0]).toMatch(/^it is there already, and NLM_F_EXCL asks for a new one/);
  expect(hints({ ...message, flags: NLM_F.REQUEST } as MessageInput, E.EXIST)).toEqual([]);
});
test("what EXCL and REPLACE are said to do, they do", () => {
  const link = { linkinfo: { kind: "bridge" } };
  const first = (name: string, code: number, flags: number): string | undefined =>
    hints({ name, flags, attrs: name.endsWith("LINK") ? link : {} } as MessageInput, code)[0];
  const already = "it is there already, and NLM_F_EXCL asks for a new one";
  expect(first("RTM_NEWROUTE", E.EXIST, NEW)).toBe(
    `${already}; NLM_F_REPLACE in its place would change the one that is there`,
  );
  expect(first("RTM_NEWLINK", E.EXIST, NEW)).toBe(
    `${already}; without that flag it would be about the one that is there`,
  );
  // The kernel ignores REPLACE of a rule, and makes a second one.
  expect(first("RTM_NEWRULE", E.EXIST, NEW)).toBe(already);
  expect(first("RTM_NEWLINK", E.OPNOTSUPP, NEW | NLM_F.REPLACE)).toMatch(/^a link cannot be replaced/);
});
test("NAT in a chain that has none", () => {
  const rule = (name: string) =>
    ({
      name: "NFT_MSG_NEWRULE",
      attrs: { expressions: [{ name, data: { [name]: {} } }] },
    }) as unknown as AnyInput<MessageType>;
  const of = (name: string): readonly string[] =>
    refused(rule(name), E.OPNOTSUPP, {}, netfilter as unknown as Registry).hints;
  expect(of("masq")).toEqual([expect.stringMatching(/^NAT stands in chains of type "nat" alone/)]);
  expect(of("counter")).toEqual([]);
});
test("not allowed", () => {
  expect(hints({ name: "RTM_NEWLINK", attrs: {} }, E.PERM)).toEqual([
    "this needs CAP_NET_ADMIN in the user namespace that owns the network namespace",
  ]);
});
test("big-endian requests are read as such", () => {
  const bytes = encodeWith(
    route,
    { name: "RTM_NEWLINK", flags: NEW, attrs: { ifname: "a-name-of-twenty-one" } },
    { byteOrder: "big" },
  );
  expect(refusedRequest({ types: route, bytes, captured: { byteOrder: "big" } }, E.RANGE, {}).hints).toHaveLength(1);
});
test("a runt has no hints, and does not throw", () => {
  for (const length of [0, 1, 15, 16, 17]) {
    const request = {
      types: route as Registry,
      bytes: new Uint8Array(length),
      captured: { byteOrder: "little" } as const,
    };
    expect(refusedRequest(request, E.INVAL, { offs: 5, missType: 1 }).path).toBeUndefined();
  }
});

test("the request with the attribute marked", () => {
  const message: MessageInput = {
    name: "RTM_NEWLINK",
    flags: NEW,
    seq: 7,
    attrs: { ifname: "vx\u001b0", linkinfo: { kind: "vxlan", data: { vxlan: { id: 16777216, ttl: 3 } } } },
  };
  const policy = { type: 4, minValueU: 0n, maxValueU: 16777215n };
  const lines = refusedLines(refused(message as AnyInput<MessageType>, E.RANGE, { msg: "no\n", offs: 64, policy }), "");
  expect(lines).toEqual([
    "   RTM_NEWLINK",
    "     nlmsg_flags 0x605 NLM_F_REQUEST|NLM_F_ACK|NLM_F_EXCL|NLM_F_CREATE",
    "     ifi_family 0 AF_UNSPEC",
    "     ifi_type 0",
    "     ifi_index 0",
    "     ifi_flags 0",
    "     ifi_change 0",
    String.raw`     IFLA_IFNAME "vx\u001b0"`,
    "     IFLA_LINKINFO NLA_F_NESTED",
    '       IFLA_INFO_KIND "vxlan"',
    "       IFLA_INFO_DATA NLA_F_NESTED",
    String.raw`>>       IFLA_VXLAN_ID 16777216   <-- "no\n"; the kernel takes: u32 from 0 to 16777215`,
    "         IFLA_VXLAN_TTL 3",
    "hint: IFLA_VXLAN_ID is 16777216: this kernel takes 0 to 16777215; in the other byte order it would be 1",
  ]);
});
test("a long request shows what stands above the mark", () => {
  const names = Array.from({ length: 60 }, (_, i) => `alt${i}`);
  const message: MessageInput = {
    name: "RTM_NEWLINKPROP",
    header: { index: 2 },
    attrs: { propList: { altIfname: names } },
  };
  // Behind IFLA_PROP_LIST, the third name: each takes 12 bytes.
  const lines = refusedLines(refused(message as AnyInput<MessageType>, E.EXIST, { offs: 36 + 2 * 12 }), "");
  expect(lines.length).toBeLessThan(10);
  expect(lines.join("\n")).toMatch(
    /IFLA_PROP_LIST[^\n]*\n.*2 more\n>> .*IFLA_ALT_IFNAME "alt2" {3}<-- EEXIST\n.*57 more/,
  );
});
