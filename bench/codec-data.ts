// What bench/codec.ts decodes: recorded dumps, and routes as the kernel sends 100,000 of them.
import { eachAttribute, NLA_TYPE_MASK } from "../src/codec/attribute.ts";
import { readerOf } from "../src/codec/bytes.ts";
import { decodeMessages, encodeMessage } from "../src/index.ts";
import { framed, items } from "../test/support/fixtures.ts";

/** What the kernel fills a dump's datagrams to, when the reader's buffer has the room. */
const DATAGRAM = 32 * 1024;

/** Bytes one behind the other. */
const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

/** Messages in datagrams as large as the kernel's. */
const packed = (messages: readonly Uint8Array[]): Uint8Array[] => {
  const out: Uint8Array[][] = [];
  let room = 0;
  for (const message of messages) {
    if (message.length > room) {
      out.push([]);
      room = DATAGRAM;
    }
    out.at(-1)?.push(message);
    room -= message.length;
  }
  return out.map(joined);
};

const routes = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) =>
    encodeMessage({
      name: "RTM_NEWROUTE",
      flags: 2,
      seq: 1,
      pid: 4321,
      header: { family: 2, dstLen: 32, table: 254, protocol: 3, type: 1 },
      attrs: {
        table: 254,
        dst: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
        priority: 100,
        gateway: `172.16.1.${i % 250}`,
        oif: 2,
      },
    }),
  );

const IFINFOMSG = 16;
/** IFLA_STATS, IFLA_STATS64: what RTEXT_FILTER_SKIP_STATS leaves out. In IFLA_AF_SPEC it leaves out the two of AF_INET6 too. */
const STATISTICS = [7, 23];
const AF_SPEC = 26;
const AF_INET6 = 10;
const INET6_STATISTICS = [3, 6];

/** The attributes of u8[at, end), each as `keep` makes it. */
const kept = (
  bytes: Uint8Array,
  keep: (type: number, attribute: Uint8Array) => Uint8Array | undefined,
): (Uint8Array | undefined)[] => {
  const parts: (Uint8Array | undefined)[] = [];
  eachAttribute(readerOf(bytes), 0, bytes.length, (word, at, _end, next) => {
    parts.push(keep(word & NLA_TYPE_MASK, bytes.slice(at - 4, next)));
  });
  return parts;
};
/** An attribute with fewer inside. */
const nest = (attribute: Uint8Array, keep: Parameters<typeof kept>[1]): Uint8Array => {
  const inside = kept(attribute.subarray(4), keep).filter((part) => part !== undefined);
  const out = joined([attribute.subarray(0, 4), ...inside]);
  new DataView(out.buffer).setUint16(0, out.length, true);
  return out;
};
const withoutStatistics = (link: Uint8Array): Uint8Array => {
  const split = 16 + IFINFOMSG;
  const parts = kept(link.slice(split), (type, attribute) => {
    if (STATISTICS.includes(type)) return undefined;
    if (type !== AF_SPEC) return attribute;
    return nest(attribute, (family, inner) =>
      family === AF_INET6 ? nest(inner, (t, a) => (INET6_STATISTICS.includes(t) ? undefined : a)) : inner,
    );
  }).filter((part) => part !== undefined);
  const out = joined([link.subarray(0, split), ...parts]);
  new DataView(out.buffer).setUint32(0, out.length, true);
  return out;
};

/** Datagrams by what is in them. */
export const datagrams = (): Record<string, Uint8Array[]> => {
  const replies = items().flatMap(({ datagrams: all }) => all.filter(({ direction }) => direction === "<"));
  const messages = replies.flatMap(({ bytes }) => framed(bytes));
  const named = (name: string): Uint8Array[] => messages.filter((bytes) => decodeMessages(bytes)[0]?.name === name);
  // Notices and refusals aside: links as a dump gives them, of every kind that was recorded.
  const links = named("RTM_NEWLINK").filter((bytes) => {
    const [link] = decodeMessages(bytes);
    return link?.name === "RTM_NEWLINK" && link.attrs.stats64 !== undefined;
  });
  return {
    "a route of 100,000": packed(routes(10_000)),
    "a link": packed(links),
    "a link without statistics": packed(links.map(withoutStatistics)),
    "an address": packed(named("RTM_NEWADDR")),
    "a neighbour": packed(named("RTM_NEWNEIGH")),
  };
};
