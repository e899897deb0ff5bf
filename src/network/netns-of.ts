// Which namespace is meant, how it is called, and whether two are the same one.
import { fstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { SystemError } from "../socket/errors.ts";
import { type NetnsHandle, type NetnsRef, openNetns } from "../socket/netns.ts";
import { NetworkError } from "./errors.ts";

/** A namespace that is held open while something is done in it. */
export interface OpenNetns extends NetnsHandle {
  /** Inode of its file: no two that live at once have the same. */
  readonly id: string;
  /** How it was named: "ns1", "/run/netns/ns1", "pid:4711". */
  readonly text: string;
}

/** How a namespace is named where only text can be kept; `refOf` reads it. */
export const netnsText = (ref: NetnsRef): string => {
  if (typeof ref === "string") return ref;
  if (typeof ref === "number") return `pid:${ref}`;
  return "pid" in ref ? `pid:${ref.pid}` : `/proc/${process.pid}/fd/${ref.fd}`;
};
/** Which namespace a text means that `openNetnsOf` gave. */
export const refOf = (text: string): NetnsRef => (/^pid:\d+$/.test(text) ? { pid: Number(text.slice(4)) } : text);

/**
 * Opens a namespace.
 * @param ref which
 * @throws NetworkError NO_NETNS, INVALID for what can name none
 */
export const openNetnsOf = (ref: NetnsRef): OpenNetns => {
  try {
    const { fd, close } = openNetns(ref);
    return { fd, close, id: String(fstatSync(fd, { bigint: true }).ino), text: netnsText(ref) };
  } catch (error) {
    if (error instanceof RangeError) throw new NetworkError("INVALID", error.message, { cause: error });
    if (!(error instanceof SystemError)) throw error;
    const what = typeof ref === "number" || (typeof ref === "object" && "pid" in ref) ? "process" : "namespace";
    throw new NetworkError("NO_NETNS", `there is no ${what} ${netnsText(ref).replace(/^pid:/, "")}: ${error.message}`, {
      cause: error,
    });
  }
};

/**
 * Opens a namespace again that was named before: undefined when it is gone, or when another one has its name or number by now.
 * @param text how it was named
 * @param id which it was
 */
export const reopenNetns = (text: string, id: string): OpenNetns | undefined => {
  try {
    const found = openNetnsOf(refOf(text));
    if (found.id === id) return found;
    found.close();
    return undefined;
  } catch {
    return undefined;
  }
};

/** Where namespaces of that number are mounted: of `ip netns`, of Docker, of whoever else. */
const mountsOf = (id: string): string[] => {
  const lines = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  return lines.flatMap((line) => {
    const [, , , root, point = ""] = line.split(" ");
    if (root !== `net:[${id}]`) return [];
    return [point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))];
  });
};
/** Processes that are in it. */
function* processesIn(id: string): Generator<string> {
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (readlinkSync(`/proc/${name}/ns/net`) === `net:[${id}]`) yield `pid:${name}`;
    } catch {
      // It has ended, or may not be looked into.
    }
  }
}
function* waysTo(id: string, texts: Iterable<string>): Generator<string> {
  yield* texts;
  yield* mountsOf(id);
  yield* processesIn(id);
}

/**
 * Opens a namespace that lives, by whatever way leads there: who it was named by may have ended while others are still in it. No message of
 * rtnetlink reaches the routes of another namespace, and none opens one by the number that IFLA_LINK_NETNSID tells.
 * @param id which
 * @param texts how it was named
 * @returns undefined: nobody is in it who can be found, and it is mounted nowhere
 */
export const findNetns = (id: string, texts: Iterable<string>): OpenNetns | undefined => {
  for (const text of waysTo(id, texts)) {
    const found = reopenNetns(text, id);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** What an endpoint is called whose caller does not say: by its namespace. */
export const nameOf = ({ text }: OpenNetns): string => text.replace(/^pid:/, "pid-").split("/").at(-1) ?? text;
