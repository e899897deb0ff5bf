// What the page shows one of at a time: a message with what its capture says of it.
import type { Captured } from "../src/capture/datagram.ts";
import { NLM_F } from "../src/codec/control.ts";

/** sizeof(struct nlmsghdr) */
const NLMSG_HDRLEN = 16;

/** A message, or bytes that are none, on its way between a program and the kernel. */
export type Piece = Omit<Captured, "truncated">;

const dataView = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

/** What of nlmsghdr tells messages apart; undefined where there is none. */
export const headerOf = ({ bytes, byteOrder }: Piece): { type: number; flags: number; seq: number } | undefined => {
  if (bytes.length < NLMSG_HDRLEN) return undefined;
  const view = dataView(bytes);
  const little = byteOrder === "little";
  return { type: view.getUint16(4, little), flags: view.getUint16(6, little), seq: view.getUint32(8, little) };
};

/** Who spoke. Where the capture does not say it, NLM_F_REQUEST does. */
export const directionOf = (piece: Piece): ">" | "<" =>
  piece.direction ?? (((headerOf(piece)?.flags ?? 0) & NLM_F.REQUEST) !== 0 ? ">" : "<");

/** Where the messages of a datagram end. What frames none stays with the message before it: padding, or what is wrong with it. */
const ends = (bytes: Uint8Array, little: boolean): number[] => {
  const view = dataView(bytes);
  const out: number[] = [];
  for (let at = 0; bytes.length - at >= NLMSG_HDRLEN; ) {
    const length = view.getUint32(at, little);
    if (length < NLMSG_HDRLEN) break;
    at = Math.min(bytes.length, at + Math.ceil(length / 4) * 4);
    out.push(at);
  }
  return [...out.slice(0, -1), bytes.length];
};

/** The messages of a datagram, one piece each. */
export const piecesOf = ({ truncated: _, ...captured }: Captured): Piece[] => {
  let at = 0;
  return ends(captured.bytes, captured.byteOrder === "little").map((end) => {
    const piece = { ...captured, bytes: captured.bytes.slice(at, end) };
    at = end;
    return piece;
  });
};
