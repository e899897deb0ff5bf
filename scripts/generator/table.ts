// The reader of one table: a switch into locals, then the keys that are present, in table order.
import type { AnyCodec, AttrTable, Choice, Field } from "../../src/codec/codec.ts";
import { camelCase, enumKey } from "../../src/codec/names.ts";
import { usualOf } from "./usual.ts";
import { armOf, type Scope, valueAt } from "./value.ts";

/** What the file knows about a table. */
export interface TableFacts {
  /** The TypeScript type of its values. */
  readonly type: string;
  /** The struct in front of it, which decides choices by header. */
  readonly header: string | undefined;
  /** It stands in a message: `fields` may leave attributes out. */
  readonly top: boolean;
  /** It can hold itself. Asked last, when everything inside has been written. */
  readonly recursive: () => boolean;
}

const hasFallback = ({ codec }: Field): boolean => (codec as unknown as Choice).fallback !== undefined;
const isChoice = (field: Field): boolean => field.codec.kind === "choice";

/** Tables whose objects get their room at once. Smaller ones gain nothing by it. */
const LARGE = 32;
const isLarge = ({ fields }: AttrTable): boolean => fields.length >= LARGE;

/** What makes the objects of a large table. */
export const roomLines = (scope: Scope, table: AttrTable, type: string): string[] => {
  if (!isLarge(table)) return [];
  scope.uses("roomy");
  return [`const ${type}Room = /* @__PURE__ */ roomy<${type}>();`];
};

/** The lines of a table's reader, without its head. */
export const tableLines = (scope: Scope, table: AttrTable, { type, header, top, recursive }: TableFacts): string[] => {
  const { fields } = table;
  const late = fields.filter(isChoice);
  const usual = usualOf(table);
  const bits = bitsOf(usual);
  // Whatever stands in no usual message has one bit for all of it.
  const see = (name: string): string => (usual.length === 0 ? "" : ` seen |= ${bits.get(name) ?? 1 << bits.size};`);
  const arms = fields.map((f) => {
    const arm = armOf(scope, f.name, f.codec as AnyCodec, !hasFallback(f));
    return `case ${f.id}: ${arm}${see(f.name)} break;`;
  });
  const tails = late.flatMap((f, i) => lateLines(scope, f, late.slice(0, i), header));
  scope.uses("rawOf");
  const bounded = recursive();
  if (bounded) scope.uses("FAST_DEPTH");
  return [
    ...(bounded ? ["if (r.depth++ >= FAST_DEPTH) return;"] : []),
    ...fields.map((f) => `let ${f.name}_: ${localType(type, f)};`),
    "let unknown: RawAttribute[] | undefined;",
    ...(usual.length === 0 ? [] : ["let seen = 0;"]),
    ...late.flatMap((f) => [`let ${f.name}At = 0;`, `let ${f.name}End = 0;`]),
    ...late.filter((f) => !hasFallback(f)).map((f) => `let ${f.name}Word = 0;`),
    "while (end - at >= 4) {",
    // Length and type in one read: 130 -> 122 ns a route. An attribute in network byte order (0x4000) is left to the tables.
    "const head = dv.getInt32(at, true);",
    "const word = head >>> 16;",
    "const p = at + 4;",
    "const e = at + (head & 0xffff);",
    "if (e < p || e > end || (head & 0x40000000) !== 0) return;",
    "at = (e + 3) & ~3;",
    ...(top ? ["if (wanted !== undefined && wanted[word & 0x3fff] !== 1) continue;"] : []),
    "switch (word & 0x3fff) {",
    ...arms,
    `default: unknown ??= []; unknown.push(rawOf(u8, word, p, e));${see("")}`,
    "}",
    "}",
    "if (at < end) return;",
    ...tails,
    ...(bounded ? ["r.depth--;"] : []),
    ...usualLines(usual, bits),
    `const out: ${type} = ${isLarge(table) ? `new ${type}Room()` : "{}"};`,
    ...fields.map((f) => `if (${f.name}_ !== undefined) out.${f.name} = ${f.name}_;`),
    "if (unknown !== undefined) out.unknown = unknown;",
    "return out;",
  ];
};

/** A bit for each attribute that stands in a usual message. */
const bitsOf = (usual: readonly (readonly string[])[]): ReadonlyMap<string, number> =>
  new Map([...new Set(usual.flat())].map((name, i) => [name, 1 << i]));

/** Messages that have what is usual: their objects are made at once. */
const usualLines = (usual: readonly (readonly string[])[], bits: ReadonlyMap<string, number>): string[] => {
  if (usual.length === 0) return [];
  const cases = usual.map((names) => {
    const seen = names.reduce((sum, name) => sum | (bits.get(name) ?? 0), 0);
    return `case ${seen}: return { ${names.map((name) => `${name}: ${name}_`).join(", ")} };`;
  });
  return ["switch (seen) {", ...cases, "}"];
};

const localType = (type: string, { name, codec }: Field): string =>
  codec.kind === "repeated" ? `NonNullable<${type}["${name}"]>[number][] | undefined` : `${type}["${name}"]`;

/** A payload that something else decides is read last: the kind may come behind its data. */
const lateLines = (scope: Scope, { name, codec }: Field, before: readonly Field[], header: string | undefined) => {
  const choice = codec as unknown as Choice;
  if (choice.names !== undefined) throw new Error(`${name}: no generated code for a choice by a number yet`);
  const at = `${name}At`;
  const end = `${name}End`;
  const cases = Object.entries(choice.cases).flatMap(([key, inner]) =>
    labelsOf(choice, key).map(
      (label) =>
        `case ${label}: ${valueAt(scope, inner as AnyCodec, at, end, (v) => `${name}_ = { ${key}: ${v} };`)} break;`,
    ),
  );
  const { fallback } = choice;
  const other =
    fallback === undefined
      ? leaveLines(name, before)
      : [valueAt(scope, fallback as AnyCodec, at, end, (v) => `${name}_ = ${v};`)];
  if (choice.header !== undefined && header === undefined) throw new Error(`${name}: no header decides its layout`);
  const decider = choice.header === undefined ? `${choice.by}_` : `(r.header as ${header}).${choice.by}`;
  return [
    `if (${at} !== 0) switch (${decider}) {`,
    ...cases,
    // A layout that the caller added is the tables' business.
    `default: if (r.extensions !== undefined) return;`,
    ...other,
    "}",
  ];
};

/** An unknown layout goes to `unknown`, in wire order also among those that are read late. */
const leaveLines = (name: string, before: readonly Field[]): string[] => {
  if (before.length > 1) throw new Error(`${name}: more than two choices in a table`);
  const raw = `rawOf(u8, ${name}Word, ${name}At, ${name}End)`;
  const make = "unknown ??= [];";
  const push = `unknown.push(${raw});`;
  const [other] = before;
  if (other === undefined || hasFallback(other)) return [make, push];
  const first = `${other.name}At !== 0 && ${other.name}_ === undefined && ${name}At < ${other.name}At`;
  return [make, `if (${first}) unknown.splice(-1, 0, ${raw});`, `else ${push}`];
};

/** What stands behind `case`: the sibling's text, or the values of the header's member that have this name. */
const labelsOf = (choice: Choice, key: string): string[] => {
  const { header } = choice;
  if (header === undefined) return [JSON.stringify(key)];
  const values = [...new Set(Object.values(header.values))];
  return values.filter((value) => camelCase(enumKey(header, value) ?? "") === key).map(String);
};
