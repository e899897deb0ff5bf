// The output forms that every subcommand shares: one line, tree, JSON, annotated hexdump, flat paths.
import { annotatedText } from "../capture/annotated.ts";
import { jsonLine } from "../capture/json.ts";
import { lineOf, treeOf } from "../capture/line.ts";
import { explainWith } from "../codec/explain.ts";
import type { Field } from "../codec/explain-field.ts";
import { flat } from "../codec/flat.ts";
import { hiddenBy } from "../codec/masking.ts";
import { decodeHidden, decodeWith, type UnknownMessage } from "../codec/message.ts";
import type { Registry } from "../codec/registry.ts";
import type { OutputOptions } from "./output-options.ts";

/** A datagram, decoded and explained. */
export interface Shown {
  readonly direction: ">" | "<";
  /** The protocol's constant. */
  readonly protocol: string;
  readonly bytes: Uint8Array;
  /** What explain gave: one field a message. Empty where the form does not need it. */
  readonly fields: readonly Field[];
  /** What decoding gave. */
  readonly messages: readonly object[];
}

/** What is known about bytes before they are decoded. */
export interface ToShow {
  readonly bytes: Uint8Array;
  readonly byteOrder: "little" | "big";
  /** Undefined: NLM_F_REQUEST tells. */
  readonly direction?: ">" | "<" | undefined;
}

/**
 * Decodes and explains a datagram, as far as the form needs it. Keys are masked, unless they are asked for.
 * @param types the messages of its protocol
 * @param given the datagram
 * @param options the form
 */
export const decoded = (types: Registry, given: ToShow, options: OutputOptions): Shown => {
  const { byteOrder } = given;
  const masked = types.secrets === true && options.showKeys !== true;
  const read = { byteOrder, masked: masked && options.lossless !== true };
  const needsFields = masked || options.json !== true || options.flat === true;
  const fields = needsFields ? explainWith(types, given.bytes, { byteOrder, masked }) : [];
  const settings = options.lossless === true ? { ...read, lossless: true } : read;
  const hidden = masked ? hiddenBy(given.bytes, fields) : undefined;
  const bytes = hidden?.bytes ?? given.bytes;
  const messages = hidden ? decodeHidden(types, hidden, settings) : decodeWith(types, bytes, settings);
  // Where the input does not say who spoke.
  const asked = ((messages[0]?.flags ?? 0) & 1) === 1;
  return { direction: given.direction ?? (asked ? ">" : "<"), protocol: types.name, bytes, fields, messages };
};

/** Zeros behind the last message are no message. */
export const isMessage = (field: Field): boolean => field.children.length > 0 || field.issue !== undefined;

/** The lines of one message: `field` where the form needs it, else `message`. */
const messageLines = (field: Field | undefined, message: object | undefined, options: OutputOptions): string[] => {
  if (options.flat === true && field !== undefined) {
    const pairs = flat(field.children);
    return options.json === true
      ? [jsonLine({ message: field.constant, fields: Object.fromEntries(pairs) })]
      : pairs.map(([path, value]) => `${path} = ${jsonLine(value)}`);
  }
  if (options.json === true) return message === undefined ? [] : [jsonLine(message)];
  return field === undefined ? [] : options.details === true ? treeOf(field) : [lineOf(field)];
};

/**
 * The lines of each message of a datagram, in the form that was chosen: any but the hexdump.
 * @param shown the datagram
 * @param options the form
 */
export const linesOfEach = ({ fields, messages }: Shown, options: OutputOptions): string[][] => {
  if (options.json === true && options.flat !== true)
    return messages.map((one) => messageLines(undefined, one, options));
  return fields.filter(isMessage).map((field) => messageLines(field, undefined, options));
};

/** The lines of a datagram in the form that was chosen. */
export const linesOf = (shown: Shown, options: OutputOptions): string[] =>
  options.hex === true ? [annotatedText(shown, shown.fields).trimEnd()] : linesOfEach(shown, options).flat();

/** Was anything in it malformed? */
export const isMalformed = ({ messages }: Shown): boolean =>
  messages.some((message) => (message as UnknownMessage).issues !== undefined);
