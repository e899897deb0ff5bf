// Writes src/attrs/generated/*.ts: one file a message, one reader for each struct and table in it (generator/).
// A reader knows only the regular case. Whatever else it meets it leaves to the tables, which know what to say about it.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { addressBody } from "../src/attrs/route/address.ts";
import { linkBody } from "../src/attrs/route/link.ts";
import { neighbourBody } from "../src/attrs/route/neighbour.ts";
import { nsidBody } from "../src/attrs/route/nsid.ts";
import { routeBody } from "../src/attrs/route/route.ts";
import type { Body } from "../src/codec/codec.ts";
import { File } from "./generator/file.ts";

const FOLDER = "src/attrs/generated";
/** A file of a message: its body. */
const BODIES = {
  "link.ts": linkBody,
  "address.ts": addressBody,
  "route.ts": routeBody,
  "neighbour.ts": neighbourBody,
  "nsid.ts": nsidBody,
} as const;

const files = Object.entries(BODIES).map(([name, body]) => [name, new File(name, body as unknown as Body)] as const);
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
for (const [name, file] of files) {
  // Under a name of its own: the generated folder is left out of the lint, since what stands there is checked here.
  const { stdout, status } = spawnSync("npx", ["biome", "check", "--write", "--stdin-file-path=generated.ts"], {
    input: file.text(),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`biome does not like ${name}`);
  writeFileSync(`${FOLDER}/${name}`, stdout);
}
