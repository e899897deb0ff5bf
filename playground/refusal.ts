// What the kernel said about a request: the answer, the attribute that it points at, and back.
import { NLM_F, NLMSG } from "../src/codec/control.ts";
import type { Field } from "../src/codec/explain-field.ts";
import { attributeAt, missingAt } from "../src/codec/locate.ts";
import { headerOf, type Piece } from "./piece.ts";

/** A request and the error that answers it. */
export interface Refusal {
  /** Place of the request in the list. */
  readonly request: number;
  /** Place of the answer in the list. */
  readonly answer: number;
}

/**
 * The pair that a message belongs to; undefined: it was not refused, or its other half is not there.
 * @param pieces all messages
 * @param at place of the message
 */
export const refusalOf = (pieces: readonly Piece[], at: number): Refusal | undefined => {
  const own = pieces[at];
  const header = own && headerOf(own);
  if (own === undefined || header === undefined) return undefined;
  const mate = (step: 1 | -1, fits: (piece: Piece) => boolean): number | undefined => {
    for (let i = at + step; i >= 0 && i < pieces.length; i += step) {
      const piece = pieces[i] as Piece;
      if (
        piece.protocol === own.protocol &&
        piece.socket === own.socket &&
        headerOf(piece)?.seq === header.seq &&
        fits(piece)
      ) {
        return i;
      }
    }
    return undefined;
  };
  const isRequest = (piece: Piece): boolean => {
    const { type = 0, flags = 0 } = headerOf(piece) ?? {};
    return type >= NLMSG.MIN_TYPE && (flags & NLM_F.REQUEST) !== 0 && piece.direction !== "<";
  };
  if (isError(own)) {
    const request = mate(-1, isRequest);
    return request === undefined ? undefined : { request, answer: at };
  }
  if (!isRequest(own)) return undefined;
  const answer = mate(1, (piece) => isError(piece) || isRequest(piece));
  return answer === undefined || !isError(pieces[answer] as Piece) ? undefined : { request: at, answer };
};

/** NLMSG_ERROR with something else than 0 in it. */
const isError = (piece: Piece): boolean =>
  headerOf(piece)?.type === NLMSG.ERROR && piece.bytes.subarray(16, 20).some((b) => b !== 0);

/** What an answer says of the request. */
export interface Verdict {
  /** For a person, and safe to show: `EINVAL "mtu greater than device maximum"`. */
  readonly text: string;
  /** What the kernel points at. Undefined: it does not say. */
  readonly at: Field | undefined;
}

/**
 * What an answer says.
 * @param request what explain gave for the request
 * @param answer what explain gave for the answer
 */
export const verdictOf = (request: readonly Field[], answer: readonly Field[]): Verdict => {
  const said = (constant: string): Field | undefined => answer[0]?.children.find((f) => f.constant === constant);
  const number = (constant: string): number | undefined => said(constant)?.value as number | undefined;
  const offset = number("NLMSGERR_ATTR_OFFS");
  const type = number("NLMSGERR_ATTR_MISS_TYPE");
  const nest = number("NLMSGERR_ATTR_MISS_NEST");
  const missing = type === undefined ? [] : [`${missingAt(request, type, nest)} is missing`];
  const words = [said("error")?.text.replace(/^-?\d+ /, ""), said("NLMSGERR_ATTR_MSG")?.text, ...missing];
  return {
    text: words.filter((word) => word !== undefined).join(" "),
    at: offset === undefined ? undefined : attributeAt(request, offset)?.field,
  };
};
