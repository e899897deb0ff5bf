// Network namespaces: naming one, opening one, and doing something inside one.
import { closeSync, openSync, writeSync } from "node:fs";
import { SystemError } from "./errors.ts";
import { CLONE_NEWNET, check, EINVAL, libc, NS_GET_NSTYPE } from "./libc.ts";

/** Where `ip netns` keeps its names. */
export const NETNS_DIR = "/run/netns";
/**
 * The network namespace of the calling thread. Not /proc/self: in a worker that is the main thread's.
 */
export const HOME = "/proc/thread-self/ns/net";

/**
 * Which namespace: a name of `ip netns`, a path (anything with a "/"), a process id, or a descriptor that stays yours.
 */
export type NetnsRef = string | number | NetnsOfProcess | NetnsOfDescriptor;
/** The namespace of a process. */
export interface NetnsOfProcess {
  /** Process id. */
  readonly pid: number;
}
/** The namespace that a descriptor stands for. */
export interface NetnsOfDescriptor {
  /** An open /proc/PID/ns/net or /run/netns/NAME: stays yours. */
  readonly fd: number;
}

/** A namespace held open: it lives at least as long as this. */
export interface NetnsHandle {
  /** The descriptor. */
  readonly fd: number;
  /** Lets go of it. */
  close(): void;
}

/**
 * The path of a namespace's name.
 * @param name as for `ip netns`: no "/", not "." or ".."
 * @throws RangeError
 */
export const netnsPath = (name: string): string => {
  if (name === "" || name === "." || name === ".." || /[/\0]/.test(name) || Buffer.byteLength(name) > 255) {
    throw new RangeError(
      `${JSON.stringify(name)} cannot name a network namespace: 1 to 255 bytes, no "/", not "." or ".."`,
    );
  }
  return `${NETNS_DIR}/${name}`;
};

/** The file of a namespace that is no descriptor. */
export const pathOf = (ref: string | number | NetnsOfProcess): string => {
  if (typeof ref === "string") return ref.includes("/") ? ref : netnsPath(ref);
  const pid = typeof ref === "number" ? ref : ref.pid;
  if (!Number.isInteger(pid) || pid <= 0) throw new RangeError(`${pid} is no process id`);
  return `/proc/${pid}/ns/net`;
};

/**
 * open(2), for reading.
 * @param path a namespace's file
 * @throws SystemError
 */
export const openFile = (path: string): number => {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw new SystemError("open", -((error as { errno?: number }).errno ?? -EINVAL), path);
  }
};

/**
 * Opens a namespace. A process id becomes a descriptor here, once: ids are used again, descriptors are not.
 * @param ref which
 * @throws SystemError when there is none, or when the file is no network namespace
 */
export const openNetns = (ref: NetnsRef): NetnsHandle => {
  if (typeof ref === "object" && "fd" in ref) return { fd: ref.fd, close: () => {} };
  const path = pathOf(ref);
  const fd = openFile(path);
  if (libc().ioctl(fd, NS_GET_NSTYPE, null) !== CLONE_NEWNET) {
    closeSync(fd);
    throw new SystemError("setns", EINVAL, `${path} is no network namespace`);
  }
  return { fd, close: () => closeSync(fd) };
};

/**
 * Does something with the calling thread inside a namespace, and comes back.
 *
 * `run` may only make synchronous libc calls, fs.*Sync calls and spawn: an asynchronous fs call begun inside runs on a pool thread
 * that is at home, and a pool thread started inside would stay there for ever. Not for users' callbacks, hence not exported by
 * `nlkit/socket`.
 *
 * If the thread cannot come back, the process is aborted: it would go on in a foreign namespace otherwise.
 */
export const inNetns = <T>(ns: NetnsHandle, run: () => T): T => {
  const calls = libc();
  const home = openFile(HOME);
  try {
    check(calls.setns(ns.fd, CLONE_NEWNET), "setns");
    try {
      return run();
    } finally {
      comeHome(home);
    }
  } finally {
    closeSync(home);
  }
};

/** Brings the thread back to the namespace of `home`, or ends the process. */
export const comeHome = (home: number): void => {
  if (libc().setns(home, CLONE_NEWNET) === 0) return;
  try {
    writeSync(2, "nlkit: cannot return to the network namespace of this thread; aborting\n");
  } finally {
    // Also where nobody can be told: stderr may be full or closed.
    libc().abort();
  }
};
