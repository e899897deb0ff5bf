// The names that a person types, apart from what they stand for, which loads the families.
import type { Ignorable } from "../capture/diff.ts";
import type { Language } from "../capture/emit.ts";

/** What there is to list, by the name that a person types. */
export const TABLE_NAMES = [
  "link",
  "address",
  "route",
  "neighbour",
  "rule",
  "nexthop",
  "tc",
  "nft",
  "conntrack",
  "socket",
  "xfrm",
] as const;

/** What there is to monitor. */
export const GROUP_NAMES = [
  "link",
  "address",
  "route",
  "neighbour",
  "rule",
  "nexthop",
  "tc",
  "nsid",
  "nft",
  "conntrack",
] as const;

/** What is heard only where it is asked for. */
export const MORE_GROUP_NAMES = ["uevent", "xfrm"] as const;

/** What `emit` writes. */
export const FORM_NAMES: readonly (Language | "pcap" | "golden")[] = [
  "ts",
  "c",
  "go",
  "rust",
  "python",
  "hex",
  "pcap",
  "golden",
];

/** What `diff` may leave out. */
export const IGNORABLE_NAMES: readonly Ignorable[] = ["seq", "pid", "order"];

/** Shells that `completion` has a script for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
