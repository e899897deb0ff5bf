// Which structs many messages have alike. Not those that name the object itself, as ifinfomsg and ifaddrmsg do.

import { neighbourHeader } from "../../src/attrs/route/neighbour.ts";
import { routeHeader } from "../../src/attrs/route/route-header.ts";
import type { Struct } from "../../src/codec/codec.ts";

const ALIKE: readonly unknown[] = [routeHeader, neighbourHeader];

/** Is it worth one object for all? */
export const isAlike = (codec: Struct): boolean => {
  if (!ALIKE.includes(codec)) return false;
  if (codec.size !== 12) throw new Error(`${codec.name} has ${codec.size} bytes: Alike compares 12`);
  return true;
};
