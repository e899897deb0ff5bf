// Named namespaces as they come and go, and the names of ids.
import { type FSWatcher, statSync, watch } from "node:fs";
import { route } from "../attrs/route/messages.ts";
import { netnsNames } from "../client/netns-names.ts";
import { Connection, listNetns, type NetnsRef } from "../socket/index.ts";
import { NETNS_DIR, netnsPath, pathOf } from "../socket/netns.ts";

/** How long an id without a name is not asked for again, and a name that is no namespace yet waited for. Milliseconds. */
const LATER = { id: 1000, name: 50 } as const;

/** Which namespace a file is; undefined: none. */
const inode = (path: string): string | undefined => {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
};

/** Is a name that of this namespace? */
export const isSame = (name: string, netns: NetnsRef | undefined): boolean => {
  const path =
    netns === undefined ? "/proc/self/ns/net" : typeof netns === "object" && "fd" in netns ? "" : pathOf(netns);
  const own = inode(path);
  return own !== undefined && own === inode(netnsPath(name));
};

/** Who is told of names. */
export interface Follower {
  /** False: it is no namespace yet. */
  came(name: string): boolean;
  went(name: string): void;
}

/**
 * Tells of every name that there is, and of those that come and go. A name is made before it is bound to a namespace, and of that no
 * watch tells: it is tried again until it is one.
 * @returns ends it
 */
export const followNames = ({ came, went }: Follower): Disposable => {
  const known = new Set<string>();
  let retry: NodeJS.Timeout | undefined;
  const look = (): void => {
    const present = new Set(listNetns());
    for (const name of known) {
      if (present.has(name)) continue;
      known.delete(name);
      went(name);
    }
    clearTimeout(retry);
    let isWaiting = false;
    for (const name of present) {
      if (known.has(name)) continue;
      if (came(name)) known.add(name);
      else isWaiting = true;
    }
    if (isWaiting) retry = setTimeout(look, LATER.name).unref();
  };
  look();
  const watcher = watchFolder(look);
  return {
    [Symbol.dispose]: () => {
      clearTimeout(retry);
      watcher?.close();
    },
  };
};

/** A folder that is not there has no names; the first `ip netns add` makes it, and that goes unseen. */
const watchFolder = (changed: () => void): FSWatcher | undefined => {
  try {
    return watch(NETNS_DIR, { persistent: false }, changed);
  } catch {
    return undefined;
  }
};

/** The name of a namespace by its id. */
export interface NetnsIds extends Disposable {
  nameOf(nsid: number): string | undefined;
}

/**
 * Looks names up, again when an unknown id turns up: names come later than ids.
 * @param netns as seen from there
 */
export const netnsIds = (netns: NetnsRef | undefined): NetnsIds => {
  const connection = Connection.open(route, { netns, strictCheck: false });
  let names = netnsNames(connection);
  const nameless = new Map<number, number>();
  return {
    nameOf(nsid) {
      const asked = nameless.get(nsid);
      if (!names.has(nsid) && (asked === undefined || performance.now() - asked > LATER.id)) {
        names = netnsNames(connection);
        nameless.set(nsid, performance.now());
      }
      return names.get(nsid);
    },
    [Symbol.dispose]: () => connection.close(),
  };
};
