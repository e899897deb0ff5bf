// Decoding in memory, on several versions of Node: bench/codec.ts as a child, whose table is read.
import { spawnSync } from "node:child_process";
import { build } from "esbuild";
import type { Row } from "../table.ts";
import { bundled, output } from "../tools.ts";
import type { Lab, Section } from "./lab.ts";

/** Programs of the versions of Node that can be had. */
const nodes = (lab: Lab): Map<string, string> => {
  const found = new Map([[process.version, process.execPath]]);
  for (const version of lab.quick ? [] : ["20", "22", "24"]) {
    if (process.version.startsWith(`v${version}.`)) continue;
    const said = output("npx", ["-y", `node@${version}`, "-p", "process.execPath + ' ' + process.version"]);
    const [path, full] = said?.split(" ") ?? [];
    if (path === undefined || full === undefined) lab.note(`Node ${version}: the registry does not give it`);
    else found.set(full, path);
  }
  return found;
};

/** The rows of console.table, by the names of its columns. */
const parsed = (text: string): Record<string, string>[] => {
  const lines = text.split("\n").filter((line) => line.startsWith("│"));
  const [head = [], ...rows] = lines.map((line) =>
    line.split("│").map((cell) => cell.trim().replace(/^'(.*)'$/, "$1")),
  );
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ""])));
};

export const codec: Section = async (lab) => {
  const program = bundled("codec");
  const options = { bundle: true, platform: "node", format: "esm", target: "es2022", packages: "external" } as const;
  await build({ entryPoints: ["bench/codec.ts"], outfile: program, ...options });
  const rows: Row[] = [];
  for (const [version, node] of nodes(lab)) {
    const { status, stdout, stderr } = spawnSync(node, [program], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    for (const { message = "", bar, decode, "8 fields": fields = "" } of parsed(stdout)) {
      const row = (what: string, ns: string | undefined, limit = 0): Row => ({
        measure: `decode ${message}${what}, Node ${version}`,
        unit: "ns",
        cells: { nlkit: [Number(ns)] },
        bars: limit > 0 ? [{ limit }] : [],
      });
      rows.push(row("", decode, Number(bar)));
      if (fields !== "") rows.push(row(", 8 named attributes", fields));
    }
  }
  if (rows.length === 0) lab.note("bench/codec.ts printed no table");
  return rows.sort((a, b) => a.measure.localeCompare(b.measure));
};
