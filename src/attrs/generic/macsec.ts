// macsec: MACSEC_CMD_* and MACSEC_*ATTR_*. Its keys are masked where messages are printed.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { u8, u32, u64 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs, indexed } from "../../codec/nests.ts";
import { bytes } from "../../codec/scalars.ts";
import { secret, upTo } from "../../codec/secret.ts";
import { type GenlHeader, genlHeaderOf } from "./header.ts";

/**
 * Commands of macsec, MACSEC_CMD_* of linux/if_macsec.h.
 * @enum
 */
export const MACSEC_CMD = {
  GET_TXSC: 0,
  ADD_RXSC: 1,
  DEL_RXSC: 2,
  UPD_RXSC: 3,
  ADD_TXSA: 4,
  DEL_TXSA: 5,
  UPD_TXSA: 6,
  ADD_RXSA: 7,
  DEL_RXSA: 8,
  UPD_RXSA: 9,
  UPD_OFFLOAD: 10,
} as const;

/** Counters of the sending channel. */
export interface MacsecTxscStats extends Attrs {
  /** Packets with integrity alone. */
  outPktsProtected?: bigint | undefined;
  /** Packets encrypted. */
  outPktsEncrypted?: bigint | undefined;
  /** Bytes with integrity alone. */
  outOctetsProtected?: bigint | undefined;
  /** Bytes encrypted. */
  outOctetsEncrypted?: bigint | undefined;
}
/** The table of MACSEC_TXSC_STATS_ATTR_*. */
export const macsecTxscStats: AttrTable<MacsecTxscStats> = /* @__PURE__ */ attrs<MacsecTxscStats>(
  "MACSEC_TXSC_STATS_ATTR_",
  () => ({
    outPktsProtected: [1, u64],
    outPktsEncrypted: [2, u64],
    outOctetsProtected: [3, u64],
    outOctetsEncrypted: [4, u64],
  }),
);

/** Counters of a receiving channel. */
export interface MacsecRxscStats extends Attrs {
  /** Bytes checked. */
  inOctetsValidated?: bigint | undefined;
  /** Bytes decrypted. */
  inOctetsDecrypted?: bigint | undefined;
  /** Packets not checked. */
  inPktsUnchecked?: bigint | undefined;
  /** Packets older than the window, and accepted. */
  inPktsDelayed?: bigint | undefined;
  /** Packets accepted. */
  inPktsOk?: bigint | undefined;
  /** Packets that failed, and were accepted. */
  inPktsInvalid?: bigint | undefined;
  /** Packets older than the window, and dropped. */
  inPktsLate?: bigint | undefined;
  /** Packets that failed, and were dropped. */
  inPktsNotValid?: bigint | undefined;
  /** Packets of an association that is not in use, dropped. */
  inPktsNotUsingSa?: bigint | undefined;
  /** Packets of an association that is not in use, accepted. */
  inPktsUnusedSa?: bigint | undefined;
}
/** The table of MACSEC_RXSC_STATS_ATTR_*. */
export const macsecRxscStats: AttrTable<MacsecRxscStats> = /* @__PURE__ */ attrs<MacsecRxscStats>(
  "MACSEC_RXSC_STATS_ATTR_",
  () => ({
    inOctetsValidated: [1, u64],
    inOctetsDecrypted: [2, u64],
    inPktsUnchecked: [3, u64],
    inPktsDelayed: [4, u64],
    inPktsOk: [5, u64],
    inPktsInvalid: [6, u64],
    inPktsLate: [7, u64],
    inPktsNotValid: [8, u64],
    inPktsNotUsingSa: [9, u64],
    inPktsUnusedSa: [10, u64],
  }),
);

/** Counters of an association. */
export interface MacsecSaStats extends Attrs {
  /** Packets accepted. */
  inPktsOk?: number | undefined;
  /** Packets that failed, and were accepted. */
  inPktsInvalid?: number | undefined;
  /** Packets that failed, and were dropped. */
  inPktsNotValid?: number | undefined;
  /** Packets while it was not in use, dropped. */
  inPktsNotUsingSa?: number | undefined;
  /** Packets while it was not in use, accepted. */
  inPktsUnusedSa?: number | undefined;
  /** Packets sent with integrity alone. */
  outPktsProtected?: number | undefined;
  /** Packets sent encrypted. */
  outPktsEncrypted?: number | undefined;
}
/** The table of MACSEC_SA_STATS_ATTR_*. */
export const macsecSaStats: AttrTable<MacsecSaStats> = /* @__PURE__ */ attrs<MacsecSaStats>(
  "MACSEC_SA_STATS_ATTR_",
  () => ({
    inPktsOk: [1, u32],
    inPktsInvalid: [2, u32],
    inPktsNotValid: [3, u32],
    inPktsNotUsingSa: [4, u32],
    inPktsUnusedSa: [5, u32],
    outPktsProtected: [6, u32],
    outPktsEncrypted: [7, u32],
  }),
);

/** Counters of the link. */
export interface MacsecSecyStats extends Attrs {
  /** Packets sent without tag. */
  outPktsUntagged?: bigint | undefined;
  /** Packets received without tag, accepted. */
  inPktsUntagged?: bigint | undefined;
  /** Packets too long to be sent. */
  outPktsTooLong?: bigint | undefined;
  /** Packets received without tag, dropped. */
  inPktsNoTag?: bigint | undefined;
  /** Packets with a bad tag. */
  inPktsBadTag?: bigint | undefined;
  /** Packets of a channel nobody knows, accepted. */
  inPktsUnknownSci?: bigint | undefined;
  /** Packets of a channel nobody knows, dropped. */
  inPktsNoSci?: bigint | undefined;
  /** Packets that came too fast. */
  inPktsOverrun?: bigint | undefined;
}
/** The table of MACSEC_SECY_STATS_ATTR_*. */
export const macsecSecyStats: AttrTable<MacsecSecyStats> = /* @__PURE__ */ attrs<MacsecSecyStats>(
  "MACSEC_SECY_STATS_ATTR_",
  () => ({
    outPktsUntagged: [1, u64],
    inPktsUntagged: [2, u64],
    outPktsTooLong: [3, u64],
    inPktsNoTag: [4, u64],
    inPktsBadTag: [5, u64],
    inPktsUnknownSci: [6, u64],
    inPktsNoSci: [7, u64],
    inPktsOverrun: [8, u64],
  }),
);

/** An association: a key in use. */
export interface MacsecSa extends Attrs {
  /** Its number, 0 to 3. */
  an?: number | undefined;
  /** 1: in use. */
  active?: number | undefined;
  /** Next packet number; of XPN suites in 8 bytes. */
  pn?: number | undefined;
  /** The key. */
  key?: Uint8Array | undefined;
  /** Id of the key: 16 bytes. */
  keyid?: Uint8Array | undefined;
  /** Counters. */
  stats?: MacsecSaStats | undefined;
  /** XPN: short id of the channel. */
  ssci?: number | undefined;
  /** XPN: 12 bytes that go into every nonce. */
  salt?: Uint8Array | undefined;
}
/** The table of MACSEC_SA_ATTR_*. */
export const macsecSa: AttrTable<MacsecSa> = /* @__PURE__ */ attrs<MacsecSa>("MACSEC_SA_ATTR_", () => ({
  an: [1, u8],
  active: [2, u8],
  pn: [3, u32],
  key: [4, secret(bytes)],
  keyid: [5, upTo(bytes, 16)],
  stats: [6, macsecSaStats],
  ssci: [8, u32],
  salt: [9, secret(bytes)],
}));

/** A receiving channel. */
export interface MacsecRxsc extends Attrs {
  /** Its id: address and port, network order. */
  sci?: bigint | undefined;
  /** 1: in use. */
  active?: number | undefined;
  /** Its associations. */
  saList?: readonly MacsecSa[] | undefined;
  /** Counters. */
  stats?: MacsecRxscStats | undefined;
}
/** The table of MACSEC_RXSC_ATTR_*. */
export const macsecRxsc: AttrTable<MacsecRxsc> = /* @__PURE__ */ attrs<MacsecRxsc>("MACSEC_RXSC_ATTR_", () => ({
  sci: [1, u64],
  active: [2, u8],
  saList: [3, indexed(macsecSa)],
  stats: [4, macsecRxscStats],
}));

/** A link. */
export interface MacsecSecy extends Attrs {
  /** Id of its sending channel, network order. */
  sci?: bigint | undefined;
  /** Association that it sends by. */
  encodingSa?: number | undefined;
  /** Packets that may come late. */
  window?: number | undefined;
  /** Cipher. */
  cipherSuite?: bigint | undefined;
  /** Bytes of the checksum. */
  icvLen?: number | undefined;
  /** 1: what it sends is protected. */
  protect?: number | undefined;
  /** 1: packets that come twice or late are dropped. */
  replay?: number | undefined;
  /** 1: it works. */
  oper?: number | undefined;
  /** 0 disabled, 1 check, 2 strict. */
  validate?: number | undefined;
  /** 1: what it sends is encrypted. */
  encrypt?: number | undefined;
  /** 1: the channel's id is in every packet. */
  incSci?: number | undefined;
  /** 1: end station. */
  es?: number | undefined;
  /** 1: single copy broadcast. */
  scb?: number | undefined;
}
/** The table of MACSEC_SECY_ATTR_*. */
export const macsecSecy: AttrTable<MacsecSecy> = /* @__PURE__ */ attrs<MacsecSecy>("MACSEC_SECY_ATTR_", () => ({
  sci: [1, u64],
  encodingSa: [2, u8],
  window: [3, u32],
  cipherSuite: [4, u64],
  icvLen: [5, u8],
  protect: [6, u8],
  replay: [7, u8],
  oper: [8, u8],
  validate: [9, u8],
  encrypt: [10, u8],
  incSci: [11, u8],
  es: [12, u8],
  scb: [13, u8],
}));

/** Who does it. */
export interface MacsecOffload extends Attrs {
  /** 0 the kernel, 1 the PHY, 2 the MAC. */
  type?: number | undefined;
}
/** The table of MACSEC_OFFLOAD_ATTR_*. */
export const macsecOffload: AttrTable<MacsecOffload> = /* @__PURE__ */ attrs<MacsecOffload>(
  "MACSEC_OFFLOAD_ATTR_",
  () => ({
    type: [1, u8],
  }),
);

/** Attributes of a macsec link. */
export interface MacsecAttrs extends Attrs {
  /** Its index. */
  ifindex?: number | undefined;
  /** Request: a receiving channel. */
  rxscConfig?: MacsecRxsc | undefined;
  /** Request: an association. */
  saConfig?: MacsecSa | undefined;
  /** What it is like. */
  secy?: MacsecSecy | undefined;
  /** Associations that it sends by. */
  txsaList?: readonly MacsecSa[] | undefined;
  /** Receiving channels. */
  rxscList?: readonly MacsecRxsc[] | undefined;
  /** Counters of the sending channel. */
  txscStats?: MacsecTxscStats | undefined;
  /** Counters of the link. */
  secyStats?: MacsecSecyStats | undefined;
  /** Who does it. */
  offload?: MacsecOffload | undefined;
}
/** The table of MACSEC_ATTR_*. */
export const macsecAttrs: AttrTable<MacsecAttrs> = /* @__PURE__ */ attrs<MacsecAttrs>("MACSEC_ATTR_", () => ({
  ifindex: [1, u32],
  rxscConfig: [2, macsecRxsc],
  saConfig: [3, macsecSa],
  secy: [4, macsecSecy],
  txsaList: [5, indexed(macsecSa)],
  rxscList: [6, indexed(macsecRxsc)],
  txscStats: [7, macsecTxscStats],
  secyStats: [8, macsecSecyStats],
  offload: [9, macsecOffload],
}));

const macsecHeader: Struct<GenlHeader> = /* @__PURE__ */ genlHeaderOf(() => ({
  prefix: "MACSEC_CMD_",
  values: MACSEC_CMD,
}));
/** What stands behind nlmsghdr in messages of macsec. */
export type MacsecBody = HeaderAndAttrs<GenlHeader, MacsecAttrs>;
/** The body of messages of macsec. */
export const macsecBody: Body<MacsecBody> = /* @__PURE__ */ body<GenlHeader, MacsecAttrs>(macsecHeader, macsecAttrs);
