// A second opinion on NETLINK_SOCK_DIAG: strace 6.1 reads all of it but what is newer than itself.
import { expect, it } from "vitest";
import { explain, type Field, sockDiag } from "../../src/index.ts";
import { items } from "../support/fixtures.ts";
import { describeWith } from "./obstacle.ts";
import { straceLines } from "./strace-run.ts";
import { numberOf } from "./uapi.ts";

const SOCK_DIAG = 4;

/** A name, and what stands there: a number, a text, or of a nest its length. */
type Fact = readonly [name: string, value: string];

/** Names of packet sockets: linux/if_ether.h, linux/if_packet.h. */
const PACKET: Readonly<Record<string, number>> = { ETH_P_ALL: 3, TPACKET_V1: 0, TPACKET_V2: 1, TPACKET_V3: 2 };

/** "\x66\x6f" as strace prints text with -xx. */
const textOf = (escaped: string): string =>
  Buffer.from(escaped.replaceAll(/\\x|"/g, ""), "hex").toString().replace(/\0$/, "");
/** 1<<TCP_LISTEN, 1<<(INET_DIAG_INFO-1), NLM_F_REQUEST, 0x1. */
const termOf = (term: string): bigint => {
  const [, shifted, less] = /^1<<\(?(\w+?)(-1)?\)?$/.exec(term) ?? [];
  if (shifted !== undefined) return 1n << BigInt(numberOf(shifted) - (less === undefined ? 0 : 1));
  return /^[\dx]/.test(term) || /^-\d/.test(term)
    ? BigInt.asUintN(64, BigInt(term))
    : BigInt(PACKET[term] ?? numberOf(term));
};
const numberIn = (value: string): string =>
  String(value.split("|").reduce((sum, term) => sum | termOf(term.replace(/\s.*/, "")), 0n));
const meaningOf = (value: string): string => {
  const [, host] = /^(?:htons|htonl)\((\d+)\)$/.exec(value) ?? [];
  if (host !== undefined) return host;
  const [, address] = /^inet_addr\((".*")\)$/.exec(value) ?? [];
  if (address !== undefined) return textOf(address);
  // In an empty namespace there is lo alone, whose index is 1.
  if (value.startsWith("if_nametoindex")) return "1";
  const [, low, high] = /^\[(\d+), (\d+)\]$/.exec(value) ?? [];
  if (low !== undefined) return String(BigInt(low) | (BigInt(high ?? 0) << 32n));
  return value.startsWith('"') ? textOf(value) : numberIn(value);
};

const VALUE = String.raw`if_nametoindex\("[^"]*"\)|inet_addr\("[^"]*"\)|hton[sl]\(\d+\)|\[\d+, \d+\]|"[^"]*"|[\w|<()-]+`;
const FACTS = new RegExp(
  String.raw`\{nla_len=(\d+), nla_type=(\w+)\}(?:, (?=[\w"])(${VALUE}))?` +
    String.raw`|inet_pton\(AF_INET6, ("[^"]*"), &(\w+)\)|\[(SK_MEMINFO_\w+)\]=(\d+)|(\w+)=(${VALUE})`,
  "g",
);
/**
 * Not printed by strace: a name for what inet_diag_req_v2 has as padding. Misread: udiag_vfs_dev is the kernel's own dev_t, major << 20 |
 * minor; strace and ss take it for glibc's (0:65024 for 254:0).
 */
const UNPRINTED = /^(sdiag_raw_protocol|udiag_vfs_dev)$/;
/** What strace does not take apart, or in another way: the first instruction alone, words of 8 bytes. */
const OTHERWISE = /^(INET_DIAG_INFO|INET_DIAG_REQ_BYTECODE|NETLINK_DIAG_GROUPS|UNIX_DIAG_ICONS|PACKET_DIAG_FILTER)$/;
const theirs = (line: string): Fact[] => {
  const body = line.slice(line.indexOf("["), line.lastIndexOf("sa_family"));
  return [...body.matchAll(FACTS)].flatMap(
    ([, length, type, leaf, ip6, target, memory, amount, name, value]): Fact[] => {
      if (type !== undefined)
        return [
          [type, String(length)],
          ...(leaf === undefined || OTHERWISE.test(type) ? [] : [[type, meaningOf(leaf)] as const]),
        ];
      if (target !== undefined) return [[target, textOf(ip6 ?? "")]];
      if (memory !== undefined) return [[memory, String(amount)]];
      if (name === "udiag_vfs_dev") return [];
      return [[String(name), meaningOf(String(value))]];
    },
  );
};

const ours = (fields: readonly Field[]): Fact[] =>
  fields.flatMap((f): Fact[] => {
    const name = f.constant.replace(/^id\./, "");
    if (f.constant === "" || UNPRINTED.test(name)) return [];
    const own: Fact[] = f.word === undefined ? [] : [[name, String(lengthOf(f))]];
    if (OTHERWISE.test(name)) return own;
    if (f.children.length > 0) return [...own, ...ours(f.children)];
    if (f.value === undefined) return own;
    const value = typeof f.value === "number" ? String(BigInt.asUintN(64, BigInt(f.value))) : String(f.value);
    return [...own, [name, value]];
  });
/** nla_len: without padding. */
const lengths = new Map<Field, number>();
const lengthOf = (f: Field): number => lengths.get(f) ?? f.length;
const measure = (bytes: Uint8Array, fields: readonly Field[]): void => {
  for (const f of fields) {
    if (f.word !== undefined) lengths.set(f, (bytes[f.offset] ?? 0) | ((bytes[f.offset + 1] ?? 0) << 8));
    measure(bytes, f.children);
  }
};

describeWith("strace", "strace's opinion on sock_diag", () => {
  it("agrees on every member, attribute, length and value", () => {
    const datagrams = items("NETLINK_SOCK_DIAG").flatMap((item) => item.datagrams.map(({ bytes }) => bytes));
    const lines = straceLines(datagrams, SOCK_DIAG);
    expect(lines).toHaveLength(datagrams.length);
    let compared = 0;
    for (const [i, bytes] of datagrams.entries()) {
      const messages = explain(bytes, { types: sockDiag });
      measure(bytes, messages);
      if (messages.some(({ constant }) => constant.startsWith("NLMSG_"))) continue;
      const mine = ours(messages.flatMap(({ children }) => children));
      const other = theirs(lines[i] ?? "").filter(
        ([name]) => !/^(unused|code|yes|no|family|prefix_len|port|addr|mark|mask)$/.test(name),
      );
      expect(other).toEqual(mine);
      compared += mine.length;
    }
    expect(compared).toBeGreaterThan(900);
  });
});
