// What holds for every value of every message, from arbitraries made of the tables themselves.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Writer } from "../../src/codec/bytes.ts";
import { explainWith } from "../../src/codec/explain.ts";
import type { Field } from "../../src/codec/explain-field.ts";
import { type AnyInput, decodeWith, encodeWith } from "../../src/codec/message.ts";
import { controlTypes, type MessageType, type Registry } from "../../src/codec/registry.ts";
import {
  audit,
  connector,
  conntrack,
  genericTypes,
  nflog,
  nfqueue,
  nftables,
  route,
  selinux,
  sockDiag,
  trafficControl,
  xfrm,
} from "../../src/index.ts";
import { arbitraryMessage } from "../../src/testing/arbitrary.ts";

const RUNS = 400;
/** Each with how deep its nests are to go: the data of an expression of a rule stand five deep. */
const registries: [string, Registry<MessageType>, depth: number][] = [
  ["NETLINK_ROUTE", route as Registry<MessageType>, 3],
  ["nf_tables", nftables as Registry<MessageType>, 5],
  ["conntrack", conntrack as Registry<MessageType>, 4],
  ["nfqueue", nfqueue as Registry<MessageType>, 4],
  ["nflog", nflog as Registry<MessageType>, 4],
  ["NETLINK_SOCK_DIAG", sockDiag as Registry<MessageType>, 4],
  ["traffic control", trafficControl as Registry<MessageType>, 5],
  [
    "NETLINK_GENERIC",
    genericTypes(
      new Map([
        [20, "ethtool"],
        [21, "wireguard"],
        [22, "macsec"],
      ]),
    ) as Registry<MessageType>,
    5,
  ],
  ["NETLINK_XFRM", xfrm as Registry<MessageType>, 3],
  ["NETLINK_CONNECTOR", connector as Registry<MessageType>, 3],
  ["NETLINK_AUDIT", audit as Registry<MessageType>, 3],
  ["NETLINK_SELINUX", selinux as Registry<MessageType>, 3],
  ["control", controlTypes as Registry<MessageType>, 3],
];
const input = (message: object): AnyInput<MessageType> => message as AnyInput<MessageType>;

/** rtnh_len is filled in by encoding: not part of what goes round. */
const withoutLengths = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutLengths);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  const isNextHop = "hops" in value && "ifindex" in value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([k, v]) => (isNextHop && k === "len" ? [] : [[k, withoutLengths(v)]])),
  );
};

const leaves = (fields: readonly Field[]): Field[] =>
  fields.flatMap((f) => (f.children.length > 0 ? leaves(f.children) : [f]));

describe.each(registries)("%s", (_name, types, depth) => {
  test("decode(encode(x)) is x, in both byte orders", () => {
    fc.assert(
      fc.property(arbitraryMessage(types, depth), fc.constantFrom("little", "big"), (message, byteOrder) => {
        const bytes = encodeWith(types, input(message), { byteOrder });
        const [decoded, ...more] = decodeWith(types, bytes, { byteOrder, strict: true });
        expect(more).toEqual([]);
        expect(withoutLengths(decoded)).toEqual(withoutLengths(message));
      }),
      { numRuns: RUNS },
    );
  });

  test("lossless: decoding and encoding again gives the bytes", () => {
    fc.assert(
      fc.property(arbitraryMessage(types, depth), (message) => {
        const bytes = encodeWith(types, input(message));
        const [decoded] = decodeWith(types, bytes, { lossless: true });
        expect(encodeWith(types, decoded as AnyInput<MessageType>)).toEqual(bytes);
      }),
      { numRuns: RUNS },
    );
  });

  test("big-endian is little-endian with every integer turned round", () => {
    fc.assert(
      fc.property(arbitraryMessage(types, depth), (message) => {
        const little = encodeWith(types, input(message));
        const big = encodeWith(types, input(message), { byteOrder: "big" });
        const one = leaves(explainWith(types, little));
        const other = leaves(explainWith(types, big, { byteOrder: "big" }));
        expect(other.map(({ constant, offset, length, text }) => [constant, offset, length, text])).toEqual(
          one.map(({ constant, offset, length, text }) => [constant, offset, length, text]),
        );
      }),
      { numRuns: RUNS },
    );
  });

  test("explain covers every byte once", () => {
    const cover = (fields: readonly Field[], start: number, end: number): void => {
      let at = start;
      for (const f of fields) {
        expect(f.offset).toBe(at);
        const [first] = f.children;
        if (first !== undefined) cover(f.children, first.offset, f.offset + f.length);
        at += f.length;
      }
      expect(at).toBe(end);
    };
    fc.assert(
      fc.property(arbitraryMessage(types, depth), (message) => {
        const bytes = encodeWith(types, input(message));
        cover(explainWith(types, bytes), 0, bytes.length);
      }),
      { numRuns: RUNS },
    );
  });

  test("no byte of a dirty buffer shows through", () => {
    fc.assert(
      fc.property(arbitraryMessage(types, depth), (message) => {
        const { name } = message as { name: string };
        const body = types.byName.get(name)?.body;
        const write = (fill: number): Uint8Array => {
          const w = new Writer({}, undefined, new Uint8Array(1 << 16).fill(fill));
          w.flags = (message as { flags: number }).flags;
          body?.write(w, message, {}, "");
          return w.since(0);
        };
        expect(write(0xff)).toEqual(write(0));
      }),
      { numRuns: RUNS },
    );
  });
});
