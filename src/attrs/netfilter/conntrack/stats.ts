// IPCTNL_MSG_*_GET_STATS*: what connection tracking counts. Counters wrap at 32 bits.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be32 } from "../../../codec/int.ts";

/** Counters of one CPU: which one is `header.resId`. */
export interface ConntrackStats extends Attrs {
  /** Look-ups, of kernels before 2.6.38. */
  searched?: number | undefined;
  /** Look-ups that found a flow. */
  found?: number | undefined;
  /** Flows made, of kernels before 4.9. */
  new?: number | undefined;
  /** Packets that cannot be tracked. */
  invalid?: number | undefined;
  /** Packets left alone, of kernels before 5.9. */
  ignore?: number | undefined;
  /** Flows removed, of kernels before 4.9. */
  delete?: number | undefined;
  /** Flows put on the list of the dying, of kernels before 4.9. */
  deleteList?: number | undefined;
  /** Flows put into the table by hand. */
  insert?: number | undefined;
  /** Flows that were in the table already, or did not fit. */
  insertFailed?: number | undefined;
  /** Packets dropped since no flow could be made for them. */
  drop?: number | undefined;
  /** Flows thrown out to make room. */
  earlyDrop?: number | undefined;
  /** ICMP packets with an error inside. */
  error?: number | undefined;
  /** Look-ups begun again since the table had changed its size. */
  searchRestart?: number | undefined;
  /** Two packets of one new flow at once: settled. */
  clashResolve?: number | undefined;
  /** Flows not inserted since their hash chain was too long. */
  chainToolong?: number | undefined;
}
/** The table of CTA_STATS_*. */
export const conntrackStats: AttrTable<ConntrackStats> = /* @__PURE__ */ attrs<ConntrackStats>("CTA_STATS_", () => ({
  searched: [1, be32],
  found: [2, be32],
  new: [3, be32],
  invalid: [4, be32],
  ignore: [5, be32],
  delete: [6, be32],
  deleteList: [7, be32],
  insert: [8, be32],
  insertFailed: [9, be32],
  drop: [10, be32],
  earlyDrop: [11, be32],
  error: [12, be32],
  searchRestart: [13, be32],
  clashResolve: [14, be32],
  chainToolong: [15, be32],
}));

/** Of the namespace. */
export interface ConntrackStatsGlobal extends Attrs {
  /** Flows. */
  entries?: number | undefined;
  /** Flows there may be: net.netfilter.nf_conntrack_max. */
  maxEntries?: number | undefined;
}
/** The table of CTA_STATS_GLOBAL_*. */
export const conntrackStatsGlobal: AttrTable<ConntrackStatsGlobal> = /* @__PURE__ */ attrs<ConntrackStatsGlobal>(
  "CTA_STATS_GLOBAL_",
  () => ({
    entries: [1, be32],
    maxEntries: [2, be32],
  }),
);

/** Expectations of one CPU: which one is `header.resId`. */
export interface ExpectationStats extends Attrs {
  /** Flows that were expected. */
  new?: number | undefined;
  /** Expectations made. */
  create?: number | undefined;
  /** Expectations removed. */
  delete?: number | undefined;
}
/** The table of CTA_STATS_EXP_*. */
export const expectationStats: AttrTable<ExpectationStats> = /* @__PURE__ */ attrs<ExpectationStats>(
  "CTA_STATS_EXP_",
  () => ({
    new: [1, be32],
    create: [2, be32],
    delete: [3, be32],
  }),
);
