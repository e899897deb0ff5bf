// The option `fields`: which attributes of each message are read.
import type { Fields, ReadOptions, Wanted } from "./bytes.ts";
import type { AnyCodec, AttrTable, Choice } from "./codec.ts";
import type { MessageType, Registry } from "./registry.ts";
import { plain } from "./text.ts";

/** The last list asked of each registry: a program asks for the same one with every datagram. */
const last = /* @__PURE__ */ new WeakMap<object, { readonly names: readonly string[]; readonly fields: Fields }>();

/**
 * What a list of properties means in each message of a registry. Control messages are not looked at: they are always read whole.
 * @param types the registry
 * @param names properties of attributes
 * @param lossless whether the decode is lossless, which `fields` contradicts
 * @throws RangeError for a name that no message has: skipping everything would look like an empty kernel
 */
export const fieldsOf = (
  types: Registry<MessageType>,
  names: NonNullable<ReadOptions["fields"]>,
  lossless: boolean,
): Fields => {
  if (lossless) throw new RangeError("fields leaves attributes out, lossless none: ask for one of them");
  const known = last.get(types);
  if (known !== undefined && isSame(known.names, names)) return known.fields;
  const missing = new Set(names);
  const fields = new Map<unknown, Wanted>();
  for (const { body } of types.byType.values()) {
    for (const table of tablesOf(body as unknown as AnyCodec)) {
      if (!fields.has(table)) fields.set(table, idsOf(table, names, missing));
    }
  }
  if (missing.size > 0) {
    const list = [...missing].map((name) => `"${plain(String(name))}"`).join(", ");
    throw new RangeError(`fields: no message of ${types.name} has an attribute ${list}`);
  }
  last.set(types, { names: [...names], fields });
  return fields;
};

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

/** The tables of a message: one for each layout that it has. */
const tablesOf = (codec: AnyCodec): AttrTable[] =>
  codec.kind === "body"
    ? [codec.attrs]
    : codec.kind === "variants"
      ? Object.values(codec.cases).map(({ body }) => body.attrs)
      : [];

/** The types of the attributes that are wanted of one table; takes from `missing` what it has. */
const idsOf = ({ byId, byName }: AttrTable, names: readonly string[], missing: Set<string>): Wanted => {
  const wanted = new Uint8Array(byId.length);
  for (const name of names) {
    const field = byName.get(name);
    if (field === undefined) continue;
    missing.delete(name);
    wanted[field.id] = 1;
    const choice = field.codec as unknown as Choice;
    const by = choice.kind === "choice" && choice.header === undefined ? byName.get(choice.by) : undefined;
    if (by !== undefined) wanted[by.id] = 1;
  }
  return wanted;
};
