// Where a second opinion cannot be had: skipped with the reason, or failed when everything is required.
import { spawnSync } from "node:child_process";
import { describe, it } from "vitest";

const runs = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args).status === 0;

/** An empty network namespace, and the right to send in it: an ordinary user has that in a user namespace. */
export const ISOLATED: readonly [string, ...string[]] =
  process.getuid?.() === 0 ? ["unshare", "--net"] : ["unshare", "--user", "--map-root-user", "--net"];

/** Why this program cannot be asked; undefined: it can. */
export const obstacleTo = (program: "strace" | "tshark"): string | undefined => {
  if (process.platform !== "linux") return "this is not Linux";
  if (!runs(program, "--version")) return `${program} is not installed`;
  if (program === "strace" && !runs(...ISOLATED, "strace", "-o", "/dev/null", "true")) {
    return "strace cannot run in a network namespace of its own";
  }
  return undefined;
};

/** `describe` for what needs a program. NLKIT_REQUIRE_ALL=1 makes a failure of what would be skipped. */
export const describeWith = (program: "strace" | "tshark", name: string, body: () => void): void => {
  const obstacle = obstacleTo(program);
  if (obstacle === undefined) return void describe(name, body);
  const required = process.env["NLKIT_REQUIRE_ALL"] === "1";
  if (!required) console.warn(`skipped: ${name}: ${obstacle}`);
  it.skipIf(!required)(`${name}: ${obstacle}`, () => {
    throw new Error(`${obstacle}, and NLKIT_REQUIRE_ALL=1`);
  });
};
