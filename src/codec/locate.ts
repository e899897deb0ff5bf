// Byte offset -> attribute: which part of a request an extended ack is about.
import { type Field, tableOf } from "./explain-field.ts";

/** An attribute of a message. */
export interface Located {
  /** Property names: `linkinfo.data.ageingTime`. */
  readonly path: string;
  /** Its constant: "IFLA_BR_AGEING_TIME". */
  readonly constant: string;
  /** Where it is. */
  readonly field: Field;
}

/**
 * The attribute whose header begins at an offset; undefined when none does.
 * @param fields what `explain` gave
 * @param offset bytes from where `fields` begin to count
 */
export const attributeAt = (fields: readonly Field[], offset: number): Located | undefined => {
  for (const field of fields) {
    if (offset < field.offset || offset >= field.offset + field.length) continue;
    if (offset === field.offset && field.word !== undefined) {
      return { path: field.property, constant: field.constant, field };
    }
    return attributeAt(field.children, offset);
  }
  return undefined;
};

/**
 * The constant of an attribute that is missing from a nest.
 * @param fields what `explain` gave
 * @param type the attribute's type
 * @param nest offset of the nest that lacks it; undefined: the message itself
 * @returns "IFLA_IFNAME", or the nest's own name and the number when no table has it
 */
export const missingAt = (fields: readonly Field[], type: number, nest: number | undefined): string => {
  const field = nest === undefined ? fields[0] : attributeAt(fields, nest)?.field;
  const declared = field && tableOf(field)?.byId[type]?.constant;
  return declared ?? `${field?.constant || "the message"}: type ${type}`;
};
