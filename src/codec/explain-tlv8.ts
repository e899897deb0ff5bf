// Values behind one byte of type and one of length -> fields.
import type { Reader } from "./bytes.ts";
import type { AnyCodec, Tlv8 } from "./codec.ts";
import { type Above, type Detail, type Field, field, raw, within } from "./explain-field.ts";
import { explainValue } from "./explain-value.ts";
import { eachTlv8, readTlv8 } from "./tlv8.ts";

/** Undefined: bytes that are framed in another way, which is no fault. */
export const tlv8Fields = (
  r: Reader,
  { prefix, fields }: Tlv8,
  start: number,
  end: number,
  above: Above,
): Detail | undefined => {
  const out: Field[] = [];
  const stop = eachTlv8(r, start, end, (type, at, to) => {
    const declared = fields.find((f) => f.id === type);
    const constant = declared?.constant ?? `${prefix}${type}`;
    const name = within(above, constant, declared?.name ?? String(type));
    const known = declared !== undefined && readTlv8(r, declared, at, to) !== undefined;
    const detail = known ? explainValue(r, declared.codec as AnyCodec, at, to, name, {}) : undefined;
    out.push(field(constant, name, at - 2, to, detail ?? raw(r, at, to)));
  });
  return stop < end || out.length === 0 ? undefined : { children: out };
};
