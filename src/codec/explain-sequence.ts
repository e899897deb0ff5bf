// Structs one behind the other -> fields.
import type { Reader } from "./bytes.ts";
import type { Sequence } from "./codec.ts";
import { type Above, type Field, field, raw, within } from "./explain-field.ts";
import { structFields } from "./explain-value.ts";
import { itemAt } from "./sequence.ts";

export const sequenceFields = (r: Reader, codec: Sequence, start: number, end: number, above: Above): Field[] => {
  const out: Field[] = [];
  for (let at = start; at < end; ) {
    const found = itemAt(codec, r, at, end);
    if (found === undefined) return [...out, field("", above, at, end, raw(r, at, end, "TRAILING"))];
    const constant = `${codec.constant}[${out.length}]`;
    const name = within(above, constant, `[${out.length}]`);
    out.push(field(constant, name, at, found.end, { children: structFields(r, found.struct, at, found.end, name) }));
    at = found.end;
  }
  return out;
};
