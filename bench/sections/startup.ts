// Start-up: `nlkit decode` of one message, from spawn to exit, against Node doing nothing.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { encodeMessage } from "../../src/index.ts";
import { interleave } from "../rounds.ts";
import { bundled, CLI } from "../tools.ts";
import type { Section } from "./lab.ts";

export const startup: Section = async ({ rounds }) => {
  const file = `${bundled("message")}.hex`;
  const message = encodeMessage({ name: "RTM_NEWLINK", header: { index: 2 }, attrs: { ifname: "eth0", mtu: 1500 } });
  writeFileSync(file, Buffer.from(message).toString("hex"));
  const commands = { node: ["-e", "0"], nlkit: [CLI, "decode", file] };
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
  return [
    {
      measure: "nlkit decode of one message, whole process",
      unit: "ms",
      cells: Object.fromEntries(samples),
      base: "node",
      bars: [{ limit: 1.4, over: "node" }],
    },
  ];
};
