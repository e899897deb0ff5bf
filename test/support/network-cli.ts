// `nlkit network` as its user types it, in namespaces that stand in for a host and for containers.
import { execFileSync } from "node:child_process";
import { afterAll, afterEach, beforeAll } from "vitest";
import { nlkit, type Outcome, type RunOptions } from "../cli/run.ts";
import { canLive, useNetns } from "./live.ts";

/** A host's namespace and those of some containers. */
export interface NetworkCli {
  /** Name of the host's namespace. */
  readonly host: string;
  /** Names of the others. */
  readonly inside: readonly string[];
  /** Runs `nlkit network ARGS --host HOST`. */
  run(args: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** The same, which must go well; what it printed. */
  ok(args: readonly string[], options?: RunOptions): Promise<string>;
  /** The same with -j: an object a line. */
  json(args: readonly string[]): Promise<Record<string, unknown>[]>;
  /** Ruleset, links, addresses and the sysctls that networks touch, of the host's namespace: everything that may not change. */
  snapshot(): unknown;
}

/** Runs a program in a namespace, without `ip netns exec`'s own mounts. */
export const inNetns = (netns: string, file: string, ...args: readonly string[]): string =>
  execFileSync("nsenter", [`--net=/run/netns/${netns}`, "--", file, ...args], { encoding: "utf8" });

/** Without what changes by itself: timers, and what follows carrier, which the kernel evaluates up to a second later. */
const still = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.filter((one) => one !== "NO-CARRIER" && one !== "LOWER_UP").map(still);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !/timer$|^operstate$|^qdisc$|^tentative$/.test(key));
  return Object.fromEntries(entries.map(([key, one]) => [key, still(one)]));
};

const SYSCTLS = ["net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding", "net.bridge.bridge-nf-call-iptables"];

/** What there is in a namespace. */
export const snapshotOf = (netns: string): unknown => {
  const json = (file: string, ...args: string[]): unknown => still(JSON.parse(inNetns(netns, file, ...args) || "[]"));
  return {
    ruleset: json("nft", "-j", "list", "ruleset"),
    links: json("ip", "-j", "-d", "link"),
    addresses: json("ip", "-j", "addr"),
    sysctls: inNetns(netns, "sysctl", "-e", ...SYSCTLS),
  };
};

/**
 * Namespaces for the tests around the call. The host's forwards, and has lo up.
 * @param count how many containers
 * @param clean when networks that are left are removed: behind each test, or behind the last
 */
export const useNetworkCli = (count: number, clean: "each" | "last" = "each"): NetworkCli => {
  const [host = "", ...inside] = useNetns(count + 1);
  const run = (args: readonly string[], options?: RunOptions): Promise<Outcome> =>
    nlkit(["network", ...args, "--host", host], options);
  const ok = async (args: readonly string[], options?: RunOptions): Promise<string> => {
    const { code, stdout, stderr } = await run(args, options);
    if (code !== 0) throw new Error(`nlkit network ${args.join(" ")}: ${code}: ${stderr}`);
    return stdout;
  };
  beforeAll(() => {
    if (!canLive) return;
    inNetns(host, "sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
    inNetns(host, "ip", "link", "set", "lo", "up");
  });
  const remove = async (): Promise<void> => {
    if (!canLive) return;
    const names = (await ok(["ls", "-q"])).split("\n").filter(Boolean);
    if (names.length > 0) await ok(["rm", "-f", ...names]);
  };
  if (clean === "each") afterEach(remove);
  afterAll(remove);
  return {
    host,
    inside,
    run,
    ok,
    json: async (args) =>
      (await ok([...args, "-j"]))
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    snapshot: () => snapshotOf(host),
  };
};
