// /etc/netns/NAME/hosts: what `ip netns exec NAME` puts in place of /etc/hosts.
import { randomBytes } from "node:crypto";
import {
  fstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { SystemError } from "../socket/errors.ts";
import { listNetns } from "../socket/named-netns.ts";
import { HOME, NETNS_DIR, type NetnsRef, openNetns } from "../socket/netns.ts";
import { type HostsEntry, hostsOf, withHosts } from "./hosts.ts";
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

const idOf = (host: NetnsRef): string => {
  const { fd, close } = openNetns(host);
  try {
    return String(fstatSync(fd, { bigint: true }).ino);
  } finally {
    close();
  }
};

/** The machine's own namespace. */
const INIT = "/proc/1/ns/net";
const isMachines = (id: string): boolean => {
  try {
    return String(statSync(INIT, { bigint: true }).ino) === id;
  } catch {
    return false;
  }
};

/**
 * By what a host's lines are known: not by what was typed, since one namespace may be told in many ways, nor by its number, which is
 * another after a reboot: by its name. That is known also when the namespace has gone.
 */
const marksOf = (host: NetnsRef | undefined): readonly [string, ...string[]] => {
  const name = typeof host === "string" ? host.replace(`${NETNS_DIR}/`, "") : "/";
  if (!name.includes("/") && !listNetns().includes(name)) return [name];
  const id = idOf(host ?? HOME);
  const [first, ...others] = (namesById().get(id) ?? []).sort();
  if (isMachines(id)) return ["", ...(first === undefined ? [] : [first]), ...others];
  return first === undefined ? [`net:[${id}]`] : [first, ...others];
};

/** The lines of one network of one host, wherever they are. */
class Blocks {
  readonly #network: string;
  readonly #marks: readonly [string, ...string[]];
  constructor(network: string, host: NetnsRef | undefined) {
    this.#network = network;
    this.#marks = marksOf(host);
  }

  /** The text with lines, or without. */
  #with(text: string | undefined, entries: readonly HostsEntry[]): string {
    const [first, ...others] = this.#marks;
    const written = withHosts(text, this.#network, entries, first);
    // The namespace has got another name since.
    return others.reduce((rest, mark) => withHosts(rest, this.#network, [], mark), written);
  }

  /** Files that have such lines. */
  files(): string[] {
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
        const text = read(path, "ENOTDIR", "EISDIR");
        return text !== undefined && this.#with(text, []) !== text;
      });
  }

  /** Writes a file anew with the lines, or without; false: so it was already. */
  put(path: string, entries: readonly HostsEntry[]): boolean {
    const before = read(path);
    if (before === undefined && entries.length === 0) return false;
    const after = this.#with(before, entries);
    if (after === before) return false;
    try {
      mkdirSync(dirname(path), { recursive: true });
    } catch (error) {
      throw failed("mkdir", dirname(path), error);
    }
    replace(path, after);
    return true;
  }
}

/**
 * Takes the lines of a network out of every hosts file in which they are. It need not be there any more.
 * @param network its name
 * @param host the namespace that its bridge is, or was, in. Default: the present one
 * @returns the files that were changed
 * @throws SystemError with the path; ENOENT for a host that has gone and had no name
 */
export const clearHosts = (network: string, host?: NetnsRef | undefined): string[] => {
  const blocks = new Blocks(network, host);
  return blocks
    .files()
    .sort()
    .filter((path) => blocks.put(path, []));
};

const pathsOf = ({ endpoints }: NetworkState): Set<string> => {
  const names = namesById();
  const own = endpoints.flatMap(({ config }) => names.get(config.netnsId) ?? []);
  return new Set(own.map((name) => join(ETC_NETNS, name, "hosts")));
};

/**
 * Writes a network's lines into the hosts files of its endpoints' namespaces, those that have a name, and takes them out of those of
 * namespaces that have left it. Lines of a network of that name of another host stay. What runs in such a namespace already goes on with
 * the file that it was started with.
 * @param network with its endpoints
 * @param host the namespace that its bridge is in. Default: the present one
 * @returns the files that were changed
 * @throws SystemError with the path
 */
export const writeHosts = (network: NetworkState, host?: NetnsRef | undefined): string[] => {
  const { entries } = hostsOf(network);
  const blocks = new Blocks(network.config.name, host);
  const own = pathsOf(network);
  return [...new Set([...own, ...blocks.files()])]
    .sort()
    .filter((path) => blocks.put(path, own.has(path) ? entries : []));
};

/**
 * The same where lines have been written already, and nowhere else: when an endpoint has left.
 * @param network with its endpoints
 * @param host the namespace that its bridge is in. Default: the present one
 * @returns the files that were changed
 * @throws SystemError with the path
 */
export const refreshHosts = (network: NetworkState, host?: NetnsRef | undefined): string[] => {
  const { entries } = hostsOf(network);
  const blocks = new Blocks(network.config.name, host);
  const own = pathsOf(network);
  return blocks
    .files()
    .sort()
    .filter((path) => blocks.put(path, own.has(path) ? entries : []));
};
