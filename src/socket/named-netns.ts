// netns add, delete, list, exec: as `ip netns` does it, so that each sees the other's.
import type { ChildProcess, SpawnOptions } from "node:child_process";
import { closeSync, constants, mkdirSync, openSync, readdirSync, unlinkSync } from "node:fs";
import { SystemError } from "./errors.ts";
import { CLONE_NEWNET, check, EINVAL, errno, LOCK_EX, libc, MNT_DETACH, MS_BIND, MS_REC, MS_SHARED } from "./libc.ts";
import { comeHome, HOME, inNetns, NETNS_DIR, type NetnsRef, netnsPath, openFile, openNetns } from "./netns.ts";
import { requireNow } from "./require.ts";

/** What Node's fs throws, as ours. */
const system = <T>(syscall: string, path: string, run: () => T): T => {
  try {
    return run();
  } catch (error) {
    const { errno: number } = error as { errno?: number };
    throw number === undefined ? error : new SystemError(syscall, -number, path);
  }
};

/** Makes the folder a shared mount, so that a name bound in one mount namespace is seen in the others. */
const prepareFolder = (): void => {
  const calls = libc();
  system("mkdir", NETNS_DIR, () => mkdirSync(NETNS_DIR, { recursive: true, mode: 0o755 }));
  const lock = system("open", NETNS_DIR, () => openSync(NETNS_DIR, constants.O_RDONLY | constants.O_DIRECTORY));
  try {
    check(calls.flock(lock, LOCK_EX), "flock", NETNS_DIR);
    if (calls.mount("", NETNS_DIR, "none", MS_SHARED | MS_REC, null) === 0) return;
    // EINVAL: it is no mount point yet.
    if (errno() !== EINVAL) throw new SystemError("mount", errno(), NETNS_DIR);
    check(calls.mount(NETNS_DIR, NETNS_DIR, "none", MS_BIND | MS_REC, null), "mount", NETNS_DIR);
    check(calls.mount("", NETNS_DIR, "none", MS_SHARED | MS_REC, null), "mount", NETNS_DIR);
  } finally {
    closeSync(lock);
  }
};

/**
 * Makes a network namespace with a name.
 * @param name no "/", not "." or ".."
 * @throws RangeError for a name that cannot be; SystemError EEXIST, EPERM
 */
export const addNetns = (name: string): void => {
  const path = netnsPath(name);
  prepareFolder();
  const { O_RDONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  closeSync(system("open", path, () => openSync(path, O_RDONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0)));
  try {
    bindNew(path);
  } catch (error) {
    // What the tidying fails with would hide the reason.
    try {
      unlinkSync(path);
    } catch {}
    throw error;
  }
};

/** Makes a namespace and binds it to a file. */
const bindNew = (path: string): void => {
  const calls = libc();
  const home = openFile(HOME);
  try {
    check(calls.unshare(CLONE_NEWNET), "unshare");
    try {
      check(calls.mount(HOME, path, "none", MS_BIND, null), "mount", path);
    } finally {
      comeHome(home);
    }
  } finally {
    closeSync(home);
  }
};

/**
 * Takes a name away. The namespace itself goes when nothing holds it any more: no process, socket or descriptor; the kernel does
 * that later, in the background.
 * @param name of `ip netns`
 * @throws SystemError ENOENT, EPERM
 */
export const deleteNetns = (name: string): void => {
  const path = netnsPath(name);
  // A file that is no mount point (a creation that was killed half-way) has nothing to unmount.
  if (libc().umount2(path, MNT_DETACH) < 0 && errno() !== EINVAL) throw new SystemError("umount2", errno(), path);
  system("unlink", path, () => unlinkSync(path));
};

/** The names of `ip netns`, sorted. */
export const listNetns = (): string[] => {
  try {
    return readdirSync(NETNS_DIR).sort();
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return [];
    throw error;
  }
};

/** What `ip netns exec` sets up in the child's own mount namespace: the namespace's own /sys, and its files over those of /etc. */
const SETUP = `
umount -l /sys 2>/dev/null
mount -t sysfs "$1" /sys || exit 255
if [ -d "/etc/netns/$1" ]; then
  for file in "/etc/netns/$1"/*; do
    [ -e "$file" ] && mount --bind "$file" "/etc/\${file##*/}"
  done
fi
shift
exec "$@"`;

/**
 * Starts a command inside a named namespace, with its own /sys and its /etc/netns/NAME, as `ip netns exec` does. Needs util-linux
 * `unshare` and a shell: a mount namespace cannot be made inside Node without breaking its threads.
 * @param name of `ip netns`
 * @param command the program and its arguments
 * @param options of child_process.spawn
 * @throws SystemError when there is no such namespace
 */
export const execNetns = (name: string, command: readonly string[], options: SpawnOptions = {}): ChildProcess => {
  netnsPath(name);
  const args = ["--mount", "--propagation", "slave", "--", "sh", "-c", SETUP, "sh", name, ...command];
  return spawnIn(name, "unshare", args, options);
};

/**
 * Starts a command inside a namespace, and changes nothing else.
 * @param ref which namespace
 * @param file the program
 * @param args its arguments
 * @param options of child_process.spawn
 */
export const spawnIn = (
  ref: NetnsRef,
  file: string,
  args: readonly string[],
  options: SpawnOptions = {},
): ChildProcess => {
  // Few processes start others, and all of them would wait 3 ms for it.
  const { spawn } = requireNow("node:child_process") as typeof import("node:child_process");
  const ns = openNetns(ref);
  try {
    // A child is forked from the calling thread, and starts where that thread is.
    return inNetns(ns, () => spawn(file, args, options));
  } finally {
    ns.close();
  }
};
