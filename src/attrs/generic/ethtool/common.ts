// What messages of ethtool share: the header that names a link, bitsets, strings.

import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { flagsOf, u32 } from "../../../codec/int.ts";
import { arrayOf, flag, repeated, string } from "../../../codec/scalars.ts";

/**
 * What an answer shall be like, ETHTOOL_FLAG_* of linux/ethtool_netlink_generated.h.
 * @enum
 */
export const ETHTOOL_FLAG = {
  COMPACT_BITSETS: 1,
  OMIT_REPLY: 2,
  STATS: 4,
} as const;

/** Which link, and how to answer. */
export interface EthtoolHeader extends Attrs {
  /** Index of the link. */
  devIndex?: number | undefined;
  /** Its name. */
  devName?: string | undefined;
  /** ETHTOOL_FLAG. */
  flags?: number | undefined;
  /** Index of a PHY of it. */
  phyIndex?: number | undefined;
}
/** The table of ETHTOOL_A_HEADER_*. */
export const ethtoolHeader: AttrTable<EthtoolHeader> = /* @__PURE__ */ attrs<EthtoolHeader>(
  "ETHTOOL_A_HEADER_",
  () => ({
    devIndex: [1, u32],
    devName: [2, string],
    flags: [3, flagsOf(u32, "ETHTOOL_FLAG_", ETHTOOL_FLAG)],
    phyIndex: [4, u32],
  }),
);

/** A bit by name. */
export interface EthtoolBit extends Attrs {
  /** Its place. */
  index?: number | undefined;
  /** Its name. */
  name?: string | undefined;
  /** It is set. */
  value?: true | undefined;
}
/** The table of ETHTOOL_A_BITSET_BIT_*. */
export const ethtoolBit: AttrTable<EthtoolBit> = /* @__PURE__ */ attrs<EthtoolBit>("ETHTOOL_A_BITSET_BIT_", () => ({
  index: [1, u32],
  name: [2, string],
  value: [3, flag],
}));

/** Bits by name. */
export interface EthtoolBits extends Attrs {
  /** One a bit. */
  bit?: readonly EthtoolBit[] | undefined;
}
/** The table of ETHTOOL_A_BITSET_BITS_*. */
export const ethtoolBits: AttrTable<EthtoolBits> = /* @__PURE__ */ attrs<EthtoolBits>("ETHTOOL_A_BITSET_BITS_", () => ({
  bit: [1, repeated(ethtoolBit)],
}));

/** Bits by name, or as words. */
export interface EthtoolBitset extends Attrs {
  /** It is a list: what is not in it is not set. */
  nomask?: true | undefined;
  /** How many bits. */
  size?: number | undefined;
  /** By name. */
  bits?: EthtoolBits | undefined;
  /** As words: the bits. */
  value?: readonly number[] | undefined;
  /** As words: which of them are meant. */
  mask?: readonly number[] | undefined;
}
/** The table of ETHTOOL_A_BITSET_*. */
export const ethtoolBitset: AttrTable<EthtoolBitset> = /* @__PURE__ */ attrs<EthtoolBitset>(
  "ETHTOOL_A_BITSET_",
  () => ({
    nomask: [1, flag],
    size: [2, u32],
    bits: [3, ethtoolBits],
    value: [4, arrayOf(u32)],
    mask: [5, arrayOf(u32)],
  }),
);

/** A string. */
export interface EthtoolString extends Attrs {
  /** Its place. */
  index?: number | undefined;
  /** Its text. */
  value?: string | undefined;
}
/** The table of ETHTOOL_A_STRING_*. */
export const ethtoolString: AttrTable<EthtoolString> = /* @__PURE__ */ attrs<EthtoolString>(
  "ETHTOOL_A_STRING_",
  () => ({
    index: [1, u32],
    value: [2, string],
  }),
);

/** Strings. */
export interface EthtoolStrings extends Attrs {
  /** One each. */
  string?: readonly EthtoolString[] | undefined;
}
/** The table of ETHTOOL_A_STRINGS_*. */
export const ethtoolStrings: AttrTable<EthtoolStrings> = /* @__PURE__ */ attrs<EthtoolStrings>(
  "ETHTOOL_A_STRINGS_",
  () => ({
    string: [1, repeated(ethtoolString)],
  }),
);

/** A set of strings. */
export interface EthtoolStringset extends Attrs {
  /** ETH_SS_*: which set. */
  id?: number | undefined;
  /** How many. */
  count?: number | undefined;
  /** The strings. */
  strings?: EthtoolStrings | undefined;
}
/** The table of ETHTOOL_A_STRINGSET_*. */
export const ethtoolStringset: AttrTable<EthtoolStringset> = /* @__PURE__ */ attrs<EthtoolStringset>(
  "ETHTOOL_A_STRINGSET_",
  () => ({
    id: [1, u32],
    count: [2, u32],
    strings: [3, ethtoolStrings],
  }),
);

/** Sets of strings. */
export interface EthtoolStringsets extends Attrs {
  /** One each. */
  stringset?: readonly EthtoolStringset[] | undefined;
}
/** The table of ETHTOOL_A_STRINGSETS_*. */
export const ethtoolStringsets: AttrTable<EthtoolStringsets> = /* @__PURE__ */ attrs<EthtoolStringsets>(
  "ETHTOOL_A_STRINGSETS_",
  () => ({
    stringset: [1, repeated(ethtoolStringset)],
  }),
);

/** STRSET: names that the kernel has for bits and counters. */
export interface EthtoolStrset extends Attrs {
  /** Which link; without one, what all have. */
  header?: EthtoolHeader | undefined;
  /** The sets. */
  stringsets?: EthtoolStringsets | undefined;
  /** Request: how many, not which. */
  countsOnly?: true | undefined;
}
/** The table of ETHTOOL_A_STRSET_*. */
export const ethtoolStrset: AttrTable<EthtoolStrset> = /* @__PURE__ */ attrs<EthtoolStrset>(
  "ETHTOOL_A_STRSET_",
  () => ({
    header: [1, ethtoolHeader],
    stringsets: [2, ethtoolStringsets],
    countsOnly: [3, flag],
  }),
);
