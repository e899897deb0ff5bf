// What `--netns` says.
import type { NetnsRef } from "../socket/netns.ts";
import { UsageError } from "./failure.ts";

const OF_PROCESS = "pid:";

/**
 * The namespace that `--netns` means: "ns1" and "1" are names of `ip netns`, whatever processes there are; "pid:123" is that of a
 * process; anything with a "/" is a path.
 * @throws UsageError for a "pid:" without a number
 */
export const netnsRef = (text: string): NetnsRef => {
  if (!text.startsWith(OF_PROCESS)) return text;
  const digits = text.slice(OF_PROCESS.length);
  if (!/^[1-9]\d*$/.test(digits)) throw new UsageError(`--netns: "${text}" names no process: pid:123`);
  return { pid: Number(digits) };
};
