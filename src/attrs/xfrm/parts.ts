// Structs of NETLINK_XFRM that are attributes. Keys are masked where messages are printed.

import { address, chars } from "../../codec/bits.ts";
import type { Struct, Tailed } from "../../codec/codec.ts";
import { be16, be32, enumOf, s32, u8, u16, u32 } from "../../codec/int.ts";
import { tailed } from "../../codec/nests.ts";
import { arrayOf, bytes } from "../../codec/scalars.ts";
import { secret, upTo } from "../../codec/secret.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { IPPROTO } from "../ip-protocols.ts";
import { XFRM_MODE } from "./shared.ts";

/** What an algorithm begins with. */
export interface XfrmAlgoHeader {
  /** Its name. */
  name: string;
  /** Bits of the key. */
  keyLen: number;
}
/** struct xfrm_algo. */
export const xfrmAlgoHeader: Struct<XfrmAlgoHeader> = /* @__PURE__ */ struct<XfrmAlgoHeader>(
  "xfrm_algo",
  "alg_",
  68,
  () => ({
    name: [0, chars(64)],
    keyLen: [64, u32],
  }),
);

/** An algorithm and its key. */
export interface XfrmAlgo extends XfrmAlgoHeader {
  /** The key. */
  key: Uint8Array;
}
/** An algorithm and its key. */
export const xfrmAlgo: Tailed<XfrmAlgo> = /* @__PURE__ */ tailed<XfrmAlgo, Uint8Array>(
  xfrmAlgoHeader,
  "key",
  /* @__PURE__ */ secret(bytes),
  "alg_key",
);

/** What an algorithm of integrity begins with. */
export interface XfrmAlgoAuthHeader {
  /** Its name. */
  name: string;
  /** Bits of the key. */
  keyLen: number;
  /** Bits of the checksum. */
  truncLen: number;
}
/** struct xfrm_algo_auth. */
export const xfrmAlgoAuthHeader: Struct<XfrmAlgoAuthHeader> = /* @__PURE__ */ struct<XfrmAlgoAuthHeader>(
  "xfrm_algo_auth",
  "alg_",
  72,
  () => ({
    name: [0, chars(64)],
    keyLen: [64, u32],
    truncLen: [68, u32],
  }),
);

/** An algorithm of integrity and its key. */
export interface XfrmAlgoAuth extends XfrmAlgoAuthHeader {
  /** The key. */
  key: Uint8Array;
}
/** An algorithm of integrity and its key. */
export const xfrmAlgoAuth: Tailed<XfrmAlgoAuth> = /* @__PURE__ */ tailed<XfrmAlgoAuth, Uint8Array>(
  xfrmAlgoAuthHeader,
  "key",
  /* @__PURE__ */ secret(bytes),
  "alg_key",
);

/** What a cipher with integrity begins with. */
export interface XfrmAlgoAeadHeader {
  /** Its name. */
  name: string;
  /** Bits of the key. */
  keyLen: number;
  /** Bits of the checksum. */
  icvLen: number;
}
/** struct xfrm_algo_aead. */
export const xfrmAlgoAeadHeader: Struct<XfrmAlgoAeadHeader> = /* @__PURE__ */ struct<XfrmAlgoAeadHeader>(
  "xfrm_algo_aead",
  "alg_",
  72,
  () => ({
    name: [0, chars(64)],
    keyLen: [64, u32],
    icvLen: [68, u32],
  }),
);

/** A cipher with integrity and its key. */
export interface XfrmAlgoAead extends XfrmAlgoAeadHeader {
  /** The key. */
  key: Uint8Array;
}
/** A cipher with integrity and its key. */
export const xfrmAlgoAead: Tailed<XfrmAlgoAead> = /* @__PURE__ */ tailed<XfrmAlgoAead, Uint8Array>(
  xfrmAlgoAeadHeader,
  "key",
  /* @__PURE__ */ secret(bytes),
  "alg_key",
);

/** UDP or TCP around ESP. */
export interface XfrmEncap {
  /** 1 ESP in UDP of old, 2 ESP in UDP, 7 ESP in TCP. */
  type: number;
  /** Source port. */
  sport: number;
  /** Destination port. */
  dport: number;
  /** Original address; never used by the kernel. */
  oa: string;
}
/** struct xfrm_encap_tmpl. */
export const xfrmEncap: Struct<XfrmEncap> = /* @__PURE__ */ struct<XfrmEncap>("xfrm_encap_tmpl", "encap_", 24, () => ({
  type: [0, u16],
  sport: [2, be16],
  dport: [4, be16],
  oa: [8, address(16)],
}));

/** How a policy wants packets wrapped. */
export interface XfrmTemplate {
  /** AF. */
  family: number;
  /** Destination. */
  idDaddr: string;
  /** Index of the association (SPI). */
  idSpi: number;
  /** IPPROTO: ESP 50, AH 51, COMP 108. */
  idProto: number;
  /** Source. */
  saddr: string;
  /** Id of the association. */
  reqid: number;
  /** XFRM_MODE. */
  mode: number;
  /** Who may share it: 0 any. */
  share: number;
  /** 1: packets without it will do. */
  optional: number;
  /** Algorithms of integrity that will do, as bits. */
  aalgos: number;
  /** Ciphers. */
  ealgos: number;
  /** Compressions. */
  calgos: number;
}
/** struct xfrm_user_tmpl. */
export const xfrmTemplate: Struct<XfrmTemplate> = /* @__PURE__ */ struct<XfrmTemplate>(
  "xfrm_user_tmpl",
  "",
  64,
  () => ({
    family: [24, enumOf(u16, "AF_", AF)],
    idDaddr: [0, address(16, "family"), "id.daddr"],
    idSpi: [16, be32, "id.spi"],
    idProto: [20, enumOf(u8, "IPPROTO_", IPPROTO), "id.proto"],
    saddr: [28, address(16, "family")],
    reqid: [44, u32],
    mode: [48, enumOf(u8, "XFRM_MODE_", XFRM_MODE)],
    share: [49, u8],
    optional: [50, u8],
    aalgos: [52, u32],
    ealgos: [56, u32],
    calgos: [60, u32],
  }),
);

/** What a security label begins with. */
export interface XfrmSecurityHeader {
  /** Bytes of it all. */
  len: number;
  /** XFRMA_SEC_CTX. */
  exttype: number;
  /** 1 SELinux. */
  ctxAlg: number;
  /** 1 LSM. */
  ctxDoi: number;
  /** Bytes of the label. */
  ctxLen: number;
}
/** struct xfrm_user_sec_ctx. */
export const xfrmSecurityHeader: Struct<XfrmSecurityHeader> = /* @__PURE__ */ struct<XfrmSecurityHeader>(
  "xfrm_user_sec_ctx",
  "",
  8,
  () => ({
    len: [0, u16],
    exttype: [2, u16],
    ctxAlg: [4, u8],
    ctxDoi: [5, u8],
    ctxLen: [6, u16],
  }),
);

/** A security label. */
export interface XfrmSecurity extends XfrmSecurityHeader {
  /** The label. */
  label: Uint8Array;
}
/** A security label. */
export const xfrmSecurity: Tailed<XfrmSecurity> = /* @__PURE__ */ tailed<XfrmSecurity, Uint8Array>(
  xfrmSecurityHeader,
  "label",
  /* @__PURE__ */ upTo(bytes, (header) => (header as XfrmSecurityHeader).ctxLen),
  "label",
);

/** Which packets have come. */
export interface XfrmReplay {
  /** Number of the last sent. */
  oseq: number;
  /** Number of the last received. */
  seq: number;
  /** Which of the 32 before it. */
  bitmap: number;
}
/** struct xfrm_replay_state. */
export const xfrmReplay: Struct<XfrmReplay> = /* @__PURE__ */ struct<XfrmReplay>("xfrm_replay_state", "", 12, () => ({
  oseq: [0, u32],
  seq: [4, u32],
  bitmap: [8, u32],
}));

/** What the long form begins with. */
export interface XfrmReplayEsnHeader {
  /** Words of the bitmap. */
  bmpLen: number;
  /** Number of the last sent. */
  oseq: number;
  /** Number of the last received. */
  seq: number;
  /** Upper half of that sent. */
  oseqHi: number;
  /** Upper half of that received. */
  seqHi: number;
  /** Packets that may come late. */
  replayWindow: number;
}
/** struct xfrm_replay_state_esn. */
export const xfrmReplayEsnHeader: Struct<XfrmReplayEsnHeader> = /* @__PURE__ */ struct<XfrmReplayEsnHeader>(
  "xfrm_replay_state_esn",
  "",
  24,
  () => ({
    bmpLen: [0, u32],
    oseq: [4, u32],
    seq: [8, u32],
    oseqHi: [12, u32],
    seqHi: [16, u32],
    replayWindow: [20, u32],
  }),
);

/** Which packets have come, the long form. */
export interface XfrmReplayEsn extends XfrmReplayEsnHeader {
  /** Which of those before the last. */
  bmp: readonly number[];
}
/** XFRMA_REPLAY_ESN_MAX of linux/xfrm.h, 4096 packets, in words of 32 bits: the kernel refuses more (verify_replay, net/xfrm/xfrm_user.c). */
const XFRMA_REPLAY_ESN_WORDS = 128;

/** Which packets have come, the long form. */
export const xfrmReplayEsn: Tailed<XfrmReplayEsn> = /* @__PURE__ */ tailed<XfrmReplayEsn, readonly number[]>(
  xfrmReplayEsnHeader,
  "bmp",
  /* @__PURE__ */ upTo(/* @__PURE__ */ arrayOf(u32), (header) => {
    const { bmpLen } = header as XfrmReplayEsnHeader;
    return bmpLen > XFRMA_REPLAY_ESN_WORDS ? 0 : bmpLen * 4;
  }),
  "bmp",
);

/** Sort of a policy. */
export interface XfrmPolicyType {
  /** 0 main, 1 sub. */
  type: number;
}
/** struct xfrm_userpolicy_type. */
export const xfrmPolicyType: Struct<XfrmPolicyType> = /* @__PURE__ */ struct<XfrmPolicyType>(
  "xfrm_userpolicy_type",
  "",
  6,
  () => ({
    type: [0, u8],
  }),
);

/** Addresses of a tunnel that change. */
export interface XfrmMigrate {
  /** AF before. */
  oldFamily: number;
  /** AF then. */
  newFamily: number;
  /** Destination before. */
  oldDaddr: string;
  /** Source before. */
  oldSaddr: string;
  /** Destination then. */
  newDaddr: string;
  /** Source then. */
  newSaddr: string;
  /** IPPROTO. */
  proto: number;
  /** XFRM_MODE. */
  mode: number;
  /** Id of the association. */
  reqid: number;
}
/** struct xfrm_user_migrate. */
export const xfrmMigrate: Struct<XfrmMigrate> = /* @__PURE__ */ struct<XfrmMigrate>(
  "xfrm_user_migrate",
  "",
  76,
  () => ({
    oldFamily: [72, enumOf(u16, "AF_", AF)],
    newFamily: [74, enumOf(u16, "AF_", AF)],
    oldDaddr: [0, address(16, "oldFamily")],
    oldSaddr: [16, address(16, "oldFamily")],
    newDaddr: [32, address(16, "newFamily")],
    newSaddr: [48, address(16, "newFamily")],
    proto: [64, enumOf(u8, "IPPROTO_", IPPROTO)],
    mode: [65, enumOf(u8, "XFRM_MODE_", XFRM_MODE)],
    reqid: [68, u32],
  }),
);

/** Where the key daemons are. */
export interface XfrmKmAddress {
  /** AF. */
  family: number;
  /** Ours. */
  local: string;
  /** The other's. */
  remote: string;
}
/** struct xfrm_user_kmaddress. */
export const xfrmKmAddress: Struct<XfrmKmAddress> = /* @__PURE__ */ struct<XfrmKmAddress>(
  "xfrm_user_kmaddress",
  "",
  40,
  () => ({
    family: [36, enumOf(u16, "AF_", AF)],
    local: [0, address(16, "family")],
    remote: [16, address(16, "family")],
  }),
);

/** A mark. */
export interface XfrmMark {
  /** The mark. */
  v: number;
  /** Which bits of it count. */
  m: number;
}
/** struct xfrm_mark. */
export const xfrmMark: Struct<XfrmMark> = /* @__PURE__ */ struct<XfrmMark>("xfrm_mark", "", 8, () => ({
  v: [0, u32],
  m: [4, u32],
}));

/** Which associations a dump is to hold. */
export interface XfrmAddressFilter {
  /** AF. */
  family: number;
  /** Source network. */
  saddr: string;
  /** Destination network. */
  daddr: string;
  /** Bits of the source that count. */
  splen: number;
  /** Bits of the destination that count. */
  dplen: number;
}
/** struct xfrm_address_filter. */
export const xfrmAddressFilter: Struct<XfrmAddressFilter> = /* @__PURE__ */ struct<XfrmAddressFilter>(
  "xfrm_address_filter",
  "",
  36,
  () => ({
    family: [32, enumOf(u16, "AF_", AF)],
    saddr: [0, address(16, "family")],
    daddr: [16, address(16, "family")],
    splen: [34, u8],
    dplen: [35, u8],
  }),
);

/** The link that does it. */
export interface XfrmOffload {
  /** Index of the link. */
  ifindex: number;
  /** 1 IPv6, 2 of what comes in, 4 whole packets. */
  flags: number;
}
/** struct xfrm_user_offload. */
export const xfrmOffload: Struct<XfrmOffload> = /* @__PURE__ */ struct<XfrmOffload>("xfrm_user_offload", "", 8, () => ({
  ifindex: [0, s32],
  flags: [4, u8],
}));
