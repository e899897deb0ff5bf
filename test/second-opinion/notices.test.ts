// A comparison that finds nothing must be one that would have: here the other program's words are changed, one at a time.
import { describe, expect, it } from "vitest";
import { explain } from "../../src/attrs/decode.ts";
import type { Explained } from "./datagrams.ts";
import { noFindings } from "./findings.ts";
import { compareWithStrace, type StraceFindings } from "./strace-compare.ts";
import type { StraceReason } from "./strace-lists.ts";
import { parseStrace } from "./strace-syntax.ts";
import { compareWithTshark } from "./tshark-compare.ts";
import type { TsharkReason } from "./tshark-lists.ts";
import { parseRepeated, type Tree } from "./tshark-run.ts";

// RTM_NEWLINK of interface 4, up, IFLA_MTU 1500, IFLA_LINKINFO with IFLA_INFO_KIND "veth".
const bytes = Uint8Array.from(
  Buffer.from(
    "3800000010000500010000000000000000000100040000000100000000000000" +
      "08000400dc050000" +
      "10001200" +
      "0900010076657468" +
      "00000000",
    "hex",
  ),
);
const datagram: Explained = { where: "here", bytes, messages: explain(bytes) };

const STRACE = `[{nlmsg_len=56, nlmsg_type=RTM_NEWLINK, nlmsg_flags=NLM_F_REQUEST|NLM_F_ACK, nlmsg_seq=1, nlmsg_pid=0}, \
{ifi_family=AF_UNSPEC, ifi_type=ARPHRD_ETHER, ifi_index=4, ifi_flags=IFF_UP, ifi_change=0}, \
[[{nla_len=8, nla_type=IFLA_MTU}, 1500], \
[{nla_len=16, nla_type=IFLA_LINKINFO}, [{nla_len=9, nla_type=IFLA_INFO_KIND}, "\\x76\\x65\\x74\\x68"]]]]`;

const straceFindings = (text: string): StraceFindings => {
  const findings = { ...noFindings<StraceReason>(), otherwise: new Set<string>(), namesMore: new Set<string>() };
  compareWithStrace(datagram, parseStrace(text), findings);
  return findings;
};

describe("what strace says", () => {
  it("is the same", () => {
    const { disagreements, names, values } = straceFindings(STRACE);
    expect({ disagreements, names, values }).toEqual({ disagreements: [], names: 13, values: 12 });
  });

  it.each([
    ["another message", "RTM_NEWLINK", "RTM_DELLINK"],
    ["another flag", "NLM_F_ACK", "NLM_F_ECHO"],
    ["another member", "ifi_index", "ifi_iflink"],
    ["another member's value", "ifi_index=4", "ifi_index=5"],
    ["another flag of the interface", "IFF_UP", "IFF_UP|IFF_RUNNING"],
    ["another constant", "IFLA_MTU", "IFLA_LINK"],
    ["another length", "nla_len=8", "nla_len=12"],
    ["another value", "1500", "1501"],
    ["another text", "x76", "x77"],
    ["an attribute less", "[[{nla_len=8, nla_type=IFLA_MTU}, 1500], ", "["],
    ["no nest", '[{nla_len=9, nla_type=IFLA_INFO_KIND}, "\\x76\\x65\\x74\\x68"]', "5"],
  ])("is noticed: %s", (_, from, to) => {
    expect(STRACE).toContain(from);
    expect(straceFindings(STRACE.replace(from, to)).disagreements).toHaveLength(1);
  });

  it("is noticed: a constant without a name", () => {
    const { unread } = straceFindings(STRACE.replace("IFLA_MTU}, 1500", '0x4 /* IFLA_??? */}, "\\xdc\\x05\\x00\\x00"'));
    expect(unread).toEqual(new Map([["no name", new Set(["IFLA_MTU"])]]));
  });

  it("is noticed: bytes for a value", () => {
    const { unread } = straceFindings(STRACE.replace("1500", '"\\xdc\\x05\\x00\\x00"'));
    expect(unread).toEqual(new Map([["bytes", new Set(["IFLA_MTU"])]]));
  });
});

const attribute = (label: string, length: number, type: number, value: string): string => `
"Attribute: ${label}": {
"netlink.attr_len": "${length}",
"netlink.attr_type": "0x000${type.toString(16)}",
"netlink.attr_type_tree": {
"netlink-route.ifla_attr_type": "${type}"
},
${value}
}`;
const TSHARK = `{
"Netlink message header (type: Create network interface)": {
"netlink.hdr_len": "56",
"netlink-route.nltype": "16",
"netlink.hdr_flags": "0x0005",
"netlink.hdr_flags_tree": {
"netlink.hdr_flags.request": "1",
"netlink.hdr_flags.ack": "1",
"netlink.hdr_flags.echo": "0"
},
"netlink.hdr_seq": "1",
"netlink.hdr_pid": "0"
},
"netlink-route.ifi_family": "0",
"netlink-route.ifi_type": "1",
"netlink-route.ifi_index": "4",
"netlink-route.ifi_flags": "1",
"netlink-route.ifi_change": "0",
${attribute("MTU: 1500", 8, 4, '"netlink-route.ifla_mtu": "1500"')},
${attribute("Link info", 16, 0x12, '"netlink.attr_data": "09:00:01:00:76:65:74:68:00:00:00:00"')}
}`.replace("0x00012", "0x0012");

const tsharkDisagreements = (json: string): readonly string[] => {
  const findings = noFindings<TsharkReason>();
  compareWithTshark(datagram, [parseRepeated(json) as Tree], findings);
  return findings.disagreements;
};

describe("what tshark says", () => {
  it("is the same", () => expect(tsharkDisagreements(TSHARK)).toEqual([]));

  it.each([
    ["another message", "Create network", "Remove network"],
    ["another flag", '.echo": "0"', '.echo": "1"'],
    ["another member", "ifi_index", "ifi_flags"],
    ["another member's value", 'ifi_index": "4"', 'ifi_index": "5"'],
    ["another attribute", "MTU:", "Group:"],
    ["another length", 'attr_len": "8"', 'attr_len": "12"'],
    ["another type", 'ifla_attr_type": "4"', 'ifla_attr_type": "5"'],
    ["another value", 'mtu": "1500"', 'mtu": "1501"'],
    ["other bytes", "76:65", "76:66"],
  ])("is noticed: %s", (_, from, to) => {
    expect(TSHARK).toContain(from);
    expect(tsharkDisagreements(TSHARK.replace(from, to))).toHaveLength(1);
  });

  it("has both of two equal keys", () => {
    const once = '"a": {\n"b": "1"\n}';
    expect(parseRepeated(`{\n${once},\n${once}\n}`)).toEqual([
      ["a", [["b", "1"]]],
      ["a", [["b", "1"]]],
    ]);
  });
});
