// Where `nlkit monitor` listens: one socket a protocol and namespace. With --all-namespaces, each named namespace has sockets of its own,
// whether or not it has an id here; ids are for namespaces without a name, those of containers for example.

import { setMaxListeners } from "node:events";
import { SystemError } from "../socket/errors.ts";
import { openEventSocket } from "../socket/event-socket.ts";
import type { NetnsRef } from "../socket/index.ts";
import { Listener, type Overrun } from "../socket/listener.ts";
import type { Groups } from "./monitor-groups.ts";
import { followNames, isSame, netnsIds } from "./monitor-names.ts";

/** A datagram of events, or the news that some were lost. */
export interface News {
  readonly protocol: number;
  /** Name of the namespace; "nsid 3" where it has none; undefined: the one that was asked for. */
  readonly netns: string | undefined;
  /** Undefined: events were lost. */
  readonly bytes: Uint8Array | undefined;
  /** When it was read: nanoseconds since the epoch. */
  readonly time: bigint;
}
/** How to listen. */
export interface SourceOptions {
  readonly groups: readonly Groups[];
  readonly netns: NetnsRef | undefined;
  readonly allNamespaces: boolean;
  readonly signal: AbortSignal;
  /** Takes each; nothing is received on that socket while it works. */
  readonly tell: (news: News) => Promise<void>;
  /** Told of groups that cannot be heard; throws where that is no reason to go on. */
  readonly refused: (groups: Groups, error: SystemError) => void;
}

/** Bytes that unread events may take: some thousands. */
const BUFFER = 4 * 1024 * 1024;

interface Heard {
  readonly bytes: Uint8Array;
  readonly nsid: number | undefined;
}
const isOverrun = (item: Heard | Overrun): item is Overrun => "action" in item;
/** Date.now() has milliseconds only. */
const now = (): bigint => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;

/**
 * Listens until the signal.
 * @throws the signal's reason; SystemError
 */
export const listen = async (options: SourceOptions): Promise<void> => {
  const { groups, netns, allNamespaces, tell, refused } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  // One listener a socket, and there may be many namespaces.
  setMaxListeners(0, signal);
  const running = new Set<Promise<void>>();
  const named = new Map<string, Listener<Heard>[]>();
  using ids = allNamespaces ? netnsIds(netns) : undefined;

  const run = async (listener: Listener<Heard>, { protocol }: Groups, name: string | undefined): Promise<void> => {
    for await (const item of listener) {
      if (isOverrun(item)) {
        await tell({ protocol, netns: name, bytes: undefined, time: now() });
        continue;
      }
      const { nsid, bytes } = item;
      const other = nsid === undefined ? undefined : ids?.nameOf(nsid);
      // It has sockets of its own.
      if (other !== undefined && named.has(other)) continue;
      await tell({ protocol, netns: nsid === undefined ? name : (other ?? `nsid ${nsid}`), bytes, time: now() });
    }
  };
  const open = (one: Groups, name: string | undefined, where: NetnsRef | undefined): Listener<Heard> => {
    const all = name === undefined && allNamespaces;
    const socket = openEventSocket({ ...one, netns: where, allNamespaces: all, receiveBuffer: BUFFER });
    const listener = new Listener<Heard>(socket, (buffer, length, nsid) => [{ bytes: buffer.slice(0, length), nsid }], {
      signal,
    });
    const done = run(listener, one, name)
      .catch((error: unknown) => stop.abort(error))
      .finally(() => running.delete(done));
    running.add(done);
    return listener;
  };
  /** The sockets of one namespace; a protocol that cannot be heard costs only itself. */
  const start = (name: string | undefined, where: NetnsRef | undefined): Listener<Heard>[] =>
    groups.flatMap((one) => {
      try {
        return [open(one, name, where)];
      } catch (error) {
        if (!(error instanceof SystemError)) throw error;
        if (name === undefined) refused(one, error);
        return [];
      }
    });

  start(undefined, netns);
  using _following = allNamespaces
    ? followNames({
        came(name) {
          if (isSame(name, netns)) return true;
          const listeners = start(name, name);
          if (listeners.length > 0) named.set(name, listeners);
          return listeners.length > 0;
        },
        went(name) {
          for (const listener of named.get(name) ?? []) listener.close();
          named.delete(name);
        },
      })
    : undefined;
  while (running.size > 0) await Promise.race(running);
  signal.throwIfAborted();
};
