// Every value of every recorded message can be edited: what stands there gives the same bytes, and an error says where it is.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Editing, editorOf } from "../../playground/edit.ts";
import { type Layout, layoutOf } from "../../playground/nodes.ts";
import { type Piece, piecesOf } from "../../playground/piece.ts";
import { registryOf } from "../../src/attrs/protocols.ts";
import { explainWith } from "../../src/codec/explain.ts";
import type { Registry } from "../../src/codec/registry.ts";
import { encodeMessage, NLM_F } from "../../src/index.ts";
import { everyItem, hex } from "../support/fixtures.ts";

const recorded: readonly Piece[] = everyItem().flatMap(({ datagrams }) =>
  datagrams.flatMap(({ protocol, direction, bytes }) => piecesOf({ protocol, direction, byteOrder: "little", bytes })),
);

const open = (piece: Piece): { layout: Layout; edit: (constant: string) => Editing; all: Editing[] } => {
  const types = registryOf(piece.protocol) as Registry;
  const { byteOrder } = piece;
  const layout = layoutOf(explainWith(types, piece.bytes, { byteOrder }), piece.bytes, byteOrder === "little");
  const edit = editorOf(piece, layout, types);
  const all = layout.all.flatMap((node) => edit(node) ?? []);
  const one = (constant: string): Editing => {
    const found = all.filter(({ node }) => node.field.constant === constant).at(-1);
    if (found === undefined) throw new RangeError(`no ${constant} that can be edited`);
    return found;
  };
  return { layout, edit: one, all };
};
const route = (bytes: Uint8Array, byteOrder: Piece["byteOrder"] = "little"): Piece => ({
  protocol: "NETLINK_ROUTE",
  direction: ">",
  byteOrder,
  bytes,
});
const request = encodeMessage({
  name: "RTM_NEWLINK",
  flags: NLM_F.REQUEST,
  attrs: { ifname: "br0", mtu: 1500, linkinfo: { kind: "bridge", data: { bridge: { ageingTime: 30000 } } } },
});

test("typing what stands there changes nothing; values are edited as values, and only echoes and padding as bytes", () => {
  const wrong: string[] = [];
  let values = 0;
  let asBytes = 0;
  for (const piece of recorded) {
    const due = hex(piece.bytes);
    for (const { node, text, codec, apply } of open(piece).all) {
      values++;
      if (codec === undefined && !node.quiet) asBytes++;
      const edited = apply(text);
      if (!("bytes" in edited) || hex(edited.bytes) !== due) wrong.push(`${node.field.path} ${text}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(values).toBeGreaterThan(30_000);
  expect(asBytes / values).toBeLessThan(0.01);
});

test("another number stands where it was typed, and nowhere else", () => {
  let edits = 0;
  const wrong: string[] = [];
  for (const piece of recorded.filter(({ bytes }) => bytes.length < 1500)) {
    const { layout, all } = open(piece);
    for (const { node, codec, apply } of all) {
      const { value, word, path, offset } = node.field;
      if (codec?.kind !== "int" || codec.names !== undefined || word === undefined) continue;
      edits++;
      const other = BigInt(value as number) === 0n ? 1n : BigInt(value as number) - 1n;
      const edited = apply(String(other));
      const now = "bytes" in edited ? open({ ...piece, bytes: edited.bytes }).layout.all : [];
      const changed = now.filter(({ field }, i) => field.text !== layout.all[i]?.field.text);
      if (
        changed.length !== 1 ||
        changed[0]?.field.offset !== offset ||
        BigInt(changed[0].field.value as number) !== other
      )
        wrong.push(path);
    }
  }
  expect([...new Set(wrong)].sort()).toEqual([]);
  expect(edits).toBeGreaterThan(2000);
});

test("nor in damaged messages, whatever the damage", () => {
  const short = recorded.filter(({ bytes }) => bytes.length < 400);
  const damage = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 4 });
  const any = fc.tuple(fc.nat(short.length - 1), damage, fc.option(fc.nat(400)), fc.boolean());
  fc.assert(
    fc.property(any, ([i, changes, cut, big]) => {
      const from = short[i] as Piece;
      const bytes = from.bytes.slice(0, cut ?? from.bytes.length);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      const piece: Piece = { ...from, bytes, byteOrder: big ? "big" : "little" };
      for (const { text, apply } of open(piece).all) {
        const edited = apply(text);
        expect("bytes" in edited && hex(edited.bytes)).toBe(hex(bytes));
        // Anything else gives bytes or a reason, and never throws.
        apply("1");
        apply("\u0000 no value");
      }
    }),
    { numRuns: 1000 },
  );
});

test("every byte belongs to one field", () => {
  for (const piece of recorded.slice(0, 300)) {
    const { layout } = open(piece);
    expect(layout.owner.length).toBe(piece.bytes.length);
    const strange = layout.owner.filter(({ field }, i) => i < field.offset || i >= field.offset + field.length);
    expect(strange).toEqual([]);
  }
});

test.each([
  ["IFLA_MTU", "0x2328", "dc050000", "28230000"],
  ["IFLA_BR_AGEING_TIME", "1", "30750000", "01000000"],
  ["ifi_index", "7", "00000000000000000800030062", "07000000000000000000000008000300".slice(0, 26)],
])("%s = %s", (constant, text, before, after) => {
  const edited = open(route(request)).edit(constant).apply(text);
  const [, rest = ""] = hex(request).split(before);
  expect("bytes" in edited && hex(edited.bytes).endsWith((after + rest).slice(-rest.length))).toBe(true);
  expect("bytes" in edited && hex(edited.bytes).length).toBe(hex(request).length);
});

test.each([
  ["IFLA_MTU", "many", "mtu", '"many" is no number'],
  ["IFLA_MTU", "-1", "mtu", /-1/],
  ["IFLA_INFO_KIND", "veth", "linkinfo.data", /bridge|veth/],
  ["IFLA_IFNAME", "\\q", "ifname", /escape/],
  ["nlmsg_type", "70000", "", /does not fit into 2 bytes/],
  ["ifi_flags", "IFF_UP|IFF_NONSENSE", "flags", /IFF_NONSENSE/],
])("%s = %s is refused at %s", (constant, text, path, words) => {
  const edited = open(route(request)).edit(constant).apply(text);
  expect(edited).toMatchObject({ path, error: expect.stringMatching(words) });
});

test("text in a struct is typed with the escapes that show it", () => {
  const name = ({ node }: Editing) => node.field.constant === "alg_name" && node.field.text.includes("rfc4106");
  const found = recorded.flatMap((piece) => open(piece).all.filter(name)).at(-1) as Editing;
  const edited = found.apply("\\u0001fc \\\\ ");
  expect("bytes" in edited && hex(edited.bytes)).toContain("016663205c2000");
});

test("an unknown attribute may change its length, and so may what a refusal echoes", () => {
  const unknown = encodeMessage({
    name: "RTM_NEWLINK",
    flags: NLM_F.REQUEST,
    attrs: { mtu: 1, unknown: [{ word: 999, bytes: Uint8Array.of(1, 2, 3) }] },
  });
  const longer = open(route(unknown)).edit("IFLA_999").apply("01 02 03 04 05");
  expect("bytes" in longer && hex(longer.bytes)).toContain("0900e7030102030405000000");
  const echo = recorded.find(({ bytes }) => bytes[4] === 2 && bytes.length > 60 && bytes[16] !== 0) as Piece;
  const { all } = open(echo);
  const inside = all.filter(({ node }) => node.field.property.startsWith("payload.") && node.field.word !== undefined);
  expect(inside.length).toBeGreaterThan(0);
  for (const { text, apply } of inside) expect(apply(text)).toEqual({ bytes: echo.bytes });
});

test("a big-endian message stays one", () => {
  const big = encodeMessage({ name: "RTM_NEWLINK", attrs: { mtu: 1500 } }, { byteOrder: "big" });
  const edited = open(route(big, "big")).edit("IFLA_MTU").apply("9000");
  expect("bytes" in edited && hex(edited.bytes)).toBe(hex(big).replace("000005dc", "00002328"));
});
