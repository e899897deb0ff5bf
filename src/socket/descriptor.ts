// Descriptors: made in a namespace, watched on Node's own event loop.
import { now } from "./clock.ts";
import { SystemError } from "./errors.ts";
import { koffi } from "./koffi.ts";
import { check, EBADF, EINTR, errno, HOST_ORDER, type Libc, libc, POLLIN, SOCK_CLOEXEC } from "./libc.ts";
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

/**
 * Blocks the thread until a descriptor is readable. poll(2).
 * @param fd the descriptor
 * @param milliseconds at most; Infinity for no limit
 * @returns false when the time is over
 * @throws SystemError
 */
export const pollSync = (fd: number, milliseconds: number, calls: Pick<Libc, "poll">): boolean => {
  const end = now() + milliseconds;
  // struct pollfd: fd, events, revents.
  const descriptor = new Uint8Array(8);
  const view = new DataView(descriptor.buffer);
  view.setInt32(0, fd, HOST_ORDER === "little");
  view.setInt16(4, POLLIN, HOST_ORDER === "little");
  for (;;) {
    const left = Math.ceil(Math.max(0, end - now()));
    const count = calls.poll(descriptor, 1, left <= LONGEST ? left : -1);
    if (count >= 0) return count > 0;
    if (errno() !== EINTR) throw new SystemError("poll", errno());
  }
};
/** What poll(2) can be told; longer is for ever. */
const LONGEST = 0x7fffffff;

/**
 * What libuv's status means. It says EBADF for POLLERR, which is what a socket with an error to tell has (ENOBUFS): receiving tells
 * which, so that is no failure of waiting.
 */
export const pollError = (status: number): SystemError | undefined =>
  status >= 0 || status === -EBADF ? undefined : new SystemError("poll", -status);

/** A descriptor on the event loop. It keeps the process alive until it is stopped. */
export type PollHandle = InstanceType<ReturnType<typeof koffi>["node"]["PollHandle"]>;

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
  if (handle === undefined) return koffi().node.poll(fd, { readable: true }, callback);
  handle.start({ readable: true }, callback);
  return handle;
};
