// Which process holds a socket: /proc/PID/fd/N -> "socket:[inode]". The kernel has no table for it; `ss -p` reads the same.
import { readdir, readFile, readlink } from "node:fs/promises";

/** A process that has a socket open. */
export interface Holder {
  /** Process id, as this process's /proc counts. */
  readonly pid: number;
  /** Its descriptor. */
  readonly fd: number;
  /** Name of the program: /proc/PID/comm, at most 15 bytes; hostile text. */
  readonly command: string;
}

/** What is gone meanwhile, or not ours to look at, is not there. */
const orNothing = async <T>(run: Promise<T>, nothing: T): Promise<T> => {
  try {
    return await run;
  } catch {
    return nothing;
  }
};

/**
 * The holders of sockets by inode. Only of processes that this one may look into: its own, or with CAP_SYS_PTRACE all.
 * @param inodes which; undefined: every socket
 */
export const holdersOf = async (inodes?: ReadonlySet<number>): Promise<Map<number, Holder[]>> => {
  const found = new Map<number, Holder[]>();
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const folder = `/proc/${entry}/fd`;
    let command: string | undefined;
    for (const fd of await orNothing(readdir(folder), [])) {
      const inode = Number(
        /^socket:\[(\d+)\]$/.exec(await orNothing(readlink(`${folder}/${fd}`), ""))?.[1] ?? Number.NaN,
      );
      if (Number.isNaN(inode) || inodes?.has(inode) === false) continue;
      command ??= (await orNothing(readFile(`/proc/${entry}/comm`, "utf8"), "")).replace(/\n$/, "");
      found.set(inode, [...(found.get(inode) ?? []), { pid: Number(entry), fd: Number(fd), command }]);
    }
  }
  return found;
};
