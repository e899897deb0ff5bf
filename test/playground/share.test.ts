// What leaves the page, and what comes back: links, keys that are kept back, refusals beside their requests.
import fc from "fast-check";
import { expect, test } from "vitest";
import { App } from "../../playground/app.ts";
import { type Piece, piecesOf } from "../../playground/piece.ts";
import { readCapture } from "../../playground/read.ts";
import { refusalOf } from "../../playground/refusal.ts";
import { fragmentOf, piecesOfFragment } from "../../playground/share.ts";
import { withSecrets } from "../../src/codec/masking.ts";
import { body } from "../../src/codec/nests.ts";
import { secret } from "../../src/codec/secret.ts";
import {
  type Attrs,
  attrs,
  bytes,
  encodeWith,
  messageTypes,
  type Registry,
  registry,
  struct,
  u32,
} from "../../src/index.ts";
import { everyItem, fixtureText, hex } from "../support/fixtures.ts";

const piece: fc.Arbitrary<Piece> = fc.record({
  protocol: fc.constantFrom("NETLINK_ROUTE", "NETLINK_NETFILTER", "NETLINK_22"),
  byteOrder: fc.constantFrom("little" as const, "big" as const),
  direction: fc.constantFrom(">" as const, "<" as const, undefined),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 100 }),
});

test("a link gives what was put into it", () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
      const fragment = fragmentOf(pieces);
      expect(fragment).toMatch(/^#[\w.&=-]+$/);
      expect(piecesOfFragment(fragment)).toEqual(pieces);
    }),
  );
});

test("a link from anybody gives messages or nothing, and never throws", () => {
  for (const hostile of [
    "",
    "#",
    "#x",
    "#NETLINK_ROUTE",
    "#NETLINK_ROUTE&msg=",
    "#msg=AAAA",
    "#NETLINK_EVIL&msg=AA",
    "#__proto__",
  ]) {
    expect(piecesOfFragment(hostile)).toBeUndefined();
  }
  const part = fc.oneof(fc.string(), fc.constantFrom("NETLINK_ROUTE", "msg=A", "to=AAAA", "from=%00", "NETLINK_99"));
  fc.assert(fc.property(fc.array(part), (parts) => void piecesOfFragment(`#${parts.join("&")}`)));
});

test("a refusal is found from both sides, and only there", () => {
  const all = everyItem().find(({ file }) => file === "iproute2/netns-set-id.txt")?.datagrams ?? [];
  const pieces = all.flatMap((datagram) => piecesOf({ ...datagram, byteOrder: "little" }));
  expect(refusalOf(pieces, 0)).toEqual({ request: 0, answer: 1 });
  expect(refusalOf(pieces, 1)).toEqual({ request: 0, answer: 1 });
  expect(refusalOf(pieces.slice(0, 1), 0)).toBeUndefined();
  expect(refusalOf(pieces.slice(1), 0)).toBeUndefined();
  const acked = everyItem().find(({ file }) => file === "docker-library/link-add-bridge-docker0.txt")?.datagrams ?? [];
  const quiet = acked.flatMap((datagram) => piecesOf({ ...datagram, byteOrder: "little" }));
  expect(quiet.map((_, i) => refusalOf(quiet, i)).filter((found) => found !== undefined)).toEqual([]);
});

test("every recorded exchange reads as its messages, with whatever its file holds", async () => {
  for (const { file, datagrams } of everyItem()) {
    const { format, pieces } = await readCapture(new Blob([fixtureText(file)]), "NETLINK_ROUTE");
    expect(format).toBe("annotated");
    const here = datagrams.filter(({ reference }) => reference === undefined);
    expect(pieces.map((p) => hex(p.bytes)).join("")).toBe(here.map((d) => hex(d.bytes)).join(""));
  }
});

test("a key is shown when that is asked for, and leaves the page only then", async () => {
  interface Keyed extends Attrs {
    key?: Uint8Array | undefined;
  }
  const table = attrs<Keyed>("X_", () => ({ key: [1, secret(bytes)] }));
  const header = struct<{ id: number }>("xhdr", "x_", 4, () => ({ id: [0, u32] }));
  const types = withSecrets(registry("NETLINK_XFRM", 6, messageTypes(body(header, table), { X_NEW: 20 }))) as Registry;
  const key = Uint8Array.of(0xde, 0xad, 0xbe, 0xef);
  const sent = encodeWith(types, { name: "X_NEW", header: { id: 1 }, attrs: { key } } as never);
  const shown: Piece = { protocol: "NETLINK_XFRM", direction: ">", byteOrder: "little", bytes: sent };
  const app = new App(async () => types);
  await app.load([shown]);
  const leaf = () => app.layout.all.find(({ field }) => field.constant === "X_KEY");
  expect(leaf()?.field.text).toBe("<secret: 4 bytes>");
  expect(app.editor(leaf() as never)).toBeUndefined();
  expect(hex(app.outgoing(shown).bytes)).toBe(hex(sent).replace("deadbeef", "00000000"));
  app.showsKeys = true;
  expect(leaf()?.field.text).toBe("hex:deadbeef");
  expect(app.editor(leaf() as never)?.text).toBe("de ad be ef");
  expect(hex(app.outgoing(shown).bytes)).toBe(hex(sent));
});
