// What happens when bytes are malformed: a lenient decode notes it and goes on, a strict one throws.
import type { Reader } from "./bytes.ts";
import { type DecodeCode, DecodeError, type Issue } from "./errors.ts";

/** "multipath[1].via": what is being read stands below these. */
const pathOf = ({ path }: Reader): string => (path.length > 1 ? path.join(".").replaceAll(".[", "[") : (path[0] ?? ""));

/**
 * Reports malformed bytes. Nothing is thrown in a lenient decode, however many there are: hostile bytes hold 250,000 faults a
 * megabyte, and each throw would cost a microsecond.
 * @returns undefined, which is what a codec gives for bytes that it leaves raw
 * @throws DecodeError in a strict decode
 */
export const fault = (r: Reader, code: DecodeCode, offset: number, found: number, expected?: number): undefined => {
  const issue: Issue =
    expected === undefined
      ? { code, offset, path: pathOf(r), found }
      : { code, offset, path: pathOf(r), found, expected };
  if (r.issues === undefined) throw new DecodeError(issue);
  r.issues.push(issue);
};
