// Times for a person.

const two = (n: number): string => String(n).padStart(2, "0");

/** Microseconds of a second, as tcpdump and iproute2 show them. */
const fraction = (time: bigint): string => String((time % 1_000_000_000n) / 1000n).padStart(6, "0");

/**
 * "20:30:03.575940": the time of day, in the local zone.
 * @param time nanoseconds since the epoch
 */
export const timeOfDay = (time: bigint): string => {
  const date = new Date(Number(time / 1_000_000n));
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${fraction(time)}`;
};

/**
 * "2026-11-24T20:30:03.575940": as `ip -ts` has it.
 * @param time nanoseconds since the epoch
 */
export const dateAndTime = (time: bigint): string => {
  const date = new Date(Number(time / 1_000_000n));
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${timeOfDay(time)}`;
};
