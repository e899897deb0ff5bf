// Every table there is: what the modules export, and what the registries lead to.
import { readdirSync } from "node:fs";
import type { AnyCodec, AttrTable, Int, Struct } from "../../src/codec/codec.ts";
import type { Names } from "../../src/codec/names.ts";
import type { Registry } from "../../src/codec/registry.ts";

/** What a module exports: its file, the name, the value. */
export interface Export {
  readonly file: string;
  readonly name: string;
  readonly value: unknown;
}

const root = new URL("../../src/", import.meta.url);

/** All that the modules under these folders of src/ export. */
export const exportsOf = async (...folders: readonly string[]): Promise<Export[]> => {
  const found: Export[] = [];
  for (const folder of folders) {
    for (const file of readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue;
      const module: object = await import(new URL(`${folder}/${file}`, root).href);
      for (const [name, value] of Object.entries(module)) found.push({ file: `${folder}/${file}`, name, value });
    }
  }
  return found;
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
/** Attributes, or values behind one byte of type: both have fields with constants and numbers. */
export const isTable = (value: unknown): value is AttrTable =>
  isObject(value) && (value["kind"] === "attrs" || value["kind"] === "tlv8");
export const isStruct = (value: unknown): value is Struct => isObject(value) && value["kind"] === "struct";
export const isRegistry = (value: unknown): value is Registry =>
  isObject(value) && value["byType"] instanceof Map && value["byName"] instanceof Map;
/** `export const IFF = { UP: 1, … }`. */
export const isNames = (value: unknown): value is Names["values"] =>
  isObject(value) &&
  Object.getPrototypeOf(value) === Object.prototype &&
  Object.keys(value).length > 0 &&
  Object.values(value).every((number) => typeof number === "number");

/** What a codec is made of. A new kind has to be known here. */
const inside = (codec: AnyCodec): readonly (object | undefined)[] => {
  switch (codec.kind) {
    case "int":
    case "string":
    case "ip":
    case "hardware":
    case "bytes":
    case "flag":
    case "octets":
    case "opaque":
      return [];
    case "text":
      return [codec.header];
    case "array":
    case "repeated":
    case "indexed":
    case "list":
    case "numbered":
    case "records":
      return [codec.of];
    case "struct":
      return codec.members.map((member) => member.codec);
    case "attrs":
    case "tlv8":
      return codec.fields.map((field) => field.codec);
    case "body":
    case "control":
      return [codec.header, codec.attrs];
    case "tailed":
      return [codec.header, codec.tail];
    case "choice":
      return [...Object.values(codec.cases), codec.fallback];
    case "sequence":
      return codec.cases.map((one) => one.struct);
    case "variants":
      return Object.values(codec.cases).map((variant) => variant.body);
    default:
      throw new TypeError(`what is inside a codec of kind ${(codec as { kind: string }).kind}?`);
  }
};

/** Every codec that registries lead to. */
export const reached = (registries: Iterable<Registry>): ReadonlySet<AnyCodec> => {
  const seen = new Set<AnyCodec>();
  const visit = (codec: object | undefined): void => {
    if (codec === undefined || seen.has(codec as AnyCodec)) return;
    seen.add(codec as AnyCodec);
    inside(codec as AnyCodec).forEach(visit);
  };
  for (const types of registries) {
    for (const message of types.byType.values()) visit(message.body);
    visit(types.fallback?.body);
    visit(types.unframed?.body);
    for (const cases of types.extensions?.values() ?? []) Object.values(cases).forEach(visit);
  }
  return seen;
};

export const tablesOf = (codecs: ReadonlySet<AnyCodec>): AttrTable[] => [...codecs].filter(isTable);
export const structsOf = (codecs: ReadonlySet<AnyCodec>): Struct[] => [...codecs].filter(isStruct);
export const namedInts = (codecs: ReadonlySet<AnyCodec>): (Int & { names: Names })[] =>
  [...codecs].filter((codec): codec is Int & { names: Names } => codec.kind === "int" && codec.names !== undefined);
