// What nft and the kernel were recorded to say of nf_tables: byte for byte, without loss, and damaged in every place.
import { describe, expect, test } from "vitest";
import { decodeMessages, encodeMessages, explain, nftables } from "../../src/index.ts";
import { framed, hex, items, messages } from "../support/fixtures.ts";
import { damaged } from "./damaged-suite.ts";
import { hole } from "./mutations.ts";
import { nftCases } from "./nft-cases.ts";

const own = items("NETLINK_NETFILTER").filter(({ file }) => file.startsWith("nftables/"));
const types = nftables;

/** Sender's number and port, 8 bytes of each message, are not meaning. */
const anonymous = (bytes: Uint8Array): string =>
  framed(bytes)
    .map((message) => hex(message.fill(0, 8, 16)))
    .join(" ");

describe("requests, byte for byte", () => {
  test.each(nftCases.map((c) => [c.file, c] as const))("%s", (file, { command, requests }) => {
    const item = own.find((one) => one.file === file);
    expect(command).toBe(item?.command);
    const sent = item?.datagrams.filter(({ direction }) => direction === ">").map(({ bytes }) => anonymous(bytes));
    expect(requests.map((request) => anonymous(encodeMessages(request, { types })))).toEqual(sent);
  });
  test("every item is listed, once", () => {
    expect(nftCases.map(({ file }) => file).sort()).toEqual(own.map(({ file }) => file).sort());
    expect(own.length).toBeGreaterThanOrEqual(7);
  });
});

test("nothing that nft or the kernel says is unknown, malformed or lost", () => {
  for (const { bytes } of own.flatMap(({ datagrams }) => datagrams)) {
    const text = JSON.stringify(decodeMessages(bytes, { types }), (_, v) => (typeof v === "bigint" ? `${v}` : v));
    expect(text).not.toMatch(/"unknown":|"issues":/);
    expect(hex(encodeMessages(decodeMessages(bytes, { types, lossless: true }), { types }))).toBe(hex(bytes));
    expect(hole(explain(bytes, { types }), 0, bytes.length)).toBeUndefined();
  }
});

damaged(
  types,
  messages(types.name).filter(({ name }) => name.startsWith("nftables/")),
);
