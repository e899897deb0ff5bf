// A machine of a test file's own: its own names of namespaces and its own main namespace, whatever else there is and runs.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll } from "vitest";
import { canLive } from "./live.ts";

/** A mount and a network namespace, held open by a process; /run is empty in it. */
export interface OwnMachine {
  /** What to run a program under. Nothing where live tests cannot run: then only what needs no namespaces is run. */
  under(): readonly string[];
  /** Runs a shell command there. */
  sh(command: string): string;
  /** The names of `ip netns` there. */
  names(): string[];
  /** Runs something with a namespace of that name there. */
  withNetns<T>(name: string, run: () => Promise<T>): Promise<T>;
}

/** Holds the machine for the tests around the call; it goes with the test's process, however that ends. */
export const useMachine = (): OwnMachine => {
  let holder: ChildProcess | undefined;
  beforeAll(async () => {
    if (!canLive) return;
    const script = "mount -t tmpfs tmpfs /run && echo ready && exec cat";
    const child = spawn("unshare", ["--mount", "--net", "sh", "-c", script], { stdio: ["pipe", "pipe", "inherit"] });
    holder = child;
    const said = await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    if (String(said[0]) !== "ready\n") throw new Error("no mount namespace of our own");
  });
  afterAll(() => void holder?.stdin?.end());
  const under = () => (holder === undefined ? [] : ["nsenter", `--target=${holder.pid}`, "--mount", "--net", "--"]);
  const sh = (command: string): string => {
    const [file = "sh", ...args] = [...under(), "sh", "-c", command];
    return execFileSync(file, args, { encoding: "utf8" });
  };
  return {
    under,
    sh,
    names: () => sh("ls /run/netns 2>/dev/null || true").split("\n").filter(Boolean),
    async withNetns(name, run) {
      sh(`ip netns add ${name}`);
      try {
        return await run();
      } finally {
        sh(`ip netns delete ${name}`);
      }
    },
  };
};
