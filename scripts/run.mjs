// Runs a TypeScript script of this project: `node scripts/run.mjs scripts/generate.ts ARGS`. Node 20 cannot strip types, so the script
// is bundled first.
import { spawnSync } from "node:child_process";
import { build } from "esbuild";

const [script, ...args] = process.argv.slice(2);
const outfile = `.tmp/${script.replaceAll("/", "-").replace(/\.ts$/, ".mjs")}`;
await build({
  entryPoints: [script],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "es2022",
  packages: "external",
  logLevel: "warning",
});
process.exit(spawnSync(process.execPath, [outfile, ...args], { stdio: "inherit" }).status ?? 1);
