// XFRMA_*, XFRMA_SAD_* and XFRMA_SPD_*: attributes of NETLINK_XFRM.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Struct } from "../../codec/codec.ts";
import { enumOf, u8, u16, u32, u64 } from "../../codec/int.ts";
import { flag, ip } from "../../codec/scalars.ts";
import { upTo } from "../../codec/secret.ts";
import { structs } from "../../codec/sequence.ts";
import { struct } from "../../codec/struct.ts";
import { IPPROTO } from "../ip-protocols.ts";
import {
  type XfrmAddressFilter,
  type XfrmAlgo,
  type XfrmAlgoAead,
  type XfrmAlgoAuth,
  type XfrmEncap,
  type XfrmKmAddress,
  type XfrmMark,
  type XfrmMigrate,
  type XfrmOffload,
  type XfrmPolicyType,
  type XfrmReplay,
  type XfrmReplayEsn,
  type XfrmSecurity,
  type XfrmTemplate,
  xfrmAddressFilter,
  xfrmAlgo,
  xfrmAlgoAead,
  xfrmAlgoAuth,
  xfrmEncap,
  xfrmKmAddress,
  xfrmMark,
  xfrmMigrate,
  xfrmOffload,
  xfrmPolicyType,
  xfrmReplay,
  xfrmReplayEsn,
  xfrmSecurity,
  xfrmTemplate,
} from "./parts.ts";
import { type XfrmLifetime, xfrmLifetime } from "./shared.ts";
import { type XfrmPolicyInfo, type XfrmStateInfo, xfrmPolicyInfo, xfrmStateInfo } from "./structs.ts";

/** Attributes of associations and policies. */
export interface XfrmAttrs extends Attrs {
  /** Integrity, with its usual length. */
  algAuth?: XfrmAlgo | undefined;
  /** Cipher. */
  algCrypt?: XfrmAlgo | undefined;
  /** Compression. */
  algComp?: XfrmAlgo | undefined;
  /** UDP or TCP around it. */
  encap?: XfrmEncap | undefined;
  /** How a policy wants packets wrapped. */
  tmpl?: readonly XfrmTemplate[] | undefined;
  /** The association, in an event that names it. */
  sa?: XfrmStateInfo | undefined;
  /** The policy, in an event that names it. */
  policy?: XfrmPolicyInfo | undefined;
  /** Security label. */
  secCtx?: XfrmSecurity | undefined;
  /** How much it has done. */
  ltimeVal?: XfrmLifetime | undefined;
  /** Which packets have come. */
  replayVal?: XfrmReplay | undefined;
  /** Packets after which an event tells of it. */
  replayThresh?: number | undefined;
  /** Tenths of a second after which one does. */
  etimerThresh?: number | undefined;
  /** Source: sixteen bytes, of which an IPv4 address takes the first four. */
  srcaddr?: string | undefined;
  /** Care-of address: likewise. */
  coaddr?: string | undefined;
  /** When it was last used: seconds since 1970. */
  lastused?: bigint | undefined;
  /** Sort of the policy. */
  policyType?: XfrmPolicyType | undefined;
  /** Addresses that change. */
  migrate?: readonly XfrmMigrate[] | undefined;
  /** Cipher with integrity. */
  algAead?: XfrmAlgoAead | undefined;
  /** Where the key daemons are. */
  kmaddress?: XfrmKmAddress | undefined;
  /** Integrity, with a length of its own. */
  algAuthTrunc?: XfrmAlgoAuth | undefined;
  /** Only packets with this mark. */
  mark?: XfrmMark | undefined;
  /** Packets are padded up to so many bytes. */
  tfcpad?: number | undefined;
  /** Which packets have come, the long form. */
  replayEsnVal?: XfrmReplayEsn | undefined;
  /** 1: DSCP is not copied, 2: numbers may begin anew. */
  saExtraFlags?: number | undefined;
  /** Request: only this IPPROTO. */
  proto?: number | undefined;
  /** Request: only these addresses. */
  addressFilter?: XfrmAddressFilter | undefined;
  /** The link that does it. */
  offloadDev?: XfrmOffload | undefined;
  /** Mark that packets get. */
  setMark?: number | undefined;
  /** Which bits of it. */
  setMarkMask?: number | undefined;
  /** Number that an xfrm link knows it by. */
  ifId?: number | undefined;
  /** Seconds until a new mapping is told. */
  mtimerThresh?: number | undefined;
  /** 1 what comes in, 2 what goes out. */
  saDir?: number | undefined;
  /** Seconds between two signs of life. */
  natKeepaliveInterval?: number | undefined;
  /** CPU that it is for. */
  saPcpu?: number | undefined;
  /** IP-TFS: microseconds until a missing packet is given up. */
  iptfsDropTime?: number | undefined;
  /** IP-TFS: packets that may come late. */
  iptfsReorderWindow?: number | undefined;
  /** IP-TFS: packets are not split. */
  iptfsDontFrag?: true | undefined;
  /** IP-TFS: microseconds to wait for more packets. */
  iptfsInitDelay?: number | undefined;
  /** IP-TFS: bytes that may wait. */
  iptfsMaxQsize?: number | undefined;
  /** IP-TFS: bytes of a packet outside. */
  iptfsPktSize?: number | undefined;
}
/** Templates that a policy has at most (net/xfrm.h). */
const XFRM_MAX_DEPTH = 6;
/** The table of XFRMA_*. */
export const xfrmAttrs: AttrTable<XfrmAttrs> = /* @__PURE__ */ attrs<XfrmAttrs>("XFRMA_", () => ({
  algAuth: [1, xfrmAlgo],
  algCrypt: [2, xfrmAlgo],
  algComp: [3, xfrmAlgo],
  encap: [4, xfrmEncap],
  tmpl: [5, upTo(structs(xfrmTemplate), XFRM_MAX_DEPTH * xfrmTemplate.size)],
  sa: [6, xfrmStateInfo],
  policy: [7, xfrmPolicyInfo],
  secCtx: [8, xfrmSecurity],
  ltimeVal: [9, xfrmLifetime],
  replayVal: [10, xfrmReplay],
  replayThresh: [11, u32],
  etimerThresh: [12, u32],
  srcaddr: [13, ip],
  coaddr: [14, ip],
  lastused: [15, u64],
  policyType: [16, xfrmPolicyType],
  migrate: [17, upTo(structs(xfrmMigrate), XFRM_MAX_DEPTH * xfrmMigrate.size)],
  algAead: [18, xfrmAlgoAead],
  kmaddress: [19, xfrmKmAddress],
  algAuthTrunc: [20, xfrmAlgoAuth],
  mark: [21, xfrmMark],
  tfcpad: [22, u32],
  replayEsnVal: [23, xfrmReplayEsn],
  saExtraFlags: [24, u32],
  proto: [25, enumOf(u8, "IPPROTO_", IPPROTO)],
  addressFilter: [26, xfrmAddressFilter],
  offloadDev: [28, xfrmOffload],
  setMark: [29, u32],
  setMarkMask: [30, u32],
  ifId: [31, u32],
  mtimerThresh: [32, u32],
  saDir: [33, u8],
  natKeepaliveInterval: [34, u32],
  saPcpu: [35, u32],
  iptfsDropTime: [36, u32],
  iptfsReorderWindow: [37, u16],
  iptfsDontFrag: [38, flag],
  iptfsInitDelay: [39, u32],
  iptfsMaxQsize: [40, u32],
  iptfsPktSize: [41, u32],
}));

/** The hash of associations. */
export interface XfrmSadHashInfo {
  /** Buckets. */
  sadhcnt: number;
  /** Buckets at most. */
  sadhmcnt: number;
}
/** struct xfrmu_sadhinfo. */
export const xfrmSadHashInfo: Struct<XfrmSadHashInfo> = /* @__PURE__ */ struct<XfrmSadHashInfo>(
  "xfrmu_sadhinfo",
  "",
  8,
  () => ({
    sadhcnt: [0, u32],
    sadhmcnt: [4, u32],
  }),
);

/** Counters of associations. */
export interface XfrmSadAttrs extends Attrs {
  /** How many there are. */
  cnt?: number | undefined;
  /** Their hash. */
  hinfo?: XfrmSadHashInfo | undefined;
}
/** The table of XFRMA_SAD_*. */
export const xfrmSadAttrs: AttrTable<XfrmSadAttrs> = /* @__PURE__ */ attrs<XfrmSadAttrs>("XFRMA_SAD_", () => ({
  cnt: [1, u32],
  hinfo: [2, xfrmSadHashInfo],
}));

/** How many policies there are. */
export interface XfrmSpdInfo {
  /** Of what comes in. */
  incnt: number;
  /** Of what goes out. */
  outcnt: number;
  /** Of what is passed on. */
  fwdcnt: number;
  /** Of sockets, coming in. */
  inscnt: number;
  /** Of sockets, going out. */
  outscnt: number;
  /** Never any. */
  fwdscnt: number;
}
/** struct xfrmu_spdinfo. */
export const xfrmSpdInfo: Struct<XfrmSpdInfo> = /* @__PURE__ */ struct<XfrmSpdInfo>("xfrmu_spdinfo", "", 24, () => ({
  incnt: [0, u32],
  outcnt: [4, u32],
  fwdcnt: [8, u32],
  inscnt: [12, u32],
  outscnt: [16, u32],
  fwdscnt: [20, u32],
}));

/** The hash of policies. */
export interface XfrmSpdHashInfo {
  /** Buckets. */
  spdhcnt: number;
  /** Buckets at most. */
  spdhmcnt: number;
}
/** struct xfrmu_spdhinfo. */
export const xfrmSpdHashInfo: Struct<XfrmSpdHashInfo> = /* @__PURE__ */ struct<XfrmSpdHashInfo>(
  "xfrmu_spdhinfo",
  "",
  8,
  () => ({
    spdhcnt: [0, u32],
    spdhmcnt: [4, u32],
  }),
);

/** Which policies are hashed. */
export interface XfrmSpdThreshold {
  /** Bits of the local network, at least. */
  lbits: number;
  /** Bits of the remote one, at least. */
  rbits: number;
}
/** struct xfrmu_spdhthresh. */
export const xfrmSpdThreshold: Struct<XfrmSpdThreshold> = /* @__PURE__ */ struct<XfrmSpdThreshold>(
  "xfrmu_spdhthresh",
  "",
  2,
  () => ({
    lbits: [0, u8],
    rbits: [1, u8],
  }),
);

/** Counters of policies. */
export interface XfrmSpdAttrs extends Attrs {
  /** How many there are. */
  info?: XfrmSpdInfo | undefined;
  /** Their hash. */
  hinfo?: XfrmSpdHashInfo | undefined;
  /** Which of IPv4 are hashed. */
  ipv4Hthresh?: XfrmSpdThreshold | undefined;
  /** Which of IPv6 are. */
  ipv6Hthresh?: XfrmSpdThreshold | undefined;
}
/** The table of XFRMA_SPD_*. */
export const xfrmSpdAttrs: AttrTable<XfrmSpdAttrs> = /* @__PURE__ */ attrs<XfrmSpdAttrs>("XFRMA_SPD_", () => ({
  info: [1, xfrmSpdInfo],
  hinfo: [2, xfrmSpdHashInfo],
  ipv4Hthresh: [3, xfrmSpdThreshold],
  ipv6Hthresh: [4, xfrmSpdThreshold],
}));
