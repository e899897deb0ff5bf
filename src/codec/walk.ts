// Every codec of a registry, once each.
import type { AnyCodec } from "./codec.ts";
import { controlTypes, type MessageType, type Registry } from "./registry.ts";

/** What a codec is made of. */
const partsOf = (codec: AnyCodec): readonly unknown[] => {
  switch (codec.kind) {
    case "attrs":
    case "tlv8":
      return codec.fields.map((field) => field.codec);
    case "struct":
      return codec.members.map((member) => member.codec);
    case "body":
    case "control":
      return [codec.header, codec.attrs];
    case "records":
    case "indexed":
    case "list":
    case "numbered":
    case "repeated":
    case "array":
      return [codec.of];
    case "choice":
      return [...Object.values(codec.cases), codec.fallback];
    case "tailed":
      return [codec.header, codec.tail];
    case "sequence":
      return codec.cases.map(({ struct }) => struct);
    case "text":
      return [codec.header];
    case "variants":
      return Object.values(codec.cases).map(({ body }) => body);
    default:
      return [];
  }
};

/**
 * Every codec that the messages of a registry are made of, and those of the messages that every protocol has. Tables are built for it.
 * @param types the registry
 */
export const codecsOf = (types: Registry): ReadonlySet<AnyCodec> => {
  const seen = new Set<AnyCodec>();
  const waiting: unknown[] = [
    ...types.byType.values(),
    ...[types.fallback, types.unframed].filter((one) => one !== undefined),
    ...(controlTypes as Registry<MessageType>).byType.values(),
  ].map(({ body }) => body);
  for (let codec = waiting.pop(); codec !== undefined || waiting.length > 0; codec = waiting.pop()) {
    if (codec === undefined || seen.has(codec as AnyCodec)) continue;
    seen.add(codec as AnyCodec);
    waiting.push(...partsOf(codec as AnyCodec));
  }
  return seen;
};

/**
 * The C constants of a registry with their numbers: its messages, and the values of enums and flag words in them.
 * @param types the registry
 */
export const constantsOf = (types: Registry): ReadonlyMap<string, number> => {
  const out = new Map<string, number>();
  for (const codec of codecsOf(types)) {
    const sets = codec.kind === "int" ? [codec.names] : codec.kind === "choice" ? [codec.header, codec.names] : [];
    for (const names of sets) {
      for (const [key, value] of Object.entries(names?.values ?? {})) out.set(`${names?.prefix}${key}`, value);
    }
  }
  for (const { name, type } of types.byType.values()) out.set(name, type);
  for (const { name, type } of controlTypes.byType.values()) out.set(name, type);
  return out;
};

/** What a codec calls the properties of its value. */
const namesOf = (codec: AnyCodec): readonly string[] => {
  switch (codec.kind) {
    case "attrs":
    case "tlv8":
      return codec.fields.map(({ name }) => name);
    case "struct":
      return codec.members.map(({ name }) => name);
    case "choice":
    case "variants":
      return Object.keys(codec.cases);
    case "sequence":
      return codec.cases.flatMap(({ struct }) => struct.members.map(({ name }) => name));
    case "tailed":
      return [codec.name];
    case "text":
      return codec.keys;
    default:
      return [];
  }
};

/** What every message and every nest may have beside what is declared. */
const ANYWHERE =
  "type name flags seq pid header attrs payload unknown word bytes number value issues runt code offset path";

/**
 * What the properties of a registry's messages are called, wherever they stand.
 * @param types the registry
 */
export const propertiesOf = (types: Registry): ReadonlySet<string> =>
  new Set([...ANYWHERE.split(" "), ...[...codecsOf(types)].flatMap(namesOf)]);
