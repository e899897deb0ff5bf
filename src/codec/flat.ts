// An explained message as `path = value` lines: what `--flat` prints, what a test or a grep wants.
import type { Field } from "./explain-field.ts";
import { hexText } from "./text.ts";

/** A value as JSON can hold it: 64-bit integers as decimal strings, bytes as `hex:…`. */
export type FlatValue = string | number | boolean;

const flatValue = (value: unknown): FlatValue =>
  value instanceof Uint8Array ? hexText(value) : typeof value === "bigint" ? String(value) : (value as FlatValue);

/**
 * Every leaf with its path. C names: `IFLA_LINKINFO/IFLA_INFO_DATA/IFLA_BR_AGEING_TIME`, `IFLA_STATS64/rx_packets`,
 * `RTA_MULTIPATH/nexthop[0]/rtnh_ifindex`; array items with their index. Framing and padding are left out.
 * @param fields what `explain` gave for a message, or its children
 */
export const flat = (fields: readonly Field[]): [path: string, value: FlatValue][] =>
  fields.flatMap((f): [string, FlatValue][] => {
    if (f.children.length > 0) return flat(f.children);
    if (f.path === "" || f.value === undefined) return [];
    if (!Array.isArray(f.value)) return [[f.path, flatValue(f.value)]];
    return f.value.map((item, i) => [`${f.path}[${i}]`, flatValue(item)]);
  });
