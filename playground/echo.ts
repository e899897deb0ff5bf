// The request that a refusal echoes, as a message of its own: inside NLMSG_ERROR its nlmsghdr is part of struct nlmsgerr.
import { align4 } from "../src/codec/bytes.ts";
import { explainWith } from "../src/codec/explain.ts";
import { NLMSG_HDRLEN } from "../src/codec/message.ts";
import type { Registry } from "../src/codec/registry.ts";
import { chainOf, type FieldNode, type Layout, layoutOf } from "./nodes.ts";
import type { Piece } from "./piece.ts";

/** Bytes before it: nlmsghdr, and the int error. */
const ECHO_AT = 20;

/** An echo. */
export interface Echo {
  /** The request alone. */
  readonly piece: Piece;
  readonly layout: Layout;
  /** The same field in it. */
  readonly node: FieldNode;
  /** The refusal with another request in it. */
  wrap(bytes: Uint8Array): Uint8Array;
  /** A place in the request, as one in the refusal. */
  outer(at: number): number;
}

/** Is it a member of the request's body, which NLMSG_ERROR shows behind struct nlmsgerr? */
const isEchoed = (chain: readonly FieldNode[]): boolean =>
  chain[0]?.field.constant === "NLMSG_ERROR" && chain[1]?.field.property.split(/[.[]/)[0] === "payload";

/**
 * The echo that a field is in.
 * @param piece the refusal
 * @param node a field of it
 * @param types the protocol's registry
 * @returns undefined: it is in none
 */
export const echoOf = (piece: Piece, node: FieldNode, types: Registry): Echo | undefined => {
  const chain = chainOf(node);
  const [root] = chain;
  if (root === undefined || !isEchoed(chain)) return undefined;
  const echoed = root.children.filter((child) => isEchoed([root, child]));
  const end = Math.max(...echoed.map(({ field }) => field.offset + field.length));
  const bytes = piece.bytes.slice(ECHO_AT, end);
  const request: Piece = { ...piece, direction: ">", bytes };
  const little = piece.byteOrder === "little";
  // An echo that was cut would be written with another length.
  if (bytes.length < NLMSG_HDRLEN || align4(new DataView(bytes.buffer).getUint32(0, little)) !== align4(bytes.length)) {
    return undefined;
  }
  const layout = layoutOf(explainWith(types, bytes, { byteOrder: piece.byteOrder }), bytes, little);
  const own = node.field;
  const same = layout.all.find(
    ({ field, level }) =>
      field.offset === own.offset - ECHO_AT && field.constant === own.constant && level === node.level,
  );
  if (same === undefined) return undefined;
  return {
    piece: request,
    layout,
    node: same,
    wrap(inner) {
      // Of the same length it stands as it stood; else what is behind it begins at a multiple of four.
      const padded = inner.length === bytes.length ? inner.length : align4(inner.length);
      const out = new Uint8Array(ECHO_AT + padded + piece.bytes.length - end);
      out.set(piece.bytes.subarray(0, ECHO_AT));
      out.set(inner, ECHO_AT);
      out.set(piece.bytes.subarray(end), ECHO_AT + padded);
      const view = new DataView(out.buffer);
      view.setUint32(0, view.getUint32(0, little) + out.length - piece.bytes.length, little);
      return out;
    },
    outer: (at) => at + ECHO_AT,
  };
};
