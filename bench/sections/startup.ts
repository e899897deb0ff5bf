// Start-up, from spawn to exit, against Node doing nothing: `nlkit decode` of one message, and processes that only import.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { encodeMessage } from "../../src/index.ts";
import { interleave } from "../rounds.ts";
import { built, bundled, CLI } from "../tools.ts";
import type { Section } from "./lab.ts";

export const startup: Section = async ({ rounds }) => {
  const file = `${bundled("message")}.hex`;
  const message = encodeMessage({ name: "RTM_NEWLINK", header: { index: 2 }, attrs: { ifname: "eth0", mtu: 1500 } });
  writeFileSync(file, Buffer.from(message).toString("hex"));
  const importing = (entry: string) => ["--input-type=module", "-e", `import ${JSON.stringify(built(entry))}`];
  const commands = {
    node: ["-e", "0"],
    decode: [CLI, "decode", file],
    nlkit: importing("index"),
    client: importing("client/index"),
  };
  const run = async (name: keyof typeof commands): Promise<number> => {
    const begin = performance.now();
    const { status, stderr } = spawnSync(process.execPath, commands[name], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return performance.now() - begin;
  };
  const names = Object.keys(commands) as (keyof typeof commands)[];
  await interleave(names, 2, run);
  // Short processes vary most, and cost least: more rounds.
  const samples = await interleave(names, rounds * 4, run);
  const row = (measure: string, name: keyof typeof commands) => ({
    measure: `${measure}, whole process`,
    unit: "ms" as const,
    cells: { node: samples.get("node") ?? [], nlkit: samples.get(name) ?? [] },
    base: "node" as const,
  });
  return [
    { ...row("nlkit decode of one message", "decode"), bars: [{ limit: 1.4, over: "node" }] },
    row('import "nlkit"', "nlkit"),
    row('import "nlkit/client"', "client"),
  ];
};
