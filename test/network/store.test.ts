// What is kept in the kernel: whatever goes in comes out, in pieces that `nft list` may print.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NftSetElement } from "../../src/attrs/netfilter/nftables/set-element.ts";
import type { EndpointConfig } from "../../src/network/model.ts";
import { assemble, forget, keep } from "../../src/network/store.ts";

const endpoint = (labels: Record<string, string>): EndpointConfig => ({
  kind: "endpoint",
  name: "db",
  bridge: "nl-web",
  port: "nlk01234567",
  netns: "ns1",
  netnsId: "4026532000",
  ifname: "eth0",
  mac: "02:00:00:00:00:01",
  gatewayPriority: 0,
  routes: [],
  aliases: [],
  ports: [],
  labels,
});

/** The elements of all messages, as a list of the set would give them. */
const elementsOf = (messages: ReturnType<typeof keep>): NftSetElement[] =>
  messages.flatMap((message) =>
    "name" in message && (message.name === "NFT_MSG_NEWSETELEM" || message.name === "NFT_MSG_DELSETELEM")
      ? [...(message.attrs?.elements ?? [])]
      : [],
  );

describe("the store", () => {
  test("gives back what it was given, in any order of the pieces", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary", maxLength: 2000 })),
        (labels) => {
          const thing = endpoint(labels);
          const elements = elementsOf(keep(thing.port, thing));
          expect(assemble([...elements].reverse()).get(thing.port)).toEqual(JSON.parse(JSON.stringify(thing)));
        },
      ),
    );
  });

  test("writes printable ASCII, in pieces that an element has room for", () => {
    const thing = endpoint({ "\u001b[31m": "a\nb\u202ec\u{1f600}\ud800" });
    for (const { userdata } of elementsOf(keep(thing.port, thing))) {
      expect(userdata?.comment).toMatch(/^[ -~]{1,240}$/);
    }
  });

  test("does not take a thing for whole of which a piece is missing", () => {
    const thing = endpoint({ long: "x".repeat(3000) });
    const elements = elementsOf(keep(thing.port, thing));
    expect(elements.length).toBeGreaterThan(10);
    for (const i of [0, 1, elements.length - 1]) {
      const some = assemble(elements.filter((_, j) => j !== i));
      expect(some.has(thing.port)).toBe(true);
      expect(some.get(thing.port)).toBeUndefined();
    }
  });

  test("keeps things apart by the names of their links", () => {
    const [a, b] = [endpoint({ a: "1" }), { ...endpoint({ b: "2" }), port: "nlk01234568" }];
    const kept = assemble([...elementsOf(keep(a.port, a)), ...elementsOf(keep(b.port, b))]);
    expect(kept.get(a.port)).toEqual(a);
    expect(kept.get(b.port)).toEqual(b);
  });

  test("forgets by the same keys", () => {
    const thing = endpoint({ long: "y".repeat(100_000) });
    const keys = (messages: ReturnType<typeof keep>): unknown[] => elementsOf(messages).map(({ key }) => key);
    expect(keys(forget(thing.port, thing))).toEqual(keys(keep(thing.port, thing)));
    expect(keep(thing.port, thing).length).toBeGreaterThan(1);
  });

  test("what is no JSON, or no key of ours, harms nothing", () => {
    const strange: NftSetElement[] = [
      { key: { value: new Uint8Array(3) } },
      {},
      { key: { value: new Uint8Array(20).fill(65, 0, 3) }, userdata: { comment: "1 {" } },
    ];
    expect([...assemble(strange)]).toEqual([["AAA", undefined]]);
  });
});
