// What a hint may look at: a refusal, and the request byte by byte.

import { NLA_TYPE_MASK } from "../../codec/attribute.ts";
import type { Codec, Int } from "../../codec/codec.ts";
import { type Field, tableOf } from "../../codec/explain-field.ts";
import type { MessageType } from "../../codec/registry.ts";
import type { Refused, RefusedRequest } from "../refused.ts";

/** Says in a sentence what may be wrong, or that it sees nothing. */
export type Hint = (facts: Facts) => string | undefined;

/** An attribute of the request. */
export interface Sent {
  readonly field: Field;
  /** How its table declares it; undefined: none does. */
  readonly codec: Codec<unknown> | undefined;
  /** Bytes of its payload, padding not counted. */
  readonly length: number;
}
/** What there is to look at. */
export interface Facts extends Omit<Refused, "hints"> {
  /** The request as it was sent. */
  readonly bytes: Uint8Array;
  /** How the registry declares the message; undefined: it does not. */
  readonly declared: MessageType | undefined;
  /** nlmsg_flags of the request. */
  readonly flags: number;
  /** The protocol's constant. */
  readonly protocol: string;
  /** Every attribute, nested ones behind the nest in which they stand. */
  readonly sent: readonly Sent[];
  readonly little: boolean;
}

const NLA_HDRLEN = 4;

const attributesIn = (field: Field, view: DataView, little: boolean, out: Sent[]): void => {
  const table = tableOf(field);
  for (const child of field.children) {
    if (child.word !== undefined) {
      const codec = table?.byId[child.word & NLA_TYPE_MASK]?.codec as Codec<unknown> | undefined;
      const length = Math.max(0, view.getUint16(child.offset, little) - NLA_HDRLEN);
      out.push({ field: child, codec, length });
    }
    attributesIn(child, view, little, out);
  }
};

/**
 * Looks at a request.
 * @param refused what is known of the refusal
 * @param request the request
 */
export const factsOf = (refused: Omit<Refused, "hints">, { types, bytes, captured }: RefusedRequest): Facts => {
  const little = captured.byteOrder === "little";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sent: Sent[] = [];
  attributesIn(refused.request, view, little, sent);
  const whole = bytes.length >= 16;
  return {
    ...refused,
    bytes,
    declared: whole ? types.byType.get(view.getUint16(4, little)) : undefined,
    flags: whole ? view.getUint16(6, little) : 0,
    protocol: types.name,
    sent,
    little,
  };
};

/** The attribute of that constant, wherever it stands. */
export const sentAs = ({ sent }: Facts, constant: string): Sent | undefined =>
  sent.find(({ field }) => field.constant === constant);

/** The fixed struct's member of that name, of the message itself. */
export const member = ({ request }: Facts, constant: string): unknown =>
  request.children.find((child) => child.constant === constant && child.word === undefined)?.value;

/** Was it refused in that way, with nothing said about it? */
export const isSilent = ({ text, at, missing }: Facts): boolean =>
  text === undefined && at === undefined && missing === undefined;

/** The attribute that the kernel points at. */
export const blamed = ({ sent, at }: Facts): Sent | undefined => sent.find(({ field }) => field === at);

/** "a u32": an integer's type for a person. */
export const intName = ({ size, signed, big }: Int): string =>
  `${big ? "big-endian " : ""}${signed ? "s" : "u"}${size * 8}`;
