// Any bytes at all behind the header of a message that is known: what must hold of damaged recordings holds of them too.
import fc from "fast-check";
import { expect, test } from "vitest";
import { conntrack, nflog, nfqueue, nftables, type Registry, route, sockDiag } from "../../src/index.ts";
import { broken } from "../golden/damage.ts";

const registries = { route, nftables, conntrack, nfqueue, nflog, sockDiag } as unknown as Record<string, Registry>;

/** Attributes more often than noise: each with a small type, a length that may lie, and bytes. */
const attribute = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 24 }), fc.constantFrom(0, 0, 0, -3, 2, 4000))
  .chain(([type, size, lie]) =>
    fc.uint8Array({ minLength: (size + 3) & ~3, maxLength: (size + 3) & ~3 }).map((payload) => {
      const length = Math.max(0, 4 + size + lie);
      return Uint8Array.from([length & 255, length >> 8, type, 0x80 * (size & 1), ...payload]);
    }),
  );
const body = fc.oneof(
  fc.uint8Array({ maxLength: 120 }),
  fc
    .tuple(fc.uint8Array({ maxLength: 72 }), fc.array(attribute, { maxLength: 8 }))
    .map(([header, attributes]) => Uint8Array.from(Buffer.concat([header, ...attributes]))),
);

test.each(Object.entries(registries))("%s", (_name, types) => {
  const numbers = [...types.byType.keys()];
  fc.assert(
    fc.property(fc.constantFrom(...numbers), fc.constantFrom(0, 1, 2, 0x301), body, (type, flags, payload) => {
      const bytes = new Uint8Array(16 + payload.length);
      const view = new DataView(bytes.buffer);
      view.setUint32(0, bytes.length, true);
      view.setUint16(4, type, true);
      view.setUint16(6, flags, true);
      bytes.set(payload, 16);
      expect(broken(bytes, types)).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});
