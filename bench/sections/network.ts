// Endpoints connected to one network, one after the other: nlkit, and a loop that sends the datagrams that nlkit sends. Each run has
// namespaces of its own.
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSysctl } from "../../src/network/sysctl.ts";
import { runOnce } from "../process.ts";
import type { Row } from "../table.ts";
import { bundled } from "../tools.ts";
import type { Section } from "./lab.ts";

const RUNS = ["connect", "bare"] as const;
const FORWARDING = ["net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding"] as const;

export const network: Section = async ({ networks, rounds, quick }) => {
  const file = join(tmpdir(), `nlkit-bench-${process.pid}-network.json`);
  /** One operation in a host and `count` namespaces that nobody has used. */
  const run = async (operation: "record" | "connect" | "bare", count: number): Promise<number> => {
    const own = networks.empty(count + 1);
    const host = own.names.at(-1) ?? "";
    try {
      for (const sysctl of FORWARDING) writeSysctl(host, sysctl, "1");
      const env = [`HOST=${host}`, `PREFIX=${own.prefix}`, `FILE=${file}`].map((text) => `NLKIT_BENCH_${text}`);
      const command = ["env", ...env, process.execPath, bundled("nlkit-network")];
      if (operation === "bare") await runOnce(host, command, "create");
      return (await runOnce(host, command, operation, count)).ns / 1e6;
    } finally {
      own.remove();
    }
  };
  const rows: Row[] = [];
  try {
    for (const count of quick ? [100] : [100, 1000]) {
      await run("record", count);
      const floor: number[] = [];
      const nlkit: number[] = [];
      // By hand: a thousand take longer than what `interleave` does more than once.
      for (let round = 0; round < Math.min(rounds, count > 100 ? 3 : rounds); round++) {
        for (const one of round % 2 === 0 ? RUNS : [...RUNS].reverse()) {
          (one === "bare" ? floor : nlkit).push(await run(one, count));
        }
      }
      const measure = `${count} endpoints connected; the floor sends the same datagrams`;
      rows.push({ measure, unit: "ms", cells: { floor, nlkit }, bars: [{ limit: 1.3, over: "floor" }] });
    }
  } finally {
    rmSync(file, { force: true });
  }
  return rows;
};
