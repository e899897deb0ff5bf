// NFT_MSG_TRACE: NFTA_TRACE_*. What a packet met, for packets on which a rule set `nftrace`; group NFNLGRP_NFTRACE.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be16, be32, be64, enumOf, u8 } from "../../../codec/int.ts";
import { bytes, string } from "../../../codec/scalars.ts";
import { NFPROTO } from "../nfnetlink.ts";
import { NF, type NftVerdict, nftVerdict } from "./data.ts";

/**
 * What a trace tells of, NFT_TRACETYPE_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_TRACETYPE = {
  UNSPEC: 0,
  POLICY: 1,
  RETURN: 2,
  RULE: 3,
} as const;

/** Attributes of one step of one packet. */
export interface NftTraceAttrs extends Attrs {
  /** The table. */
  table?: string | undefined;
  /** The chain. */
  chain?: string | undefined;
  /** RULE: handle of the rule; absent at the end of a chain. */
  ruleHandle?: bigint | undefined;
  /** NFT_TRACETYPE. */
  type?: number | undefined;
  /** RULE and RETURN: what the step came to. */
  verdict?: NftVerdict | undefined;
  /** The same for all steps of one packet. */
  id?: number | undefined;
  /** First step: the link-layer header. */
  llHeader?: Uint8Array | undefined;
  /** First step: the beginning of the network header. */
  networkHeader?: Uint8Array | undefined;
  /** First step: the beginning of the transport header. */
  transportHeader?: Uint8Array | undefined;
  /** Index of the link it came in by. */
  iif?: number | undefined;
  /** ARPHRD of that link. */
  iiftype?: number | undefined;
  /** Index of the link it goes out by. */
  oif?: number | undefined;
  /** ARPHRD of that link. */
  oiftype?: number | undefined;
  /** Its firewall mark. */
  mark?: number | undefined;
  /** NFPROTO of the packet. */
  nfproto?: number | undefined;
  /** POLICY: NF. */
  policy?: number | undefined;
  /** Id of its connection, as in conntrack. */
  ctId?: number | undefined;
  /** 0: as the connection was begun; 1: in reply. */
  ctDirection?: number | undefined;
  /** IPS_* bits of its connection. */
  ctStatus?: number | undefined;
  /** NF_CT_STATE_* bit of its connection. */
  ctState?: number | undefined;
}
/** The table of NFTA_TRACE_*. */
export const nftTraceAttrs: AttrTable<NftTraceAttrs> = /* @__PURE__ */ attrs<NftTraceAttrs>("NFTA_TRACE_", () => ({
  table: [1, string],
  chain: [2, string],
  ruleHandle: [3, be64],
  type: [4, enumOf(be32, "NFT_TRACETYPE_", NFT_TRACETYPE)],
  verdict: [5, nftVerdict],
  id: [6, be32],
  llHeader: [7, bytes],
  networkHeader: [8, bytes],
  transportHeader: [9, bytes],
  iif: [10, be32],
  iiftype: [11, be16],
  oif: [12, be32],
  oiftype: [13, be16],
  mark: [14, be32],
  nfproto: [15, enumOf(be32, "NFPROTO_", NFPROTO)],
  policy: [16, enumOf(be32, "NF_", NF)],
  ctId: [18, be32],
  ctDirection: [19, u8],
  ctStatus: [20, be32],
  ctState: [21, be32],
}));
