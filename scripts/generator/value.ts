// Statements that read one payload: whatever is not regular returns from the reader.
import type { AnyCodec, Codec, Indexed, Records, Repeated, Tailed } from "../../src/codec/codec.ts";
import { flagOrByte } from "../../src/codec/scalars.ts";
import { intAt, membersAt, type Uses } from "./scalar.ts";

/** What a piece of generated code may ask of the file that it stands in. */
export interface Scope {
  readonly uses: Uses;
  /** The name of the reader of a struct, body or table, which is written if need be. */
  reader(codec: AnyCodec): string;
  /** The name of a new AlikeLists. */
  lists(): string;
}

/** What to do with a value, given the expression that reads it. */
type Take = (value: string) => string;

/** Reads u8[at, end). */
export const valueAt = (scope: Scope, codec: AnyCodec, at: string, end: string, take: Take): string => {
  const { uses } = scope;
  switch (codec.kind) {
    case "int":
      return `if (${end} - ${at} !== ${codec.size}) return; ${take(intAt(codec, at, uses))}`;
    case "string":
      uses("textOf");
      return take(`textOf(u8, ${at}, ${end})`);
    case "ip":
    case "hardware":
      uses(`${codec.kind}Text`);
      return take(`${codec.kind}Text(u8, ${at}, ${end})`);
    case "bytes":
      uses("copyOf");
      return take(`copyOf(u8, ${at}, ${end})`);
    case "flag":
      if ((codec as unknown) === flagOrByte) return take(`${end} === ${at} || u8[${at}] !== 0`);
      return `if (${end} !== ${at}) return; ${take("true")}`;
    case "array":
      return arrayAt(scope, codec.of, at, end, take);
    case "struct":
      return `if (${end} - ${at} < ${codec.size}) return; ${take(`${scope.reader(codec)}(r, ${at})`)}`;
    case "attrs":
    case "body":
      return `{ const inner = ${scope.reader(codec)}(r, ${at}, ${end}); if (inner === undefined) return; ${take("inner")} }`;
    case "tailed":
      return tailedAt(scope, codec, at, end, take);
    case "records":
      return recordsAt(scope, codec, at, end, take);
    case "indexed":
      return indexedAt(scope, codec, at, end, take);
    default:
      throw new Error(`no generated code for a ${codec.kind} here`);
  }
};

const arrayAt = (scope: Scope, of: AnyCodec & { kind: "int" }, at: string, end: string, take: Take): string => {
  const { size } = of;
  const shift = { 1: 0, 2: 1, 4: 2, 8: 3 }[size];
  const odd = size === 1 ? "" : `if (((${end} - ${at}) & ${size - 1}) !== 0) return; `;
  const type = size === 8 ? "bigint" : "number";
  // Of a known length: growing an array of 60 would copy it twice.
  const read =
    `const items = new Array<${type}>((${end} - ${at}) >> ${shift}); ` +
    `for (let i = ${at}, n = 0; i < ${end}; i += ${size}) items[n++] = ${intAt(of, "i", scope.uses)};`;
  if (size !== 4) return `{ ${odd}${read} ${take("items")} }`;
  const lists = scope.lists();
  return (
    `{ ${odd}const known = ${lists}.find(dv, ${at}, ${end}); if (known !== undefined) { ${take("known")} } else { ` +
    `${read} ${take(`${lists}.keep(items)`)} } }`
  );
};

const tailedAt = (scope: Scope, { header, name, tail }: Tailed, at: string, end: string, take: Take): string => {
  const fixed = membersAt(header, at, scope.uses).join(", ");
  const rest = valueAt(scope, tail as AnyCodec, `${at} + ${header.size}`, end, (value) =>
    take(`{ ${fixed}, ${name}: ${value} }`),
  );
  return `if (${end} - ${at} < ${header.size}) return; ${rest}`;
};

const recordsAt = (scope: Scope, { of }: Records, at: string, end: string, take: Take): string => {
  const { size } = of.header;
  const item = valueAt(scope, of as AnyCodec, "q", "q + n", (value) => `items.push(${value});`);
  return (
    `{ const items: NonNullable<ReturnType<typeof ${scope.reader(of as AnyCodec)}>>[] = []; let q = ${at}; ` +
    `while (${end} - q >= ${size}) { const n = dv.getUint16(q, true); if (n < ${size} || n > ${end} - q) return; ` +
    `${item} q += (n + 3) & ~3; } if (q < ${end}) return; ${take("items")} }`
  );
};

const indexedAt = (scope: Scope, { of, first }: Indexed, at: string, end: string, take: Take): string => {
  const item = valueAt(scope, of as AnyCodec, "q + 4", "q + n", (value) => `items.push(${value});`);
  return (
    `{ const items: ${typeOf(scope, of)}[] = []; let q = ${at}; while (${end} - q >= 4) { ` +
    `const n = dv.getUint16(q, true), w = dv.getUint16(q + 2, true); ` +
    `if (n < 4 || n > ${end} - q || (w & 0x7fff) !== ${first} + items.length) return; ${item} q += (n + 3) & ~3; } ` +
    `if (q < ${end}) return; ${take("items")} }`
  );
};

/** The TypeScript type of what a codec reads. */
export const typeOf = (scope: Scope, codec: Codec<unknown>): string => {
  const known = codec as AnyCodec;
  switch (known.kind) {
    case "int":
      return known.size === 8 ? "bigint" : "number";
    case "string":
    case "ip":
    case "hardware":
      return "string";
    case "bytes":
      return "Uint8Array";
    default:
      return `NonNullable<ReturnType<typeof ${scope.reader(known)}>>`;
  }
};

/** One attribute of a table, whose value goes into the local `name_`; of a choice its place, and its type word if that may be asked. */
export const armOf = (scope: Scope, name: string, codec: AnyCodec, worded: boolean): string => {
  if (codec.kind === "choice") {
    // Twice, and the order of what is left over would depend on both: the tables know.
    return `if (${name}At !== 0) return; ${name}At = p; ${name}End = e;${worded ? ` ${name}Word = word;` : ""}`;
  }
  if (codec.kind === "repeated") {
    const { of } = codec as Repeated;
    return valueAt(scope, of as AnyCodec, "p", "e", (value) => `${name}_ ??= []; ${name}_.push(${value});`);
  }
  return valueAt(scope, codec, "p", "e", (value) => `${name}_ = ${value};`);
};
