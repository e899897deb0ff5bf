// Attributes come and go: bytes of one are put in or cut out, and the lengths around it follow. Nothing else is written anew.
import { NLA_F } from "../src/codec/attribute.ts";
import { align4 } from "../src/codec/bytes.ts";
import type { AnyCodec, AttrTable, Field as Declared } from "../src/codec/codec.ts";
import { tableOf } from "../src/codec/explain-field.ts";
import { NLMSG_HDRLEN } from "../src/codec/message.ts";
import { type Registry, typeOf } from "../src/codec/registry.ts";
import { chainOf, type FieldNode } from "./nodes.ts";
import type { Piece } from "./piece.ts";

const NLA_HDRLEN = 4;

/** What an edit of this sort gives. */
export interface Resized {
  readonly bytes: Uint8Array;
  /** Where the new attribute begins, or what stands in the place of the one that is gone. */
  readonly at: number;
}

/** Is it an attribute that has a length before it? */
const isAttribute = ({ field: { word } }: FieldNode): boolean => word !== undefined;

/** Bytes of the length that a field has before it: nlmsg_len, nla_len, rtnh_len of a next hop; 0: it has none. */
const lengthSize = ({ field, level }: FieldNode, view: DataView, little: boolean): 0 | 2 | 4 => {
  if (level === 0) return 4;
  if (field.word !== undefined) return 2;
  return field.length >= 2 && align4(view.getUint16(field.offset, little)) === align4(field.length) ? 2 : 0;
};

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

/**
 * Other bytes for a stretch inside some nests: each length that counts them is what it was, and the difference.
 * @param within the nests that hold it, from the message down
 */
const spliced = (
  { bytes, byteOrder }: Piece,
  within: readonly FieldNode[],
  from: number,
  end: number,
  by: Uint8Array,
): Uint8Array => {
  const out = new Uint8Array(bytes.length - (end - from) + by.length);
  out.set(bytes.subarray(0, from));
  out.set(by, from);
  out.set(bytes.subarray(end), from + by.length);
  const view = viewOf(out);
  const little = byteOrder === "little";
  for (const node of within) {
    const { field, level } = node;
    if (lengthSize(node, viewOf(bytes), little) === 0) continue;
    const { offset } = field;
    const length = level === 0 ? view.getUint32(offset, little) : view.getUint16(offset, little);
    // The last attribute of a nest may go without its padding; behind it, there is some.
    const next = Math.max(length, from - offset, Math.min(end, offset + length) - offset) + by.length - (end - from);
    const kept = Math.max(next, level === 0 ? NLMSG_HDRLEN : NLA_HDRLEN);
    if (level === 0) view.setUint32(offset, kept, little);
    else if (kept > 0xffff) throw new RangeError(`${field.constant} would be longer than 65,535 bytes`);
    else view.setUint16(offset, kept, little);
  }
  return out;
};

/**
 * A message without one of its attributes.
 * @param piece the message
 * @param node the attribute
 * @returns undefined: it is none
 */
export const removed = (piece: Piece, node: FieldNode): Resized | undefined => {
  if (!isAttribute(node)) return undefined;
  const { offset, length } = node.field;
  const within = chainOf(node).slice(0, -1);
  return { bytes: spliced(piece, within, offset, offset + length, new Uint8Array(0)), at: offset };
};

/** The nest into which an attribute goes that is added where a node is: itself, or the nearest around it. */
export const nestOf = (node: FieldNode): { readonly nest: FieldNode; readonly table: AttrTable } | undefined => {
  const table = tableOf(node.field);
  if (table !== undefined) return { nest: node, table };
  return node.parent && nestOf(node.parent);
};

/** Zeros, of as many bytes as the type has; a text is empty, and ends with NUL; a nest is empty. */
const sizeOf = (codec: AnyCodec): number => {
  switch (codec.kind) {
    case "int":
    case "struct":
    case "octets":
      return codec.size;
    case "array":
      return codec.of.size;
    case "repeated":
      return sizeOf(codec.of as AnyCodec);
    case "body":
    case "tailed":
      return sizeOf(codec.header as unknown as AnyCodec);
    case "string":
      return 1;
    case "ip":
      return 4;
    case "hardware":
      return 6;
    default:
      return 0;
  }
};

const NESTS: readonly string[] = ["attrs", "indexed", "list", "choice"];

const payloadOf = ({ codec }: Declared): number => sizeOf(codec as AnyCodec);

/** Constants of what a nest may hold, in the order of its table. */
export const addable = (node: FieldNode): string[] => nestOf(node)?.table.fields.map(({ constant }) => constant) ?? [];

/** sizeof the fixed struct of a message type. */
const headerOf = (types: Registry, type: number): number => {
  const body = typeOf(types, type)?.body as AnyCodec | undefined;
  return body?.kind === "body" || body?.kind === "control" ? sizeOf(body.header as unknown as AnyCodec) : 0;
};

/**
 * A message with one more attribute, behind the others of its nest, with a value of zeros.
 * @param piece the message
 * @param node the nest, or something in it
 * @param constant "IFLA_MTU"; without the prefix and in small letters it is known too
 * @param types the protocol's registry: the struct before the attributes may have been sent in part, and is filled up
 * @returns undefined: the nest's table has none of that name
 */
export const added = (piece: Piece, node: FieldNode, constant: string, types: Registry): Resized | undefined => {
  const found = nestOf(node);
  if (found === undefined) return undefined;
  const { nest, table } = found;
  const said = constant.trim().toUpperCase();
  const declared = table.fields.find((field) => field.constant === said || field.constant === table.prefix + said);
  if (declared === undefined) return undefined;
  const little = piece.byteOrder === "little";
  const view = viewOf(piece.bytes);
  const { offset, length } = nest.field;
  const prefix = lengthSize(nest, view, little);
  const own = prefix === 0 ? length : prefix === 4 ? view.getUint32(offset, little) : view.getUint16(offset, little);
  // Behind the last one: what a nest ends with may frame nothing, as the zeros of iproute2's questions.
  const last = nest.children.filter(isAttribute).at(-1)?.field;
  const header = nest.level === 0 ? NLMSG_HDRLEN + align4(headerOf(types, view.getUint16(offset + 4, little))) : own;
  const begin = Math.min(offset + length, piece.bytes.length, offset + align4(Math.min(own, header)));
  const end = last === undefined ? begin : last.offset + last.length;
  // What was the last one may have gone without padding.
  const least = nest.level === 0 ? header : 0;
  const gap = Math.max(align4(end - offset), least) - (end - offset);
  const size = NLA_HDRLEN + payloadOf(declared);
  const attribute = new Uint8Array(gap + align4(size));
  const made = new DataView(attribute.buffer);
  made.setUint16(gap, size, little);
  const nested = NESTS.includes((declared.codec as AnyCodec).kind) ? NLA_F.NESTED : 0;
  made.setUint16(gap + 2, declared.id | nested, little);
  return { bytes: spliced(piece, chainOf(nest), end, end, attribute), at: end + gap };
};
