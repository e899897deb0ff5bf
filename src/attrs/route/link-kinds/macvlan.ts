// Link kinds "macvlan" and "macvtap": IFLA_MACVLAN_*.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { enumOf, flagsOf, s32, u16, u32 } from "../../../codec/int.ts";
import { hardware, repeated } from "../../../codec/scalars.ts";

/**
 * Who may talk to whom, MACVLAN_MODE_* of linux/if_link.h.
 * @enum
 */
export const MACVLAN_MODE = {
  PRIVATE: 1,
  VEPA: 2,
  BRIDGE: 4,
  PASSTHRU: 8,
  SOURCE: 16,
} as const;
/**
 * MACVLAN_FLAG_* of linux/if_link.h.
 * @enum
 */
export const MACVLAN_FLAG = {
  NOPROMISC: 1,
  NODST: 2,
} as const;
/**
 * What a request does to the list of source addresses, MACVLAN_MACADDR_* of linux/if_link.h.
 * @enum
 */
export const MACVLAN_MACADDR = {
  ADD: 0,
  DEL: 1,
  FLUSH: 2,
  SET: 3,
} as const;

/** IFLA_MACVLAN_MACADDR_DATA. */
export interface MacvlanAddresses extends Attrs {
  /** Source addresses. */
  macaddr?: readonly string[] | undefined;
}
/** The table of IFLA_MACVLAN_MACADDR_DATA. */
export const macvlanAddresses: AttrTable<MacvlanAddresses> = /* @__PURE__ */ attrs<MacvlanAddresses>(
  "IFLA_MACVLAN_",
  () => ({
    macaddr: [4, repeated(hardware)],
  }),
);

/** What a macvlan or macvtap has of its own. */
export interface MacvlanInfo extends Attrs {
  /** MACVLAN_MODE. */
  mode?: number | undefined;
  /** MACVLAN_FLAG. */
  flags?: number | undefined;
  /** Request: MACVLAN_MACADDR, for links of mode SOURCE. */
  macaddrMode?: number | undefined;
  /** Request: the address to add or delete. */
  macaddr?: string | undefined;
  /** All source addresses. */
  macaddrData?: MacvlanAddresses | undefined;
  /** How many source addresses. */
  macaddrCount?: number | undefined;
  /** Broadcast packets that may wait, as asked for. */
  bcQueueLen?: number | undefined;
  /** The same, as the links on one device have settled it. */
  bcQueueLenUsed?: number | undefined;
  /** Multicast addresses with more receivers than this are delivered later, in the background. */
  bcCutoff?: number | undefined;
}
/** The table of IFLA_MACVLAN_*. */
export const macvlanInfo: AttrTable<MacvlanInfo> = /* @__PURE__ */ attrs<MacvlanInfo>("IFLA_MACVLAN_", () => ({
  mode: [1, enumOf(u32, "MACVLAN_MODE_", MACVLAN_MODE)],
  flags: [2, flagsOf(u16, "MACVLAN_FLAG_", MACVLAN_FLAG)],
  macaddrMode: [3, enumOf(u32, "MACVLAN_MACADDR_", MACVLAN_MACADDR)],
  macaddr: [4, hardware],
  macaddrData: [5, macvlanAddresses],
  macaddrCount: [6, u32],
  bcQueueLen: [7, u32],
  bcQueueLenUsed: [8, u32],
  bcCutoff: [9, s32],
}));
