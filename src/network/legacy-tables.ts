// Tables of iptables-legacy. They are not nf_tables': no netlink tells of them or of their rules, only the names are in /proc.
import { readFileSync } from "node:fs";
import { inNetns, type NetnsRef, openNetns } from "../socket/netns.ts";

/** Not /proc/net, which is the main thread's. Readable by root alone; absent where the module is not loaded. */
const FILES = [
  ["ip", "/proc/thread-self/net/ip_tables_names"],
  ["ip6", "/proc/thread-self/net/ip6_tables_names"],
] as const;

const namesIn = (path: string): string[] => {
  try {
    return readFileSync(path, "utf8").split("\n").filter(Boolean);
  } catch (error) {
    const { code = "" } = error as { code?: string };
    if (["ENOENT", "EACCES", "EPERM"].includes(code)) return [];
    throw error;
  }
};

/**
 * The tables that somebody has made by iptables-legacy or ip6tables-legacy, whatever is in them.
 * @param netns of which namespace; undefined: the calling thread's
 * @returns "ip filter", "ip6 mangle"
 * @throws SystemError
 */
export const legacyTables = (netns: NetnsRef | undefined): string[] => {
  const look = (): string[] => FILES.flatMap(([family, path]) => namesIn(path).map((name) => `${family} ${name}`));
  if (netns === undefined) return look();
  const ns = openNetns(netns);
  try {
    return inNetns(ns, look);
  } finally {
    ns.close();
  }
};
