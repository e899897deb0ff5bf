// A value is edited: decode, put the new one in its place, encode. What was not touched keeps its bytes.
import type { AnyCodec } from "../src/codec/codec.ts";
import { NLM_F } from "../src/codec/control.ts";
import { EncodeError } from "../src/codec/errors.ts";
import type { Field } from "../src/codec/explain-field.ts";
import { type AnyInput, decodeWith, encodeAllWith } from "../src/codec/message.ts";
import { type MessageType, type Registry, typeOf } from "../src/codec/registry.ts";
import { type Echo, echoOf } from "./echo.ts";
import { chainOf, extent, type FieldNode, isFraming, type Layout } from "./nodes.ts";
import type { Piece } from "./piece.ts";
import { type Place, placeOf, replaced, same, valueAt } from "./place.ts";
import { bytesOfText, TextError, textOfValue, valueOfText } from "./value-text.ts";

/** What an edit begins with. */
export interface Editing {
  readonly node: FieldNode;
  /** What stands in the input. */
  readonly text: string;
  /** How the value is written; undefined: as bytes, in place. */
  readonly codec: AnyCodec | undefined;
  /** Makes the piece's bytes with another value. */
  readonly apply: (text: string) => Edited;
}
/** What an edit gave: bytes, or why there are none, and of which field that is said. */
export type Edited = { readonly bytes: Uint8Array } | { readonly error: string; readonly path: string };

const refuse = (error: unknown, { property }: Field): Edited => {
  if (error instanceof TextError) return { error: error.message, path: property };
  if (error instanceof EncodeError) return { error: error.detail, path: error.path };
  throw error;
};

const patched = (bytes: Uint8Array, at: number, by: Uint8Array): Uint8Array => {
  const copy = bytes.slice();
  copy.set(by, at);
  return copy;
};

/** nlmsghdr: what stands there is what was typed, also a length that lies. */
const headerEdit = (piece: Piece, node: FieldNode, types: Registry): Editing => {
  const { field } = node;
  const values =
    field.constant === "nlmsg_flags"
      ? Object.fromEntries(Object.entries(NLM_F).map(([key, value]) => [`NLM_F_${key}`, value]))
      : field.constant === "nlmsg_type"
        ? Object.fromEntries([...types.byName].map(([name, { type }]) => [name, type]))
        : undefined;
  const size = field.length as 2 | 4;
  const names = values && { prefix: "", values };
  const codec = {
    kind: "int",
    size,
    signed: false,
    big: false,
    bits: field.constant === "nlmsg_flags",
    names,
  } as AnyCodec;
  return {
    node,
    codec,
    text:
      field.constant === "nlmsg_flags" ? `0x${(field.value as number).toString(16)}` : textOfValue(field.value, codec),
    apply(text) {
      try {
        const value = valueOfText(text, field.value, codec) as number;
        if (value < 0 || value >= 2 ** (8 * size)) throw new TextError(`${value} does not fit into ${size} bytes`);
        const copy = piece.bytes.slice();
        const view = new DataView(copy.buffer);
        if (size === 2) view.setUint16(field.offset, value, piece.byteOrder === "little");
        else view.setUint32(field.offset, value, piece.byteOrder === "little");
        return { bytes: copy };
      } catch (error) {
        return refuse(error, field);
      }
    },
  };
};

/** Bytes where they are: padding, what is malformed. */
const bytesEdit = (piece: Piece, node: FieldNode): Editing => {
  const { field } = node;
  const [from, end] = extent(field);
  const at = field.word === undefined ? from : Math.min(from + 4, end);
  return {
    node,
    codec: undefined,
    text: textOfValue(piece.bytes.slice(at, end), undefined),
    apply(text) {
      try {
        const by = bytesOfText(text);
        if (by.length !== end - at)
          throw new TextError(`${by.length} bytes, ${end - at} are due: these are edited in place`);
        return { bytes: patched(piece.bytes, at, by) };
      } catch (error) {
        return refuse(error, field);
      }
    },
  };
};

/**
 * How the fields of a message are edited.
 * @param piece the message
 * @param layout its fields
 * @param types the protocol's registry
 * @returns of a field: undefined where it is a nest, of which the children are edited
 */
export const editorOf = (piece: Piece, layout: Layout, types: Registry): ((node: FieldNode) => Editing | undefined) => {
  const { byteOrder } = piece;
  let decoded: readonly AnyInput<MessageType>[] | undefined;
  return (node) => {
    const { field } = node;
    if (field.children.length > 0 || (field.length === 0 && field.value === undefined)) return undefined;
    if (isFraming(field)) return headerEdit(piece, node, types);
    decoded ??= decodeWith(types, piece.bytes, { lossless: true, byteOrder });
    const messages = decoded;
    const [root, ...below] = chainOf(node);
    const i = layout.roots.indexOf(root as FieldNode);
    const place = placeIn(types, messages[i], below);
    if (place === undefined) {
      const echo = echoOf(piece, node, types);
      const inner = echo && editorOf(echo.piece, echo.layout, types)(echo.node);
      if (echo !== undefined && inner?.codec !== undefined) return { ...inner, node, apply: wrapped(echo, inner) };
    }
    if (place === undefined || !same(valueAt(messages[i], place.steps), field.value)) return bytesEdit(piece, node);
    return {
      node,
      codec: place.codec,
      text: textOfValue(field.value, place.codec),
      apply(text) {
        try {
          const value = valueOfText(text, field.value, place.codec);
          const all = messages.map((message, nth) => (nth === i ? replaced(message, place.steps, value) : message));
          return { bytes: encodeAllWith(types, all as AnyInput<MessageType>[], { byteOrder }) };
        } catch (error) {
          return refuse(error, field);
        }
      },
    };
  };
};

/** The request in a refusal is edited as a message; errors say where as the refusal has it. */
const wrapped =
  (echo: Echo, { apply }: Editing): Editing["apply"] =>
  (text) => {
    const edited = apply(text);
    if ("bytes" in edited) return { bytes: echo.wrap(edited.bytes) };
    return { error: edited.error, path: `payload.${edited.path.replace(/^(attrs|header)\./, "")}` };
  };

const placeIn = (types: Registry, message: object | undefined, chain: readonly FieldNode[]): Place | undefined => {
  const { name, type } = (message ?? {}) as { readonly name?: string; readonly type?: number };
  const found = name === undefined || type === undefined ? undefined : typeOf(types, type);
  return found && placeOf(found.body as AnyCodec, message, chain);
};
