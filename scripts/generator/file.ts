// One generated file: the readers of a message's body and of everything inside it that no other file has.

import { align4 } from "../../src/codec/bytes.ts";
import type { AnyCodec, AttrTable, Body, Choice, Struct } from "../../src/codec/codec.ts";
import { isAlike } from "./alike.ts";
import { isExported, placeOf } from "./exported.ts";
import { buffers, membersAt, type Uses } from "./scalar.ts";
import { roomLines, tableLines } from "./table.ts";
import type { Scope } from "./value.ts";

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Where each helper of a generated file comes from. */
const HELPERS: Record<string, string> = {
  hardwareText: "address.ts",
  ipText: "address.ts",
  copyOf: "bytes.ts",
  Alike: "fast.ts",
  AlikeLists: "fast.ts",
  FAST_DEPTH: "fast.ts",
  rawOf: "fast.ts",
  roomy: "fast.ts",
  u64Of: "fast.ts",
  textOf: "text.ts",
};

/** Readers by codec: two files never write the same one. */
export const written: Map<unknown, { readonly name: string; readonly file: File }> = new Map();

/** A file of src/attrs/generated. */
export class File implements Scope {
  readonly #name: string;
  readonly #root: Body;
  readonly #types = new Map<string, Set<string>>();
  readonly #helpers = new Set<string>();
  readonly #values = new Map<string, Set<string>>();
  readonly #others = new Map<string, Set<string>>();
  readonly #shared = new Set<string>();
  readonly #code: string[] = [];
  #lists = 0;
  readonly #open = new Set<unknown>();
  readonly #recursive = new Set<unknown>();

  constructor(name: string, root: Body) {
    this.#name = name;
    this.#root = root;
    this.#code.push(this.#fast(root));
  }

  readonly uses: Uses = (helper) => {
    this.#helpers.add(helper);
  };

  lists(): string {
    this.uses("AlikeLists");
    const name = `keptLists${++this.#lists}`;
    this.#code.push(`const ${name} = /* @__PURE__ */ new AlikeLists();`);
    return name;
  }

  reader(codec: AnyCodec): string {
    const known = written.get(codec);
    if (known !== undefined) {
      if (known.file !== this) {
        known.file.#shared.add(known.name);
        this.#others.set(known.file.#name, (this.#others.get(known.file.#name) ?? new Set()).add(known.name));
      }
      // A table is bounded, not the body around it: one check a round.
      if (this.#open.has(codec)) this.#recursive.add(codec.kind === "body" ? codec.attrs : codec);
      return known.name;
    }
    const name = `read${pascal(this.#nameOf(codec))}`;
    written.set(codec, { name, file: this });
    this.#open.add(codec);
    const code = this.#function(codec, name);
    this.#open.delete(codec);
    this.#code.push(code);
    return name;
  }

  /** Its own name; of a body inside records, which has none, that of its header. */
  #nameOf(codec: AnyCodec): string {
    if (codec.kind === "body" && !isExported(codec)) return `${placeOf(codec.header).name}Body`;
    return placeOf(codec).name;
  }

  #type(codec: AnyCodec): string {
    const { name, module } = placeOf(codec);
    this.#types.set(module, (this.#types.get(module) ?? new Set()).add(name));
    return `ValueOf<typeof ${name}>`;
  }

  #function(codec: AnyCodec, name: string): string {
    switch (codec.kind) {
      case "struct": {
        const made = `{ ${membersAt(codec, "at", this.uses).join(", ")} }`;
        if (isAlike(codec)) return this.#alike(codec, name, made);
        const code = `return ${made};`;
        return `const ${name} = (r: Reader, at: number): ${this.#type(codec)} => { ${buffers(code)} ${code} };`;
      }
      case "body":
        return this.#body(codec as Body, name);
      case "attrs": {
        const top = codec === this.#root.attrs;
        const alias = pascal(`${placeOf(codec).name}Value`);
        const type = this.#type(codec);
        const header = top && decides(codec) ? this.#type(this.#root.header as AnyCodec) : undefined;
        const facts = { type: alias, header, top, recursive: () => this.#recursive.has(codec) };
        const lines = tableLines(this, codec, facts);
        return [
          `type ${alias} = ${type};`,
          ...roomLines(this, codec, alias),
          `const ${name} = (r: Reader, at: number, end: number${top ? ", wanted: Wanted | undefined" : ""}): ${alias} | undefined => {`,
          buffers(lines.join("\n")),
          ...lines,
          "};",
        ].join("\n");
      }
      default:
        throw new Error(`no reader for a ${codec.kind}`);
    }
  }

  /** A struct that is one object wherever it says the same. */
  #alike(codec: Struct, name: string, made: string): string {
    this.uses("Alike");
    const type = this.#type(codec);
    const kept = name.replace(/^read/, "kept");
    return [
      `const ${kept} = /* @__PURE__ */ new Alike<${type}>();`,
      `const ${name} = (r: Reader, at: number): ${type} => {`,
      buffers(`${made} dv`),
      `return ${kept}.find(dv, at) ?? ${kept}.keep(${made});`,
      "};",
    ].join("\n");
  }

  #body({ header, attrs }: Body, name: string): string {
    const { size } = header;
    const top = attrs === this.#root.attrs;
    const asked = this.reader(attrs as AnyCodec);
    const split = align4(size) === size ? `at + ${size}` : `Math.min(end, at + ${align4(size)})`;
    const wanted = top ? `, ${this.#fields(attrs)}` : "";
    const outer = decides(attrs);
    const type = `{ header: ${this.#type(header as AnyCodec)}; attrs: ${this.#type(attrs as AnyCodec)} }`;
    return [
      `const ${name} = (r: Reader, at: number, end: number): ${type} | undefined => {`,
      `if (end - at < ${size}) return;`,
      `const header = ${this.reader(header as AnyCodec)}(r, at);`,
      ...(outer ? ["const outer = r.header;", "r.header = header;"] : []),
      `const attrs = ${asked}(r, ${split}, end${wanted});`,
      "if (attrs === undefined) return;",
      ...(outer ? ["r.header = outer;"] : []),
      "return { header, attrs };",
      "};",
    ].join("\n");
  }

  /** The reader of a whole message: what it reads goes into the message itself, and no object is made to hand it over. */
  #fast({ header, attrs }: Body): string {
    const { size } = header;
    const asked = this.reader(attrs as AnyCodec);
    const split = align4(size) === size ? `at + ${size}` : `Math.min(end, at + ${align4(size)})`;
    return [
      `/** The fast reader of ${placeOf(this.#root).name}: false for what only the tables can read. */`,
      `export const read${pascal(placeOf(this.#root).name)}Fast = (r: Reader, at: number, end: number, into: FastBody): boolean => {`,
      `if (end - at < ${size}) return false;`,
      `const header = ${this.reader(header as AnyCodec)}(r, at);`,
      ...(decides(attrs) ? ["r.header = header;"] : []),
      `const attrs = ${asked}(r, ${split}, end, ${this.#fields(attrs)});`,
      "if (attrs === undefined) return false;",
      "into.header = header;",
      "into.attrs = attrs;",
      "return true;",
      "};",
    ].join("\n");
  }

  /** Which attributes are asked for: only of a message itself, not of a link inside a link. */
  #fields(attrs: AttrTable): string {
    const { name, module } = placeOf(attrs);
    this.#values.set(module, (this.#values.get(module) ?? new Set()).add(name));
    const asked = `r.fields?.get(${name})`;
    return this.#recursive.has(attrs) ? `r.depth === 0 ? ${asked} : undefined` : asked;
  }

  /** The file's text. Asked when all files are made: what others use of it is exported. */
  text(): string {
    const helpers = new Map<string, string[]>();
    for (const helper of [...this.#helpers].sort()) {
      const from = HELPERS[helper] ?? "";
      helpers.set(from, [...(helpers.get(from) ?? []), helper]);
    }
    const code = this.#code.join("\n\n");
    const wanted = /\bWanted\b/.test(code) ? ", Wanted" : "";
    const shared = code.replace(/^const (\w+) =/gm, (all, name: string) =>
      this.#shared.has(name) ? `export ${all}` : all,
    );
    for (const [from, names] of this.#values) for (const name of names) this.#types.get(from)?.delete(name);
    const list = (of: Map<string, Set<string>>, line: (names: string, from: string) => string): string[] =>
      [...of]
        .filter(([, names]) => names.size > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([from, names]) => line([...names].sort().join(", "), from));
    return [
      "// Written by scripts/generate.ts from the tables: do not edit.",
      ...[...helpers].sort().map(([from, names]) => `import { ${names.join(", ")} } from "../../codec/${from}";`),
      'import type { RawAttribute } from "../../codec/attribute.ts";',
      `import type { Reader${wanted} } from "../../codec/bytes.ts";`,
      'import type { ValueOf } from "../../codec/codec.ts";',
      'import type { FastBody } from "../../codec/registry.ts";',
      ...list(this.#types, (names, from) => `import type { ${names} } from "../${from}";`),
      ...list(this.#values, (names, from) => `import { ${names} } from "../${from}";`),
      ...list(this.#others, (names, from) => `import { ${names} } from "./${from}";`),
      "",
      shared,
      "",
    ].join("\n");
  }
}

/** Does a header's member decide the layout of one of these attributes? */
const decides = ({ fields }: AttrTable): boolean =>
  fields.some(({ codec }) => codec.kind === "choice" && (codec as unknown as Choice).header !== undefined);
