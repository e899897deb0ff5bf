import { describe, expect, it } from "vitest";
import { parseStrace } from "./strace-syntax.ts";

const sum = (...terms: string[]) => ({ kind: "sum", terms, comment: "" });
const bytes = (text: string) => ({ kind: "bytes", bytes: Uint8Array.from(Buffer.from(text)) });

describe("the syntax of strace", () => {
  it.each([
    ["-19", sum("-19")],
    ["-ENODEV", sum("-ENODEV")],
    ["NLM_F_REQUEST|NLM_F_ACK|0x600", sum("NLM_F_REQUEST", "NLM_F_ACK", "0x600")],
    ["1<<BR_BOOLOPT_MST_ENABLE|0x18", sum("1<<BR_BOOLOPT_MST_ENABLE", "0x18")],
    ["200 /* 2.00 s */", { ...sum("200"), comment: "2.00 s" }],
    ["NLA_F_NESTED|0x3e /* IFLA_??? */", { ...sum("NLA_F_NESTED", "0x3e"), comment: "IFLA_???" }],
    ["01:80:c2:00:00:00", { kind: "mac", text: "01:80:c2:00:00:00" }],
    ['"\\x62\\x72\\x30"', bytes("br0")],
    ['"\\x62\\x72"...', bytes("br")],
    ['""', bytes("")],
    ['inet_addr("\\x31")', { kind: "call", name: "inet_addr", args: [bytes("1")] }],
    ["{}", { kind: "struct", members: [] }],
    ["[]", { kind: "list", items: [] }],
  ])("%s", (text, node) => expect(parseStrace(text)).toEqual(node));

  it("structs and lists, nested", () => {
    expect(parseStrace("[{nla_len=8, nla_type=IFLA_MTU}, [1, 2]]")).toEqual({
      kind: "list",
      items: [
        {
          node: {
            kind: "struct",
            members: [
              { name: "nla_len", node: sum("8") },
              { name: "nla_type", node: sum("IFLA_MTU") },
            ],
          },
        },
        { node: { kind: "list", items: [{ node: sum("1") }, { node: sum("2") }] } },
      ],
    });
  });

  it("list items with an index", () => {
    expect(parseStrace("[[IPV4_DEVCONF_TAG-1]=0, [58 /* DEVCONF_??? */]=7]")).toEqual({
      kind: "list",
      items: [
        { index: sum("IPV4_DEVCONF_TAG-1"), node: sum("0") },
        { index: { ...sum("58"), comment: "DEVCONF_???" }, node: sum("7") },
      ],
    });
  });

  it("a member that a call fills", () => {
    const args = [sum("AF_INET6"), bytes("::"), sum("&rtvia_addr")];
    expect(parseStrace('{inet_pton(AF_INET6, "\\x3a\\x3a", &rtvia_addr)}')).toEqual({
      kind: "struct",
      members: [{ name: "rtvia_addr", node: { kind: "call", name: "inet_pton", args } }],
    });
  });

  it("a struct that is cut short", () => {
    expect(parseStrace("{ifi_family=AF_BRIDGE, ...}")).toEqual({
      kind: "struct",
      members: [
        { name: "ifi_family", node: sum("AF_BRIDGE") },
        { name: "...", node: sum() },
      ],
    });
  });

  it.each(["{a=1", "[1,]", "1 2", '"\\x6"', "{1}", ""])("refuses %s", (text) => {
    expect(() => parseStrace(text)).toThrow(SyntaxError);
  });
});
