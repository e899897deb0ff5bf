// A second opinion on nf_tables: strace 6.1 names messages and families, and frames attributes; it does not look into them.
import { expect, it } from "vitest";
import { explain, type Field, nftables } from "../../src/index.ts";
import { items } from "../support/fixtures.ts";
import { describeWith } from "./obstacle.ts";
import { straceLines } from "./strace-run.ts";

const NETFILTER = 12;
/** NFPROTO_IPV4 and its like are families of their own, and numbers of AF_*: strace gives these names. */
const FAMILIES: Readonly<Record<number, string>> = { 0: "AF_UNSPEC", 1: "AF_UNIX", 2: "AF_INET" };

/** The framing that strace prints: names of messages, families, resources, and of each attribute its length and type. */
const theirs = (line: string): string[] => {
  const words =
    /nlmsg_type=(?:NFNL_SUBSYS_NFTABLES<<8\|)?(\w+)|nfgen_family=(\w+)|res_id=htons\((\d+)\)|\{nla_len=(\d+), nla_type=(?:NLA_F_NESTED\|)?0x([\da-f]+)/g;
  return [...line.matchAll(words)].map(([, type, family, resource, length, id]) =>
    length === undefined ? (type ?? family ?? resource ?? "") : `${length} ${Number.parseInt(id ?? "", 16)}`,
  );
};
const ours = (message: Field): string[] =>
  message.children.flatMap((f) => {
    if (f.constant === "nlmsg_type") return [f.text.replace(/^\d+ /, "")];
    if (f.constant === "nfgen_family") return [FAMILIES[f.value as number] ?? String(f.value)];
    if (f.constant === "res_id") return [String(f.value)];
    return [];
  });
const attributes = (bytes: Uint8Array, { children }: Field): string[] =>
  children.flatMap(({ word, offset }) =>
    word === undefined ? [] : [`${(bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8)} ${word & 0x3fff}`],
  );

describeWith("strace", "strace's opinion on nf_tables", () => {
  it("agrees on messages, families, lengths and types", () => {
    const datagrams = items("NETLINK_NETFILTER")
      .filter(({ file }) => file.startsWith("nftables/"))
      .flatMap((item) => item.datagrams.map(({ bytes }) => bytes));
    const lines = straceLines(datagrams, NETFILTER);
    expect(lines).toHaveLength(datagrams.length);
    let compared = 0;
    for (const [i, bytes] of datagrams.entries()) {
      const messages = explain(bytes, { types: nftables });
      // strace prints the end of a dump in another way.
      if (messages.some(({ constant }) => constant === "NLMSG_DONE")) continue;
      expect(theirs(lines[i] ?? "")).toEqual(messages.flatMap((m) => [...ours(m), ...attributes(bytes, m)]));
      compared += messages.length;
    }
    expect(compared).toBeGreaterThan(60);
  });
});
