// The public names, entry by entry: an addition or a removal shows in the diff of the snapshot.
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const ENTRIES = {
  nlkit: () => import("../src/index.ts"),
  "nlkit/socket": () => import("../src/socket/index.ts"),
  "nlkit/client": () => import("../src/client/index.ts"),
  "nlkit/network": () => import("../src/network/index.ts"),
  "nlkit/capture": () => import("../src/capture/index.ts"),
  "nlkit/testing": () => import("../src/testing/index.ts"),
  "nlkit/testing/arbitrary": () => import("../src/testing/arbitrary.ts"),
};

const { exports: published } = JSON.parse(readFileSync("package.json", "utf8")) as {
  exports: Record<string, { default: string }>;
};

test.each(Object.entries(ENTRIES))("%s: dist has the names of src", async (entry, load) => {
  const { default: file = "" } = published[entry.replace("nlkit", ".")] ?? {};
  const built: unknown = await import(resolve(file));
  expect(Object.keys(built as object).sort()).toEqual(Object.keys(await load()).sort());
});

test.each(Object.entries(ENTRIES))("%s", async (_entry, load) => {
  expect(
    Object.keys(await load())
      .sort()
      .join(" "),
  ).toMatchSnapshot();
});

/** A type, or a table or a registry: what users of the file need. Codecs and helpers may stay inside. */
const isPublic = (symbol: ts.Symbol): boolean => {
  if ((symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0) return true;
  const { valueDeclaration: declared } = symbol;
  const type = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.type?.getText() : undefined;
  return /^(AttrTable|Struct|Registry)\b/.test(type ?? "");
};

test("tables are public, with their types: src/index.ts forgets no file", () => {
  const files = readdirSync("src/attrs", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith("generated/"))
    .map((file) => `src/attrs/${file}`);
  const { NodeNext } = ts.ModuleKind;
  const program = ts.createProgram(["src/index.ts", ...files], {
    module: NodeNext,
    noEmit: true,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const exportsOf = (file: string): ts.Symbol[] => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} is no module`);
    return checker.getExportsOfModule(module);
  };
  const open = new Set(exportsOf("src/index.ts").map((symbol) => symbol.name));
  const forgotten = files.flatMap((file) =>
    exportsOf(file)
      .filter(isPublic)
      .flatMap(({ name }) => (open.has(name) ? [] : [`${file}: ${name}`])),
  );
  expect(forgotten).toEqual([]);
  expect(open.size).toBeGreaterThan(150);
});
