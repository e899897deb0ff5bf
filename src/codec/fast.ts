// What the generated readers share.
import type { Reader } from "./bytes.ts";

/** Thrown by a generated reader, caught by `regular`: one object, no stack, so that leaving costs little. */
export const irregular: { readonly irregular: true } = { irregular: true };

/**
 * A reader that gives undefined for what only the tables can read.
 * @param read the generated reader
 */
/* @__NO_SIDE_EFFECTS__ */
export const regular =
  <T>(read: (r: Reader, at: number, end: number) => T): ((r: Reader, at: number, end: number) => T | undefined) =>
  (r, at, end) => {
    try {
      return read(r, at, end);
    } catch (error) {
      if (error !== irregular) throw error;
      r.depth = 0;
      return undefined;
    }
  };
