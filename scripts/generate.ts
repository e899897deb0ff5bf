// Writes src/attrs/generated/*.ts: one reader for each table, a switch into locals and then the keys that are present, in table order.
// Whatever a reader finds irregular it throws, and the tables read that message again: they know what to say about it.
import { mkdirSync, writeFileSync } from "node:fs";
import * as route from "../src/attrs/route/route.ts";
import * as routeHeader from "../src/attrs/route/route-header.ts";
import * as routeMetrics from "../src/attrs/route/route-metrics.ts";
import * as via from "../src/attrs/route/via.ts";
import type { AnyCodec, AttrTable, Choice, Codec, Indexed, Int, Member, Records } from "../src/codec/codec.ts";

/** Where each declaration is exported, so that generated code can name its type. */
const exported = new Map<unknown, { name: string; module: string }>();
const modules: Record<string, object> = {
  "route/route.ts": route,
  "route/route-header.ts": routeHeader,
  "route/route-metrics.ts": routeMetrics,
  "route/via.ts": via,
};
for (const [module, exports] of Object.entries(modules)) {
  for (const [name, value] of Object.entries(exports)) {
    if (!exported.has(value)) exported.set(value, { name, module });
  }
}

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const INDENT = "  ";

/** One generated file: the readers of a body and of everything inside it. */
class Module {
  readonly #readers = new Map<unknown, string>();
  readonly #imports = new Map<string, Set<string>>();
  readonly #body: string[] = [];
  readonly #helpers = new Set<string>();

  /** The name of the reader of a codec; writes it first if need be. */
  reader(codec: AnyCodec): string {
    const known = this.#readers.get(codec);
    if (known !== undefined) return known;
    const at = exported.get(codec);
    if (at === undefined)
      throw new Error(`a ${codec.kind} is used but not exported: the generator cannot name its type`);
    const name = `read${pascal(at.name)}`;
    this.#readers.set(codec, name);
    const module = `../${at.module}`;
    this.#imports.set(module, (this.#imports.get(module) ?? new Set()).add(at.name));
    this.#body.push(this.#function(codec, name, `ValueOf<typeof ${at.name}>`));
    return name;
  }

  #function(codec: AnyCodec, name: string, type: string): string {
    const head = `const ${name} = (r: Reader, at: number, end: number): ${type} => {`;
    switch (codec.kind) {
      case "struct":
        return [
          head,
          `  if (end - at < ${codec.size}) throw irregular;`,
          "  const { dv } = r;",
          `  return { ${codec.members.map((m) => `${m.name}: ${this.#member(m, "at")}`).join(", ")} };`,
          "};",
          "",
        ].join("\n");
      case "body": {
        const { size } = codec.header;
        return [
          head,
          `  if (end - at < ${size}) throw irregular;`,
          `  const header = ${this.reader(codec.header)}(r, at, at + ${size});`,
          `  return { header, attrs: ${this.reader(codec.attrs)}(r, at + ${size}, end) };`,
          "};",
          "",
        ].join("\n");
      }
      case "attrs":
        return [head, ...this.#attrs(codec), "};", ""].join("\n");
      default:
        throw new Error(`no reader for a ${codec.kind}`);
    }
  }

  #int({ size, signed, big }: Int, at: string): string {
    const little = size === 1 ? "" : `, ${!big}`;
    return size === 8
      ? `dv.get${signed ? "BigInt" : "BigUint"}64(${at}${little})`
      : `dv.get${signed ? "Int" : "Uint"}${size * 8}(${at}${little})`;
  }

  #member(m: Member, base: string): string {
    const at = m.offset === 0 ? base : `${base} + ${m.offset}`;
    if (m.codec.kind === "int") return this.#int(m.codec, at);
    this.#helpers.add("hardwareText");
    return `hardwareText(r.u8, ${at}, ${base} + ${m.offset + m.size})`;
  }

  #attrs(table: AttrTable): string[] {
    const { fields } = table;
    const late = fields.filter((f) => f.codec.kind === "choice");
    const at = exported.get(table);
    // Hostile bytes nest as deep as their length allows: the depth is bounded as in the tables.
    const lines = [
      `type Value = ValueOf<typeof ${at?.name}>;`,
      "if (r.depth++ >= MAX_DEPTH) throw irregular;",
      "const { dv, u8 } = r;",
      `let ${fields.map((f) => `${f.name}_: Value["${f.name}"]`).join(", ")}, unknown: RawAttribute[] | undefined;`,
      ...late.map((f) => `let ${f.name}At = 0, ${f.name}End = 0, ${f.name}Word = 0;`),
      "while (end - at >= 4) {",
      "  const length = dv.getUint16(at, true), word = dv.getUint16(at + 2, true), p = at + 4, e = at + length;",
      // An attribute in network byte order has other integers inside; the tables know.
      "  if (length < 4 || e > end || (word & 0x4000) !== 0) throw irregular;",
      "  switch (word & 0x3fff) {",
      ...fields.map((f) => `    case ${f.id}: ${this.#arm(f.name, f.codec as AnyCodec)} break;`),
      "    default: (unknown ??= []).push({ word, bytes: u8.slice(p, e) });",
      "  }",
      "  at += (length + 3) & ~3;",
      "}",
      "if (at < end) throw irregular;",
      ...late.flatMap((f) => this.#late(f.name, f.codec as unknown as Choice)),
      "r.depth--;",
      "const out: Value = {};",
      ...fields.map((f) => `if (${f.name}_ !== undefined) out.${f.name} = ${f.name}_;`),
      "if (unknown !== undefined) out.unknown = unknown;",
      "return out;",
    ];
    return lines.map((line) => INDENT + line);
  }

  #arm(name: string, codec: AnyCodec): string {
    const to = `${name}_ = `;
    switch (codec.kind) {
      case "int":
        return `if (length !== ${codec.size + 4}) throw irregular; ${to}${this.#int(codec, "p")};`;
      case "string":
        this.#helpers.add("textOf");
        return `${to}textOf(u8, p, e);`;
      case "ip":
      case "hardware":
        this.#helpers.add(`${codec.kind}Text`);
        return `${to}${codec.kind}Text(u8, p, e);`;
      case "bytes":
        return `${to}u8.slice(p, e);`;
      case "flag":
        return `if (length !== 4) throw irregular; ${to}true;`;
      case "choice":
        return `${name}At = p; ${name}End = e; ${name}Word = word;`;
      case "array": {
        const { size } = codec.of;
        const push = `for (let i = p; i < e; i += ${size}) items.push(${this.#int(codec.of, "i")});`;
        const type = size === 8 ? "bigint" : "number";
        return `{ if ((e - p) % ${size} !== 0) throw irregular; const items: ${type}[] = []; ${push} ${to}items; }`;
      }
      case "repeated":
        return `{ const before = ${name}_; ${this.#arm(name, codec.of as AnyCodec).replace(to, "const item = ")} ${to}before === undefined ? [item] : [...before, item]; }`;
      case "records":
        return this.#records(to, codec as Records);
      case "indexed":
        throw new Error(`${name}: no generated reader for an ${(codec as Indexed).kind} nest yet`);
      case "tailed": {
        const { size, members } = codec.header;
        this.#helpers.add("ipText");
        const fixed = members.map((m) => `${m.name}: ${this.#member(m, "p")}`).join(", ");
        return `if (e - p < ${size}) throw irregular; ${to}{ ${fixed}, ${codec.name}: ipText(u8, p + ${size}, e) };`;
      }
      default:
        return `${to}${this.reader(codec)}(r, p, e);`;
    }
  }

  #records(to: string, { of }: Records): string {
    const { size } = of.header;
    return [
      "{",
      "const items = [];",
      "let q = p;",
      `while (e - q >= ${size}) {`,
      "const n = dv.getUint16(q, true);",
      `if (n < ${size} || n > e - q) throw irregular;`,
      `items.push({ header: ${this.reader(of.header)}(r, q, q + ${size}), attrs: ${this.reader(of.attrs)}(r, q + ${size}, q + n) });`,
      "q += (n + 3) & ~3;",
      "}",
      "if (q < e) throw irregular;",
      `${to}items;`,
      "}",
    ].join(" ");
  }

  #late(name: string, codec: Choice): string[] {
    const decider = codec.header === undefined ? `${codec.by}_` : undefined;
    if (decider === undefined) throw new Error(`${name}: no generated reader for a choice by header yet`);
    return [
      `if (${name}At !== 0) switch (${decider}) {`,
      ...Object.entries(codec.cases).map(
        ([key, inner]) =>
          `  case "${key}": ${name}_ = { ${key}: ${this.reader(inner as AnyCodec)}(r, ${name}At, ${name}End) }; break;`,
      ),
      `  default: (unknown ??= []).push({ word: ${name}Word, bytes: u8.slice(${name}At, ${name}End) });`,
      "}",
    ];
  }

  text(root: string): string {
    const named = (names: string[], from: string): string[] => {
      const used = names.filter((name) => this.#helpers.has(name));
      return used.length === 0 ? [] : [`import { ${used.join(", ")} } from "../../codec/${from}";`];
    };
    const types = [...this.#imports].map(
      ([from, names]) => `import type { ${[...names].sort().join(", ")} } from "${from}";`,
    );
    return [
      "// Written by scripts/generate.ts from the tables: do not edit.",
      ...named(["hardwareText", "ipText"], "address.ts"),
      'import { MAX_DEPTH, type RawAttribute } from "../../codec/attribute.ts";',
      'import type { Reader } from "../../codec/bytes.ts";',
      'import type { ValueOf } from "../../codec/codec.ts";',
      'import { irregular, regular } from "../../codec/fast.ts";',
      ...named(["textOf"], "text.ts"),
      ...types.sort(),
      "",
      ...this.#body,
      `/** The fast reader of ${root.slice(4)}: undefined for what only the tables can read. */`,
      `export const ${root}Fast: (r: Reader, at: number, end: number) => ReturnType<typeof ${root}> | undefined =`,
      `  /* @__PURE__ */ regular(${root});`,
      "",
    ].join("\n");
  }
}

const write = (file: string, root: Codec<never>): void => {
  const module = new Module();
  const name = module.reader(root as unknown as AnyCodec);
  mkdirSync("src/attrs/generated", { recursive: true });
  writeFileSync(`src/attrs/generated/${file}`, module.text(name));
};

write("route.ts", route.routeBody as unknown as Codec<never>);
