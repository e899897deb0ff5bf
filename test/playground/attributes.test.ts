// Attributes are added and removed in every recorded message: lengths are right around them, and nothing else changes.
import { expect, test } from "vitest";
import { addable, added, removed } from "../../playground/attributes.ts";
import { echoOf } from "../../playground/echo.ts";
import { editorOf } from "../../playground/edit.ts";
import { type FieldNode, type Layout, layoutOf } from "../../playground/nodes.ts";
import { type Piece, piecesOf } from "../../playground/piece.ts";
import { registryOf } from "../../src/attrs/protocols.ts";
import { explainWith } from "../../src/codec/explain.ts";
import type { Registry } from "../../src/codec/registry.ts";
import { decodeMessages, encodeMessage, NLM_F } from "../../src/index.ts";
import { everyItem, hex } from "../support/fixtures.ts";

const typesOf = ({ protocol }: Piece): Registry => registryOf(protocol) as Registry;
const layout = (piece: Piece): Layout =>
  layoutOf(
    explainWith(typesOf(piece), piece.bytes, { byteOrder: piece.byteOrder }),
    piece.bytes,
    piece.byteOrder === "little",
  );
/** Constants and texts, without those of framing and padding. */
const said = (nodes: readonly FieldNode[]): string[] =>
  nodes
    .filter(({ quiet }) => !quiet)
    .map(({ field, level }) => `${level} ${field.constant} ${field.text} ${field.issue ?? ""}`);
const below = (node: FieldNode): FieldNode[] => [node, ...node.children.flatMap(below)];

/** One of each kind of message, and of each length, is enough. */
const recorded: readonly Piece[] = [
  ...new Map(
    everyItem()
      .flatMap(({ datagrams }) => datagrams.flatMap((datagram) => piecesOf({ byteOrder: "little", ...datagram })))
      .filter(({ bytes }) => bytes.length < 1500 && bytes.length >= 16)
      .map((piece) => [`${piece.protocol} ${piece.bytes.slice(4, 6)} ${piece.bytes.length}`, piece] as const),
  ).values(),
];
const named = (all: Layout, constant: string): FieldNode => {
  const found = all.all.find(({ field }) => field.constant === constant);
  if (found === undefined) throw new RangeError(`no ${constant}`);
  return found;
};

test("each attribute of each recorded message is taken out: what is left says the same", () => {
  let count = 0;
  const wrong: string[] = [];
  for (const piece of recorded) {
    const before = layout(piece);
    const [root] = before.roots;
    if (root?.field.constant === "NLMSG_ERROR" || before.roots.length !== 1) continue;
    for (const node of before.all) {
      const gone = removed(piece, node);
      if (gone === undefined) continue;
      count++;
      const left = before.all.filter((other) => !below(node).includes(other));
      // What stands in a list is counted: its own names and texts are others then, and those around it may be read by what is gone.
      const now = said(layout({ ...piece, bytes: gone.bytes }).all);
      if (new DataView(gone.bytes.buffer).getUint32(0, true) !== gone.bytes.length && piece.bytes.length % 4 === 0)
        wrong.push(`${node.field.path}: length`);
      if (now.length !== said(left).length && !/kind|family|name|type/i.test(node.field.constant))
        wrong.push(`${piece.protocol} ${root?.field.constant} ${node.field.path}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(1000);
});

test("each that a table has is put into each nest, and out again: the bytes are what they were", () => {
  let count = 0;
  const wrong: string[] = [];
  for (const piece of recorded.filter((_, i) => i % 2 === 0)) {
    const before = layout(piece);
    for (const node of before.all.filter(({ field }) => field.children.length > 0)) {
      if (echoOf(piece, node, typesOf(piece)) !== undefined) continue;
      for (const constant of addable(node)) {
        const more = added(piece, node, constant, typesOf(piece));
        if (more === undefined) throw new RangeError(constant);
        count++;
        const edited = { ...piece, bytes: more.bytes };
        const made = layout(edited).all.find(({ field }) => field.offset === more.at && field.word !== undefined);
        const back = made && removed(edited, made)?.bytes;
        // A header that was sent in part is whole then.
        const isSame = back !== undefined && hex(back).slice(8).startsWith(hex(piece.bytes).slice(8));
        const isShort = node.level === 0 && !before.all.some(({ field }) => field.word !== undefined);
        if (made?.field.constant !== constant || !isSame || (!isShort && hex(back) !== hex(piece.bytes)))
          wrong.push(`${node.field.path} ${constant}`);
      }
    }
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(count).toBeGreaterThan(3000);
});

const flags = NLM_F.REQUEST | NLM_F.ACK;
const piece = (bytes: Uint8Array, byteOrder: Piece["byteOrder"] = "little"): Piece => ({
  protocol: "NETLINK_ROUTE",
  direction: ">",
  byteOrder,
  bytes,
});
test("a value of zeros, in the nest in which the field is; names as people type them; both byte orders", () => {
  for (const byteOrder of ["little", "big"] as const) {
    const attrs = { ifname: "abc", linkinfo: { kind: "bridge", data: { bridge: { ageingTime: 5 } } } };
    const link = piece(encodeMessage({ name: "RTM_NEWLINK", flags, attrs }, { byteOrder }), byteOrder);
    const put = (at: string, name: string): unknown => {
      const bytes = added(link, named(layout(link), at), name, typesOf(link))?.bytes;
      return bytes && decodeMessages(bytes, { byteOrder })[0];
    };
    expect(put("RTM_NEWLINK", "IFLA_MTU")).toMatchObject({ attrs: { ...attrs, mtu: 0 } });
    expect(put("IFLA_IFNAME", "mtu")).toMatchObject({ attrs: { ...attrs, mtu: 0 } });
    expect(put("IFLA_BR_AGEING_TIME", " max_age ")).toMatchObject({
      attrs: { linkinfo: { data: { bridge: { ageingTime: 5, maxAge: 0 } } } },
    });
    expect(put("IFLA_INFO_KIND", "IFLA_INFO_SLAVE_KIND")).toMatchObject({ attrs: { linkinfo: { slaveKind: "" } } });
    expect(put("IFLA_IFNAME", "IFLA_BR_MAX_AGE")).toBeUndefined();
    expect(put("IFLA_IFNAME", "")).toBeUndefined();
  }
});

test("the request in a refusal: values edited as values, attributes added and removed, the ack behind it kept", () => {
  const request = encodeMessage({
    name: "RTM_NEWLINK",
    flags,
    seq: 7,
    attrs: { ifname: "br0", mtu: 10, linkinfo: { kind: "bridge", data: { bridge: { ageingTime: 5 } } } },
  });
  const header = { error: -22, len: request.length, type: 16, flags, seq: 7, pid: 0 };
  const refusal = piece(
    encodeMessage({
      ...{ name: "NLMSG_ERROR", flags: NLM_F.ACK_TLVS, seq: 7, header },
      ...{ payload: request.slice(16), attrs: { msg: "bad", offs: 40 } },
    }),
  );
  const all = layout(refusal);
  const edit = (constant: string, text: string): unknown => {
    const editing = editorOf(refusal, all, typesOf(refusal))(named(all, constant));
    expect(editing?.codec, constant).toBeDefined();
    const done = editing?.apply(text);
    if (done === undefined || "error" in done) return done;
    const [message] = decodeMessages(done.bytes);
    if (message?.name !== "NLMSG_ERROR") throw new TypeError("a refusal");
    expect(message.attrs).toEqual({ msg: "bad", offs: 40 });
    expect(message.header.len).toBe(16 + (message.payload?.length ?? 0));
    const shown = layout({ ...refusal, bytes: done.bytes }).all.filter(({ field }) =>
      field.property.startsWith("payload."),
    );
    return shown.find(({ field }) => field.constant === constant)?.field.value;
  };
  expect(edit("IFLA_MTU", "1500")).toBe(1500);
  expect(edit("IFLA_IFNAME", "a-longer-name")).toBe("a-longer-name");
  expect(edit("IFLA_BR_AGEING_TIME", "7")).toBe(7);
  expect(edit("ifi_index", "3")).toBe(3);
  expect(edit("IFLA_MTU", "x")).toMatchObject({ error: expect.any(String), path: expect.stringContaining("payload") });
  const echo = echoOf(refusal, named(all, "IFLA_MTU"), typesOf(refusal));
  if (echo === undefined) throw new TypeError("an echo");
  const without = decodeMessages(echo.wrap(removed(echo.piece, echo.node)?.bytes ?? new Uint8Array()))[0];
  expect(without).toMatchObject({
    name: "NLMSG_ERROR",
    header: { len: request.length - 8 },
    attrs: { msg: "bad", offs: 40 },
  });
  const more = decodeMessages(
    echo.wrap(added(echo.piece, echo.node, "IFLA_GROUP", typesOf(refusal))?.bytes ?? new Uint8Array()),
  )[0];
  expect(more).toMatchObject({
    name: "NLMSG_ERROR",
    header: { len: request.length + 8 },
    attrs: { msg: "bad", offs: 40 },
  });
});
