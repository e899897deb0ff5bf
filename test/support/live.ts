// Tests on the running kernel: where they can run, and namespaces of their own.
import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, it } from "vitest";
import { addNetns, deleteNetns, listNetns } from "../../src/socket/named-netns.ts";

let made = 0;
const nextName = (): string => `nlkit-test-${process.pid}-${made++}`;

const remove = (names: readonly string[]): void => {
  for (const name of names) if (listNetns().includes(name)) deleteNetns(name);
};

/** Why live tests cannot run here; undefined: they can. */
const obstacle = ((): string | undefined => {
  if (process.getuid?.() !== 0) return "not root";
  const name = nextName();
  try {
    addNetns(name);
  } catch (error) {
    return `no network namespace can be made: ${(error as Error).message}`;
  } finally {
    remove([name]);
  }
  return undefined;
})();

/** Can live tests run here? */
export const canLive: boolean = obstacle === undefined;

/** `describe` that needs root and namespaces. Without: skipped, with a word why; with NLKIT_REQUIRE_ALL=1 it fails instead. */
export const live = (name: string, body: () => void): void => {
  if (obstacle === undefined) return void describe(name, body);
  if (process.env["NLKIT_REQUIRE_ALL"] === "1") {
    return void it(name, () => {
      throw new Error(`${obstacle}, and NLKIT_REQUIRE_ALL=1`);
    });
  }
  console.warn(`skipped: ${name}: ${obstacle}`);
  describe.skip(name, body);
};

/** `test` that needs the kernel's old iptables, which is no part of every kernel (6.17 and later can do without). Without: a word why. */
export const legacyTest = (name: string, body: () => Promise<void>): void => {
  const tried = canLive ? spawnSync("unshare", ["--net", "iptables-legacy", "-S"]).status : undefined;
  if (canLive && tried !== 0) console.warn(`skipped: ${name}: no iptables-legacy here`);
  it.skipIf(tried !== 0)(name, body);
};

/** Makes namespaces for the tests around the call, and removes them behind the last. */
export const useNetns = (count: number): readonly string[] => {
  const names = Array.from({ length: count }, nextName);
  beforeAll(() => names.forEach(addNetns));
  afterAll(() => remove(names));
  return names;
};

/** Runs something with a namespace of its own. */
export const withNetns = async <T>(run: (name: string) => T | Promise<T>): Promise<T> => {
  const name = nextName();
  addNetns(name);
  try {
    return await run(name);
  } finally {
    remove([name]);
  }
};
