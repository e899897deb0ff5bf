// /etc/netns/NAME/hosts: what `ip netns exec NAME` puts in place of /etc/hosts.
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SystemError } from "../socket/errors.ts";
import { listNetns } from "../socket/named-netns.ts";
import { NETNS_DIR } from "../socket/netns.ts";
import { hostsOf, withHosts } from "./hosts.ts";
import type { NetworkState } from "./state.ts";

/** Where iproute2 looks for a namespace's own files of /etc. */
const ETC_NETNS = "/etc/netns";
const MODE = 0o644;

const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;
const failed = (syscall: string, path: string, error: unknown): Error => {
  const { errno } = error as { errno?: number };
  return errno === undefined ? (error as Error) : new SystemError(syscall, -errno, path);
};

/** The names of a namespace by its inode; one may have several. */
const namesById = (): Map<string, string[]> => {
  const names = new Map<string, string[]>();
  for (const name of listNetns()) {
    try {
      const id = String(statSync(join(NETNS_DIR, name), { bigint: true }).ino);
      names.set(id, [...(names.get(id) ?? []), name]);
    } catch (error) {
      // Gone since it was listed.
      if (codeOf(error) !== "ENOENT") throw failed("stat", join(NETNS_DIR, name), error);
    }
  }
  return names;
};

/** Undefined: not there, or what else counts as that. */
const read = (path: string, ...like: readonly string[]): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", ...like].includes(codeOf(error) ?? "")) return undefined;
    throw failed("open", path, error);
  }
};

/** Whoever reads it meanwhile finds the old file or the new one, never half of one. */
const replace = (path: string, text: string): void => {
  const temporary = `${path}.nlkit-${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(temporary, text, { flag: "wx", mode: modeOf(path) });
    renameSync(temporary, path);
  } catch (error) {
    try {
      unlinkSync(temporary);
    } catch {
      // The first failure is the one to tell.
    }
    throw failed("write", path, error);
  }
};
const modeOf = (path: string): number => {
  try {
    return statSync(path).mode & 0o7777;
  } catch {
    return MODE;
  }
};

/** Files of namespaces that have lines of the network and are not on it (any more), whether they are there themselves or not. */
const stale = (network: string, own: ReadonlySet<string>): string[] => {
  let names: string[];
  try {
    names = readdirSync(ETC_NETNS);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw failed("open", ETC_NETNS, error);
  }
  return names
    .map((name) => join(ETC_NETNS, name, "hosts"))
    .filter((path) => {
      if (own.has(path)) return false;
      const text = read(path, "ENOTDIR", "EISDIR");
      return text !== undefined && withHosts(text, network, []) !== text;
    });
};

/** Writes a file anew with a network's lines, or without; false: they stood there already. */
const put = (path: string, network: string, entries: Parameters<typeof withHosts>[2]): boolean => {
  const before = read(path);
  const after = withHosts(before, network, entries);
  if (after === before) return false;
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw failed("mkdir", dirname(path), error);
  }
  replace(path, after);
  return true;
};

/**
 * Takes the lines of a network that is gone out of every hosts file in which they are.
 * @param network its name
 * @returns the files that were changed
 * @throws SystemError with the path
 */
export const clearHosts = (network: string): string[] =>
  stale(network, new Set())
    .sort()
    .filter((path) => put(path, network, []));

/**
 * Writes a network's lines into the hosts files of its endpoints' namespaces, those that have a name, and takes them out of those of
 * namespaces that have left it. What runs in such a namespace already goes on with the file that it was started with.
 * @param network with its endpoints
 * @returns the files that were changed
 * @throws SystemError with the path
 */
export const writeHosts = (network: NetworkState): string[] => {
  const { entries } = hostsOf(network);
  const names = namesById();
  const paths = network.endpoints
    .flatMap(({ config }) => names.get(config.netnsId) ?? [])
    .map((name) => join(ETC_NETNS, name, "hosts"));
  const own = new Set(paths);
  return [...own, ...stale(network.config.name, own)]
    .sort()
    .filter((path) => put(path, network.config.name, own.has(path) ? entries : []));
};
