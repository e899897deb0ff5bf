// RTM_*NEIGHTBL: struct ndtmsg, NDTA_* and NDTPA_*: settings of the neighbour caches.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, u8, u16, u32, u64 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { string } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";

/** What every RTM_*NEIGHTBL begins with. */
export interface NeighbourTableHeader {
  /** AF. */
  family: number;
}
/** struct ndtmsg. */
export const neighbourTableHeader: Struct<NeighbourTableHeader> = /* @__PURE__ */ struct<NeighbourTableHeader>(
  "ndtmsg",
  "ndtm_",
  4,
  () => ({
    family: [0, enumOf(u8, "AF_", AF)],
  }),
);

/** What a cache is like. */
export interface NeighbourTableConfig {
  /** Bytes of an address. */
  keyLen: number;
  /** Bytes of an entry. */
  entrySize: number;
  /** How many entries there are. */
  entries: number;
  /** Milliseconds since it was emptied. */
  lastFlush: number;
  /** Milliseconds since reachable times were drawn anew. */
  lastRand: number;
  /** Random part of its hash. */
  hashRnd: number;
  /** Buckets less 1. */
  hashMask: number;
  /** Never used by the kernel. */
  hashChainGc: number;
  /** Packets that wait for a proxy's answer. */
  proxyQlen: number;
}
/** struct ndt_config. */
export const neighbourTableConfig: Struct<NeighbourTableConfig> = /* @__PURE__ */ struct<NeighbourTableConfig>(
  "ndt_config",
  "ndtc_",
  32,
  () => ({
    keyLen: [0, u16],
    entrySize: [2, u16],
    entries: [4, u32],
    lastFlush: [8, u32],
    lastRand: [12, u32],
    hashRnd: [16, u32],
    hashMask: [20, u32],
    hashChainGc: [24, u32],
    proxyQlen: [28, u32],
  }),
);

/** Counters of a cache. */
export interface NeighbourTableStats {
  /** Entries made. */
  allocs: bigint;
  /** Entries freed. */
  destroys: bigint;
  /** Times that its hash grew. */
  hashGrows: bigint;
  /** Addresses that were not found out. */
  resFailed: bigint;
  /** Look-ups. */
  lookups: bigint;
  /** Look-ups that found an entry. */
  hits: bigint;
  /** Multicast requests received. */
  rcvProbesMcast: bigint;
  /** Unicast requests received. */
  rcvProbesUcast: bigint;
  /** Clean-ups by time. */
  periodicGcRuns: bigint;
  /** Clean-ups for want of room. */
  forcedGcRuns: bigint;
  /** Times that there was no room. */
  tableFulls: bigint;
}
/** struct ndt_stats. */
export const neighbourTableStats: Struct<NeighbourTableStats> = /* @__PURE__ */ struct<NeighbourTableStats>(
  "ndt_stats",
  "ndts_",
  88,
  () => ({
    allocs: [0, u64],
    destroys: [8, u64],
    hashGrows: [16, u64],
    resFailed: [24, u64],
    lookups: [32, u64],
    hits: [40, u64],
    rcvProbesMcast: [48, u64],
    rcvProbesUcast: [56, u64],
    periodicGcRuns: [64, u64],
    forcedGcRuns: [72, u64],
    tableFulls: [80, u64],
  }),
);

/** Settings of a cache on a link, or of every link without its own. Times in milliseconds. */
export interface NeighbourParms extends Attrs {
  /** Index of the link; absent: the default. */
  ifindex?: number | undefined;
  /** How many use them. */
  refcnt?: number | undefined;
  /** Milliseconds that an entry counts as reachable: drawn at random from around `baseReachableTime`. */
  reachableTime?: bigint | undefined;
  /** The middle of that time. */
  baseReachableTime?: bigint | undefined;
  /** Between two requests. */
  retransTime?: bigint | undefined;
  /** Until an unused entry may go. */
  gcStaletime?: bigint | undefined;
  /** Before the first request for a stale entry. */
  delayProbeTime?: bigint | undefined;
  /** Packets that may wait for an address. */
  queueLen?: number | undefined;
  /** Requests by a daemon. */
  appProbes?: number | undefined;
  /** Unicast requests. */
  ucastProbes?: number | undefined;
  /** Multicast requests. */
  mcastProbes?: number | undefined;
  /** Longest wait before an answer for an anycast address. */
  anycastDelay?: bigint | undefined;
  /** Longest wait before an answer for somebody else. */
  proxyDelay?: bigint | undefined;
  /** Packets that may wait for that. */
  proxyQlen?: number | undefined;
  /** An address does not change sooner than this. */
  locktime?: bigint | undefined;
  /** Bytes that may wait for an address. */
  queueLenbytes?: number | undefined;
  /** Multicast requests after unicast ones had no answer. */
  mcastReprobes?: number | undefined;
  /** Between the requests for a managed entry. */
  intervalProbeTimeMs?: bigint | undefined;
}
/** The table of NDTPA_*. */
export const neighbourParms: AttrTable<NeighbourParms> = /* @__PURE__ */ attrs<NeighbourParms>("NDTPA_", () => ({
  ifindex: [1, u32],
  refcnt: [2, u32],
  reachableTime: [3, u64],
  baseReachableTime: [4, u64],
  retransTime: [5, u64],
  gcStaletime: [6, u64],
  delayProbeTime: [7, u64],
  queueLen: [8, u32],
  appProbes: [9, u32],
  ucastProbes: [10, u32],
  mcastProbes: [11, u32],
  anycastDelay: [12, u64],
  proxyDelay: [13, u64],
  proxyQlen: [14, u32],
  locktime: [15, u64],
  queueLenbytes: [16, u32],
  mcastReprobes: [17, u32],
  intervalProbeTimeMs: [19, u64],
}));

/** Attributes of a neighbour cache. */
export interface NeighbourTableAttrs extends Attrs {
  /** "arp_cache", "ndisc_cache". */
  name?: string | undefined;
  /** With fewer entries none is cleaned up. */
  thresh1?: number | undefined;
  /** With more, those older than five seconds are. */
  thresh2?: number | undefined;
  /** No more than this. */
  thresh3?: number | undefined;
  /** What it is like. */
  config?: NeighbourTableConfig | undefined;
  /** Its settings. */
  parms?: NeighbourParms | undefined;
  /** Counters. */
  stats?: NeighbourTableStats | undefined;
  /** Milliseconds between two clean-ups. */
  gcInterval?: bigint | undefined;
}
/** The table of NDTA_*. */
export const neighbourTableAttrs: AttrTable<NeighbourTableAttrs> = /* @__PURE__ */ attrs<NeighbourTableAttrs>(
  "NDTA_",
  () => ({
    name: [1, string],
    thresh1: [2, u32],
    thresh2: [3, u32],
    thresh3: [4, u32],
    config: [5, neighbourTableConfig],
    parms: [6, neighbourParms],
    stats: [7, neighbourTableStats],
    gcInterval: [8, u64],
  }),
);

/** What stands behind nlmsghdr in every RTM_*NEIGHTBL. */
export type NeighbourTableBody = HeaderAndAttrs<NeighbourTableHeader, NeighbourTableAttrs>;
/** The body of every RTM_*NEIGHTBL. */
export const neighbourTableBody: Body<NeighbourTableBody> = /* @__PURE__ */ body<
  NeighbourTableHeader,
  NeighbourTableAttrs
>(neighbourTableHeader, neighbourTableAttrs);
