// The other program: what iproute2 says of the same namespace.
import { execFileSync } from "node:child_process";

/** Objects as `ip -j` prints them. */
// biome-ignore lint/suspicious/noExplicitAny: another program's JSON.
export type Printed = any;

const run = (file: string, args: readonly string[]): Printed[] => {
  const text = execFileSync(file, args, { encoding: "utf8" });
  // For nothing it prints nothing, or [{}, {}] for what it filtered away.
  return (text.trim() === "" ? [] : (JSON.parse(text) as Printed[])).filter((one) => Object.keys(one).length > 0);
};

/** `ip -n NETNS -j -d …` */
export const ip = (netns: string | undefined, ...args: readonly string[]): Printed[] =>
  run("ip", ["-n", netns ?? "", "-j", "-d", ...args]);
/** `bridge -n NETNS -j -d …` */
export const bridge = (netns: string | undefined, ...args: readonly string[]): Printed[] =>
  run("bridge", ["-n", netns ?? "", "-j", "-d", ...args]);
