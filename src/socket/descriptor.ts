// Descriptors: made in a namespace, watched on Node's own event loop.
import koffi from "koffi";
import { check, libc, SOCK_CLOEXEC } from "./libc.ts";
import { inNetns, type NetnsRef, openNetns } from "./netns.ts";

/**
 * socket(2), close-on-exec, belonging to a namespace for its whole life.
 * @param netns which; undefined: the calling thread's
 * @param family AF_
 * @param type SOCK_
 * @param protocol of the family
 * @throws SystemError
 */
export const socketIn = (netns: NetnsRef | undefined, family: number, type: number, protocol: number): number => {
  const make = (): number => check(libc().socket(family, type | SOCK_CLOEXEC, protocol), "socket");
  if (netns === undefined) return make();
  const ns = openNetns(netns);
  try {
    return inNetns(ns, make);
  } finally {
    ns.close();
  }
};

/** A descriptor on the event loop. It keeps the process alive until it is stopped. */
export type PollHandle = InstanceType<typeof koffi.node.PollHandle>;

/**
 * Calls back while a descriptor is readable. koffi's own declaration is wrong: what the callback gets first is libuv's status, 0 or
 * a negative errno. An exception thrown in it vanishes: it must not throw.
 * @param handle one that was stopped; undefined: a new one
 * @param fd the descriptor
 * @param ready gets libuv's status
 */
export const pollReadable = (
  handle: PollHandle | undefined,
  fd: number,
  ready: (status: number) => void,
): PollHandle => {
  const callback = (...args: unknown[]): void => ready(args[0] as number);
  if (handle === undefined) return koffi.node.poll(fd, { readable: true }, callback);
  handle.start({ readable: true }, callback);
  return handle;
};
