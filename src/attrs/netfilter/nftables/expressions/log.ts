// Expression "log": NFTA_LOG_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be16, be32, enumOf, flagsOf } from "../../../../codec/int.ts";
import { string } from "../../../../codec/scalars.ts";

/**
 * Levels of the log, NFT_LOGLEVEL_* of linux/netfilter/nf_tables.h; AUDIT goes to the audit system.
 * @enum
 */
export const NFT_LOGLEVEL = {
  EMERG: 0,
  ALERT: 1,
  CRIT: 2,
  ERR: 3,
  WARNING: 4,
  NOTICE: 5,
  INFO: 6,
  DEBUG: 7,
  AUDIT: 8,
} as const;

/**
 * What else is logged, NF_LOG_* of linux/netfilter/nf_log.h.
 * @enum
 */
export const NF_LOG = {
  TCPSEQ: 1,
  TCPOPT: 2,
  IPOPT: 4,
  UID: 8,
  NFLOG: 16,
  MACDECODE: 32,
} as const;

/** Writes the packet to the log, or hands it to a program of nflog. */
export interface NftLog extends Attrs {
  /** nflog: number of the group. */
  group?: number | undefined;
  /** Text in front, at most 127 bytes. */
  prefix?: string | undefined;
  /** nflog: bytes of the packet, at most. */
  snaplen?: number | undefined;
  /** nflog: packets to gather before the program is told. */
  qthreshold?: number | undefined;
  /** Log: NFT_LOGLEVEL. Default: WARNING. */
  level?: number | undefined;
  /** Log: NF_LOG. */
  flags?: number | undefined;
}
/** The table of NFTA_LOG_*. */
export const nftLog: AttrTable<NftLog> = /* @__PURE__ */ attrs<NftLog>("NFTA_LOG_", () => ({
  group: [1, be16],
  prefix: [2, string],
  snaplen: [3, be32],
  qthreshold: [4, be16],
  level: [5, enumOf(be32, "NFT_LOGLEVEL_", NFT_LOGLEVEL)],
  flags: [6, flagsOf(be32, "NF_LOG_", NF_LOG)],
}));
