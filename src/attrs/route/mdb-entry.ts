// Entries of a bridge's multicast table: struct br_mdb_entry, MDBA_MDB_* as the kernel tells them, MDBE_* as one asks for them.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import { address } from "../../codec/bits.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { be16, enumOf, flagsOf, s32, u8, u16, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { ip, repeated } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { RTPROT } from "./route-header.ts";

/**
 * How long an entry stays, MDB_* of linux/if_bridge.h.
 * @enum
 */
export const MDB = {
  TEMPORARY: 0,
  PERMANENT: 1,
} as const;

/**
 * What an Ethernet frame holds, as far as groups need it, ETH_P_* of linux/if_ether.h.
 * @enum
 */
export const ETH_P = {
  IP: 2048,
  IPV6: 34525,
} as const;

/**
 * Flags of an entry, MDB_FLAGS_* of linux/if_bridge.h.
 * @enum
 */
export const MDB_FLAGS = {
  OFFLOAD: 1,
  FAST_LEAVE: 2,
  STAR_EXCL: 4,
  BLOCKED: 8,
  OFFLOAD_FAILED: 16,
} as const;

/** A group of a port. */
export interface MdbEntry {
  /** Index of the port, or of the bridge itself. */
  ifindex: number;
  /** MDB. */
  state: number;
  /** MDB_FLAGS. */
  flags: number;
  /** VLAN; 0: none. */
  vid: number;
  /** ETH_P; 0: a link-layer address. */
  proto: number;
  /** Group. A link-layer address takes the first six of its sixteen bytes. */
  addr: string;
}
/** struct br_mdb_entry. */
export const mdbEntry: Struct<MdbEntry> = /* @__PURE__ */ struct<MdbEntry>("br_mdb_entry", "", 28, () => ({
  ifindex: [0, u32],
  state: [4, enumOf(u8, "MDB_", MDB)],
  flags: [5, flagsOf(u8, "MDB_FLAGS_", MDB_FLAGS)],
  vid: [6, u16],
  proto: [24, enumOf(be16, "ETH_P_", ETH_P), "addr.proto"],
  addr: [8, address(16, "proto"), "addr.u"],
}));

/** A source of a group. */
export interface MdbSource extends Attrs {
  /** Its address. */
  address?: string | undefined;
  /** USER_HZ (1/100 s) that are left. */
  timer?: number | undefined;
}
/** The table of MDBA_MDB_SRCATTR_*. */
export const mdbSource: AttrTable<MdbSource> = /* @__PURE__ */ attrs<MdbSource>("MDBA_MDB_SRCATTR_", () => ({
  address: [1, ip],
  timer: [2, u32],
}));

/** The sources of a group. */
export interface MdbSources extends Attrs {
  /** One a source. */
  entry?: readonly MdbSource[] | undefined;
}
/** The table of MDBA_MDB_SRCLIST_*. */
export const mdbSources: AttrTable<MdbSources> = /* @__PURE__ */ attrs<MdbSources>("MDBA_MDB_SRCLIST_", () => ({
  entry: [1, repeated(mdbSource)],
}));

/** What stands behind an entry. */
export interface MdbEntryAttrs extends Attrs {
  /** USER_HZ that are left. */
  timer?: number | undefined;
  /** Its sources. */
  srcList?: MdbSources | undefined;
  /** 0: the sources alone, 1: all but them (RFC 3376: INCLUDE, EXCLUDE). */
  groupMode?: number | undefined;
  /** The source that it is of. */
  source?: string | undefined;
  /** RTPROT: who made it. */
  rtprot?: number | undefined;
  /** VXLAN: where to send to. */
  dst?: string | undefined;
  /** VXLAN: UDP port. */
  dstPort?: number | undefined;
  /** VXLAN: network id. */
  vni?: number | undefined;
  /** VXLAN: index of the link to leave by. */
  ifindex?: number | undefined;
  /** VXLAN: network id of the entry. */
  srcVni?: number | undefined;
}
/** The table of MDBA_MDB_EATTR_*. */
export const mdbEntryAttrs: AttrTable<MdbEntryAttrs> = /* @__PURE__ */ attrs<MdbEntryAttrs>("MDBA_MDB_EATTR_", () => ({
  timer: [1, u32],
  srcList: [2, mdbSources],
  groupMode: [3, u8],
  source: [4, ip],
  rtprot: [5, enumOf(u8, "RTPROT_", RTPROT)],
  dst: [6, ip],
  dstPort: [7, u16],
  vni: [8, u32],
  ifindex: [9, u32],
  srcVni: [10, u32],
}));

/** An entry with its attributes: MDBA_MDB_ENTRY_INFO. */
export type MdbEntryInfo = HeaderAndAttrs<MdbEntry, MdbEntryAttrs>;
/** The body of MDBA_MDB_ENTRY_INFO. */
export const mdbEntryInfo: Body<MdbEntryInfo> = /* @__PURE__ */ body<MdbEntry, MdbEntryAttrs>(mdbEntry, mdbEntryAttrs);

/** Entries of one group. */
export interface MdbEntries extends Attrs {
  /** One a port. */
  info?: readonly MdbEntryInfo[] | undefined;
}
/** The table of MDBA_MDB_ENTRY_*. */
export const mdbEntries: AttrTable<MdbEntries> = /* @__PURE__ */ attrs<MdbEntries>("MDBA_MDB_ENTRY_", () => ({
  info: [1, repeated(mdbEntryInfo)],
}));

/** A multicast table. */
export interface Mdb extends Attrs {
  /** One a group. */
  entry?: readonly MdbEntries[] | undefined;
}
/** The table of MDBA_MDB_*. */
export const mdb: AttrTable<Mdb> = /* @__PURE__ */ attrs<Mdb>("MDBA_MDB_", () => ({
  entry: [1, repeated(mdbEntries)],
}));

/** A source of a group, as one asks for it. */
export interface MdbRequestSource extends Attrs {
  /** Its address. */
  address?: string | undefined;
}
/** The table of MDBE_SRCATTR_*. */
export const mdbRequestSource: AttrTable<MdbRequestSource> = /* @__PURE__ */ attrs<MdbRequestSource>(
  "MDBE_SRCATTR_",
  () => ({
    address: [1, ip],
  }),
);

/** The sources of a group, as one asks for them. */
export interface MdbRequestSources extends Attrs {
  /** One a source. */
  entry?: readonly MdbRequestSource[] | undefined;
}
/** The table of MDBE_SRC_LIST_*. */
export const mdbRequestSources: AttrTable<MdbRequestSources> = /* @__PURE__ */ attrs<MdbRequestSources>(
  "MDBE_SRC_LIST_",
  () => ({
    entry: [1, repeated(mdbRequestSource)],
  }),
);

/** What stands beside an entry in a request. */
export interface MdbRequestAttrs extends Attrs {
  /** The source that it is of. */
  source?: string | undefined;
  /** Its sources. */
  srcList?: MdbRequestSources | undefined;
  /** 0: the sources alone, 1: all but them. */
  groupMode?: number | undefined;
  /** RTPROT: who made it. */
  rtprot?: number | undefined;
  /** VXLAN: where to send to. */
  dst?: string | undefined;
  /** VXLAN: UDP port. */
  dstPort?: number | undefined;
  /** VXLAN: network id. */
  vni?: number | undefined;
  /** VXLAN: index of the link to leave by. */
  ifindex?: number | undefined;
  /** VXLAN: network id of the entry. */
  srcVni?: number | undefined;
  /** Deletion of many: which bits of the state count. */
  stateMask?: number | undefined;
}
/** The table of MDBE_ATTR_*. */
export const mdbRequestAttrs: AttrTable<MdbRequestAttrs> = /* @__PURE__ */ attrs<MdbRequestAttrs>("MDBE_ATTR_", () => ({
  source: [1, ip],
  srcList: [2, mdbRequestSources],
  groupMode: [3, u8],
  rtprot: [4, enumOf(u8, "RTPROT_", RTPROT)],
  dst: [5, ip],
  dstPort: [6, u16],
  vni: [7, u32],
  ifindex: [8, s32],
  srcVni: [9, u32],
  stateMask: [10, u8],
}));
