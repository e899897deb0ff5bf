// Handles of traffic control as people write them, "1:10", and the clock that its times are counted in.
import { plain } from "../../../codec/text.ts";
import { TC_H } from "./tc.ts";

/** A handle: its number, or "1:10" (both halves hexadecimal), "1:", "root", "ingress", "clsact". */
export type TcHandle = number | string;

const NAMED: Readonly<Record<string, number>> = { root: TC_H.ROOT, ingress: TC_H.INGRESS, clsact: TC_H.INGRESS };

/**
 * The number of a handle.
 * @param handle "1:10" is 0x10010; "1:" the discipline itself; "ffff:fff2" and "ffff:fff3" what clsact has for packets in and out
 * @throws RangeError
 */
export const tcHandle = (handle: TcHandle): number => {
  if (typeof handle === "number") return handle;
  const named = Object.hasOwn(NAMED, handle) ? NAMED[handle] : undefined;
  if (named !== undefined) return named;
  const [, major, minor] = /^([\da-f]{1,4}):([\da-f]{0,4})$/i.exec(handle) ?? [];
  if (major === undefined) throw new RangeError(`"${plain(handle)}" is no handle, as 1:10 is`);
  return Number.parseInt(major, 16) * 0x10000 + Number.parseInt(`0${minor ?? ""}`, 16);
};

/** PSCHED_SHIFT of linux/include/net/pkt_sched.h: a tick is 2^6 ns. /proc/net/psched says the same, for `tc`. */
const TICK_NS = 64;

/**
 * A time in the kernel's ticks, which `buffer` of tbf and htb, and `latency` and `jitter` of netem are counted in.
 * @param nanoseconds how long; of a burst: its bytes * 1e9 / bytes a second
 */
export const tcTicks = (nanoseconds: number): number => Math.round(nanoseconds / TICK_NS);
