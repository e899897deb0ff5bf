// INET_DIAG_ULP_INFO: what lies upon a TCP socket, TLS in the kernel or Multipath TCP.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable } from "../../codec/codec.ts";
import { enumOf, flagsOf, u8, u16, u32, u64 } from "../../codec/int.ts";
import { flag, string } from "../../codec/scalars.ts";

/**
 * Who encrypts, TLS_CONF_* of linux/tls.h.
 * @enum
 */
export const TLS_CONF = { BASE: 1, SW: 2, HW: 3, HW_RECORD: 4 } as const;
/**
 * State of a subflow, MPTCP_SUBFLOW_FLAG_* of linux/mptcp.h.
 * @enum
 */
export const MPTCP_SUBFLOW_FLAG = {
  MCAP_REM: 1,
  MCAP_LOC: 2,
  JOIN_REM: 4,
  JOIN_LOC: 8,
  BKUP_REM: 0x10,
  BKUP_LOC: 0x20,
  FULLY_ESTABLISHED: 0x40,
  CONNECTED: 0x80,
  MAPVALID: 0x100,
} as const;

/** TLS in the kernel. */
export interface TlsInfo extends Attrs {
  /** 0x0303 is TLS 1.2, 0x0304 TLS 1.3. */
  version?: number | undefined;
  /** TLS_CIPHER_* of linux/tls.h: 51 AES-GCM-128, 52 AES-GCM-256, 54 ChaCha20-Poly1305. */
  cipher?: number | undefined;
  /** Who encrypts what is sent: TLS_CONF. */
  txconf?: number | undefined;
  /** Who decrypts what comes in: TLS_CONF. */
  rxconf?: number | undefined;
  /** sendfile without a copy. */
  zcRoTx?: true | undefined;
  /** TLS 1.3 without padding is expected. */
  rxNoPad?: true | undefined;
}
/** The table of TLS_INFO_*. */
export const tlsInfo: AttrTable<TlsInfo> = /* @__PURE__ */ attrs<TlsInfo>("TLS_INFO_", () => ({
  version: [1, u16],
  cipher: [2, u16],
  txconf: [3, enumOf(u16, "TLS_CONF_", TLS_CONF)],
  rxconf: [4, enumOf(u16, "TLS_CONF_", TLS_CONF)],
  zcRoTx: [5, flag],
  rxNoPad: [6, flag],
}));

/** A subflow of Multipath TCP. */
export interface MptcpSubflow extends Attrs {
  /** The peer's token. */
  tokenRem?: number | undefined;
  /** Our token. */
  tokenLoc?: number | undefined;
  /** Next sequence number of this subflow, relative to its beginning. */
  relwriteSeq?: number | undefined;
  /** Where in the connection the present mapping begins. */
  mapSeq?: bigint | undefined;
  /** Where in the subflow it begins. */
  mapSfseq?: number | undefined;
  /** What the subflow's numbers are shifted by. */
  ssnOffset?: number | undefined;
  /** Bytes of the mapping. */
  mapDatalen?: number | undefined;
  /** MPTCP_SUBFLOW_FLAG. */
  flags?: number | undefined;
  /** Number of the peer's address. */
  idRem?: number | undefined;
  /** Number of our address. */
  idLoc?: number | undefined;
}
/** The table of MPTCP_SUBFLOW_ATTR_*. */
export const mptcpSubflow: AttrTable<MptcpSubflow> = /* @__PURE__ */ attrs<MptcpSubflow>("MPTCP_SUBFLOW_ATTR_", () => ({
  tokenRem: [1, u32],
  tokenLoc: [2, u32],
  relwriteSeq: [3, u32],
  mapSeq: [4, u64],
  mapSfseq: [5, u32],
  ssnOffset: [6, u32],
  mapDatalen: [7, u16],
  flags: [8, flagsOf(u32, "MPTCP_SUBFLOW_FLAG_", MPTCP_SUBFLOW_FLAG)],
  idRem: [9, u8],
  idLoc: [10, u8],
}));

/** What lies upon a TCP socket. */
export interface UlpInfo extends Attrs {
  /** "tls", "mptcp". */
  name?: string | undefined;
  /** TLS. */
  tls?: TlsInfo | undefined;
  /** Multipath TCP. */
  mptcp?: MptcpSubflow | undefined;
}
/** The table of INET_ULP_INFO_*. */
export const ulpInfo: AttrTable<UlpInfo> = /* @__PURE__ */ attrs<UlpInfo>("INET_ULP_INFO_", () => ({
  name: [1, string],
  tls: [2, tlsInfo],
  mptcp: [3, mptcpSubflow],
}));
