// Every value of every recorded message can be edited: the same value gives the same bytes, another one changes what it should.
import { expect, test } from "vitest";
import { editorOf } from "../../playground/edit.ts";
import { layoutOf } from "../../playground/nodes.ts";
import { type Piece, piecesOf } from "../../playground/piece.ts";
import { registryOf } from "../../src/attrs/protocols.ts";
import { explainWith } from "../../src/codec/explain.ts";
import type { Registry } from "../../src/codec/registry.ts";
import { everyItem, hex } from "../support/fixtures.ts";

const registry = (name: string): Registry => registryOf(name) as Registry;
const all: Piece[] = everyItem().flatMap(({ datagrams }) =>
  datagrams.flatMap(({ protocol, direction, bytes }) => piecesOf({ protocol, direction, byteOrder: "little", bytes })),
);
const open = (piece: Piece) => {
  const types = registry(piece.protocol);
  const layout = layoutOf(explainWith(types, piece.bytes), piece.bytes, true);
  return { types, layout, edit: editorOf(piece, layout, types) };
};

test("typing what stands there changes nothing, and nearly every value is edited as a value", () => {
  let values = 0;
  const asBytes = new Map<string, number>();
  const wrong: string[] = [];
  for (const piece of all.slice(0, 4000)) {
    const { layout, edit } = open(piece);
    for (const node of layout.all) {
      const editing = edit(node);
      if (editing === undefined) continue;
      values++;
      if (editing.codec === undefined && !node.quiet)
        asBytes.set(node.field.constant, (asBytes.get(node.field.constant) ?? 0) + 1);
      const edited = editing.apply(editing.text);
      if (!("bytes" in edited) || hex(edited.bytes) !== hex(piece.bytes))
        wrong.push(`${node.field.path}: ${editing.text} ${JSON.stringify(edited).slice(0, 200)}`);
    }
  }
  console.log(all.length, values, [...asBytes].sort((a, b) => b[1] - a[1]).slice(0, 60));
  expect(wrong.slice(0, 10)).toEqual([]);
});
