// A C struct that stands inside another: its members are those of the outer one, under longer names.
import { address } from "./bits.ts";
import type { Int, Member, Octets, Struct } from "./codec.ts";
import { lowerSnake } from "./names.ts";
import type { StructSpec } from "./struct.ts";

/** What the members of a struct are called inside another, under its name there: "sel" and `daddr` make `selDaddr`; "" leaves them. */
export type Embedded<P extends string, T> = {
  [K in keyof T & string as P extends "" ? K : `${P}${Capitalize<K>}`]: T[K];
};

/**
 * Declares the members of a struct that stands inside another, for the outer one's spec.
 * @param name its name there, in camelCase: "newSel" makes `newSelDaddr`, called `new_sel.daddr` in C; "" for members without one of
 *   their own (an unnamed macro or union)
 * @param at its offset there
 * @param of the struct
 */
/* @__NO_SIDE_EFFECTS__ */
export const embedded = <P extends string, T extends object>(
  name: P,
  at: number,
  of: Struct<T>,
): StructSpec<Embedded<P, T>> => {
  const nameOf = (member: string): string =>
    name === "" ? member : `${name}${member.charAt(0).toUpperCase()}${member.slice(1)}`;
  const own = new Set(of.members.map((member) => member.name));
  // An address is of the family that a member says: one of the struct's own goes by its longer name too.
  const codecOf = ({ codec }: Member): Int | Octets => {
    const by = codec.kind === "octets" ? codec.address?.by : undefined;
    return by !== undefined && own.has(by) ? address(codec.size as 4 | 16, nameOf(by)) : (codec as Int | Octets);
  };
  const constantOf = ({ constant }: Member): string => (name === "" ? constant : `${lowerSnake(name)}.${constant}`);
  return Object.fromEntries(
    of.members.map((member) => [nameOf(member.name), [at + member.offset, codecOf(member), constantOf(member)]]),
  ) as unknown as StructSpec<Embedded<P, T>>;
};
