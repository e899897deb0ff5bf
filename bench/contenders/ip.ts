// What many programs do: `ip -j` in a process of its own, and JSON.parse. Without -d there is no kind of link, with -s statistics.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Operation, serve } from "./worker.ts";

const run = promisify(execFile);
const list =
  (...args: string[]): Operation =>
  async () => {
    const { stdout } = await run("ip", ["-j", ...args], { maxBuffer: 1 << 30 });
    const kept = JSON.parse(stdout) as unknown[];
    return { count: kept.length, kept };
  };

await serve(
  {
    routes: list("-4", "route", "show", "table", "all"),
    links: list("-d", "link"),
    "links-full": list("-d", "-s", "link"),
    neighbours: list("-4", "neigh", "show"),
  },
  () => {},
);
