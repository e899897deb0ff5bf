// The output forms that every subcommand shares: one line, tree, JSON, annotated hexdump, flat paths.
import { annotatedText } from "../capture/annotated.ts";
import { jsonLine } from "../capture/json.ts";
import { lineOf, treeOf } from "../capture/line.ts";
import type { Field } from "../codec/explain-field.ts";
import { flat } from "../codec/flat.ts";
import type { UnknownMessage } from "../codec/message.ts";
import type { OutputOptions } from "./output-options.ts";

/** A datagram, decoded and explained. */
export interface Shown {
  readonly direction: ">" | "<";
  /** The protocol's constant. */
  readonly protocol: string;
  readonly bytes: Uint8Array;
  /** What explain gave: one field a message. */
  readonly fields: readonly Field[];
  /** What decoding gave. */
  readonly messages: readonly object[];
}

/** Zeros behind the last message are no message. */
const isMessage = (field: Field): boolean => field.children.length > 0 || field.issue !== undefined;

/** The lines of a datagram in the form that was chosen. */
export const linesOf = (shown: Shown, options: OutputOptions): string[] => {
  const fields = shown.fields.filter(isMessage);
  if (options.hex === true) return annotatedText(shown, shown.fields).trimEnd().split("\n");
  if (options.flat === true) {
    const values = fields.map((field) => ({ message: field.constant, fields: flat(field.children) }));
    return options.json === true
      ? values.map(({ message, fields: pairs }) => jsonLine({ message, fields: Object.fromEntries(pairs) }))
      : values.flatMap(({ fields: pairs }) => pairs.map(([path, value]) => `${path} = ${jsonLine(value)}`));
  }
  if (options.json === true) return shown.messages.map(jsonLine);
  return options.details === true ? fields.flatMap(treeOf) : fields.map(lineOf);
};

/** Was anything in it malformed? */
export const isMalformed = ({ messages }: Shown): boolean =>
  messages.some((message) => (message as UnknownMessage).issues !== undefined);

/** Writes lines to stdout and waits while it is full. */
export const print = async (lines: readonly string[]): Promise<void> => {
  if (lines.length === 0) return;
  if (process.stdout.write(`${lines.join("\n")}\n`)) return;
  await new Promise((resolve) => process.stdout.once("drain", resolve));
};
