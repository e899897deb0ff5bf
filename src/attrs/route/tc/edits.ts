// Actions that change the packet: TCA_ACT_OPTIONS of vlan, nat, csum, mpls, pedit, skbmod, tunnel_key.

import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import { address } from "../../../codec/bits.ts";
import type { AttrTable, Struct, Tailed } from "../../../codec/codec.ts";
import { embedded } from "../../../codec/embedded.ts";
import { be16, be32, flagsOf, s32, u8, u16, u32, u64 } from "../../../codec/int.ts";
import { tailed } from "../../../codec/nests.ts";
import { bytes, flag, hardware, ip, repeated } from "../../../codec/scalars.ts";
import { structs } from "../../../codec/sequence.ts";
import { struct } from "../../../codec/struct.ts";
import { type TcActionParms, type TcTimes, tcActionParms, tcTimes } from "./common.ts";

/** vlan. */
export interface TcVlanParms extends TcActionParms {
  /** 1 pop, 2 push, 3 modify, 4 pop the Ethernet header, 5 push one. */
  vAction: number;
}
/** struct tc_vlan. */
export const tcVlanParms: Struct<TcVlanParms> = /* @__PURE__ */ struct<TcVlanParms>("tc_vlan", "", 24, () => ({
  ...embedded("", 0, tcActionParms),
  vAction: [20, s32],
}));

/** vlan: tags on and off. */
export interface TcVlan extends Attrs {
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** What is done. */
  parms?: TcVlanParms | undefined;
  /** VLAN. */
  pushVlanId?: number | undefined;
  /** 0x8100 or 0x88a8. */
  pushVlanProtocol?: number | undefined;
  /** Priority. */
  pushVlanPriority?: number | undefined;
  /** Destination of the new Ethernet header. */
  pushEthDst?: string | undefined;
  /** Its source. */
  pushEthSrc?: string | undefined;
}
/** The table of TCA_VLAN_*. */
export const tcVlan: AttrTable<TcVlan> = /* @__PURE__ */ attrs<TcVlan>("TCA_VLAN_", () => ({
  tm: [1, tcTimes],
  parms: [2, tcVlanParms],
  pushVlanId: [3, u16],
  pushVlanProtocol: [4, be16],
  pushVlanPriority: [6, u8],
  pushEthDst: [7, hardware],
  pushEthSrc: [8, hardware],
}));

/** nat. */
export interface TcNatParms extends TcActionParms {
  /** Address to be replaced. */
  oldAddr: string;
  /** Its replacement. */
  newAddr: string;
  /** Bits that are. */
  mask: string;
  /** 1: of the source, where packets leave. */
  flags: number;
}
/** struct tc_nat. */
export const tcNatParms: Struct<TcNatParms> = /* @__PURE__ */ struct<TcNatParms>("tc_nat", "", 36, () => ({
  ...embedded("", 0, tcActionParms),
  oldAddr: [20, address(4)],
  newAddr: [24, address(4)],
  mask: [28, address(4)],
  flags: [32, u32],
}));

/** nat: addresses without state. */
export interface TcNat extends Attrs {
  /** Which addresses. */
  parms?: TcNatParms | undefined;
  /** When it was made and used. */
  tm?: TcTimes | undefined;
}
/** The table of TCA_NAT_*. */
export const tcNat: AttrTable<TcNat> = /* @__PURE__ */ attrs<TcNat>("TCA_NAT_", () => ({
  parms: [1, tcNatParms],
  tm: [2, tcTimes],
}));

/**
 * Which checksums, TCA_CSUM_UPDATE_FLAG_* of linux/tc_act/tc_csum.h.
 * @enum
 */
export const TCA_CSUM_UPDATE_FLAG = {
  IPV4HDR: 1,
  ICMP: 2,
  IGMP: 4,
  TCP: 8,
  UDP: 16,
  UDPLITE: 32,
  SCTP: 64,
} as const;

/** csum. */
export interface TcCsumParms extends TcActionParms {
  /** TCA_CSUM_UPDATE_FLAG. */
  updateFlags: number;
}
/** struct tc_csum. */
export const tcCsumParms: Struct<TcCsumParms> = /* @__PURE__ */ struct<TcCsumParms>("tc_csum", "", 24, () => ({
  ...embedded("", 0, tcActionParms),
  updateFlags: [20, flagsOf(u32, "TCA_CSUM_UPDATE_FLAG_", TCA_CSUM_UPDATE_FLAG)],
}));

/** csum: checksums anew. */
export interface TcCsum extends Attrs {
  /** Which ones. */
  parms?: TcCsumParms | undefined;
  /** When it was made and used. */
  tm?: TcTimes | undefined;
}
/** The table of TCA_CSUM_*. */
export const tcCsum: AttrTable<TcCsum> = /* @__PURE__ */ attrs<TcCsum>("TCA_CSUM_", () => ({
  parms: [1, tcCsumParms],
  tm: [2, tcTimes],
}));

/** mpls. */
export interface TcMplsParms extends TcActionParms {
  /** 1 pop, 2 push, 3 modify, 4 decrease TTL, 5 push a MAC header's. */
  mAction: number;
}
/** struct tc_mpls. */
export const tcMplsParms: Struct<TcMplsParms> = /* @__PURE__ */ struct<TcMplsParms>("tc_mpls", "", 24, () => ({
  ...embedded("", 0, tcActionParms),
  mAction: [20, s32],
}));

/** mpls: labels on and off. */
export interface TcMpls extends Attrs {
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** What is done. */
  parms?: TcMplsParms | undefined;
  /** EtherType then. */
  proto?: number | undefined;
  /** Label. */
  label?: number | undefined;
  /** Traffic class. */
  tc?: number | undefined;
  /** Time to live. */
  ttl?: number | undefined;
  /** 1: bottom of the stack. */
  bos?: number | undefined;
}
/** The table of TCA_MPLS_*. */
export const tcMpls: AttrTable<TcMpls> = /* @__PURE__ */ attrs<TcMpls>("TCA_MPLS_", () => ({
  tm: [1, tcTimes],
  parms: [2, tcMplsParms],
  proto: [4, be16],
  label: [5, u32],
  tc: [6, u8],
  ttl: [7, u8],
  bos: [8, u8],
}));

/** What pedit's keys begin with. */
export interface TcPeditSel extends TcActionParms {
  /** How many keys. */
  nkeys: number;
  /** Flags. */
  flags: number;
}
/** struct tc_pedit_sel. */
export const tcPeditSel: Struct<TcPeditSel> = /* @__PURE__ */ struct<TcPeditSel>("tc_pedit_sel", "", 24, () => ({
  ...embedded("", 0, tcActionParms),
  nkeys: [20, u8],
  flags: [21, u8],
}));

/** Bytes to change. */
export interface TcPeditKey {
  /** Bits that stay as they are: the packet's four bytes as this machine reads them. */
  mask: number;
  /** What the others become. */
  val: number;
  /** Bytes from the header's beginning. */
  off: number;
  /** Where to find an offset to add. */
  at: number;
  /** Which bits of that. */
  offmask: number;
  /** And its shift. */
  shift: number;
}
/** struct tc_pedit_key. */
export const tcPeditKey: Struct<TcPeditKey> = /* @__PURE__ */ struct<TcPeditKey>("tc_pedit_key", "", 24, () => ({
  mask: [0, u32],
  val: [4, u32],
  off: [8, u32],
  at: [12, u32],
  offmask: [16, u32],
  shift: [20, u32],
}));

/** pedit: which bytes. */
export interface TcPeditParms extends TcPeditSel {
  /** The keys. */
  keys: readonly TcPeditKey[];
}
/** pedit: which bytes. */
export const tcPeditParms: Tailed<TcPeditParms> = /* @__PURE__ */ tailed<TcPeditParms, readonly TcPeditKey[]>(
  tcPeditSel,
  "keys",
  /* @__PURE__ */ structs(tcPeditKey),
  "keys",
);

/** Of a key: which header, and how. */
export interface TcPeditKeyEx extends Attrs {
  /** Header: 0 network, 1 Ethernet, 2 IPv4, 3 IPv6, 4 TCP, 5 UDP. */
  htype?: number | undefined;
  /** 0 set, 1 add. */
  cmd?: number | undefined;
}
/** The table of TCA_PEDIT_KEY_EX_*. */
export const tcPeditKeyEx: AttrTable<TcPeditKeyEx> = /* @__PURE__ */ attrs<TcPeditKeyEx>("TCA_PEDIT_KEY_EX_", () => ({
  htype: [1, u16],
  cmd: [2, u16],
}));

/** TCA_PEDIT_KEYS_EX. */
export interface TcPeditKeysEx extends Attrs {
  /** One a key, in their order. */
  keyEx?: readonly TcPeditKeyEx[] | undefined;
}
/** The table of TCA_PEDIT_KEYS_EX. */
export const tcPeditKeysEx: AttrTable<TcPeditKeysEx> = /* @__PURE__ */ attrs<TcPeditKeysEx>("TCA_PEDIT_", () => ({
  keyEx: [6, repeated(tcPeditKeyEx)],
}));

/** pedit: bytes of the packet. */
export interface TcPedit extends Attrs {
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** Which bytes, of old. */
  parms?: TcPeditParms | undefined;
  /** Which bytes. */
  parmsEx?: TcPeditParms | undefined;
  /** In which headers. */
  keysEx?: TcPeditKeysEx | undefined;
  /** Never here: it stands in `keysEx`. */
  keyEx?: TcPeditKeyEx | undefined;
}
/** The table of TCA_PEDIT_*. */
export const tcPedit: AttrTable<TcPedit> = /* @__PURE__ */ attrs<TcPedit>("TCA_PEDIT_", () => ({
  tm: [1, tcTimes],
  parms: [2, tcPeditParms],
  parmsEx: [4, tcPeditParms],
  keysEx: [5, tcPeditKeysEx],
  keyEx: [6, tcPeditKeyEx],
}));

/** skbmod. */
export interface TcSkbmodParms extends TcActionParms {
  /** 1 dmac, 2 smac, 4 etype, 8 swap them, 16 ECN. */
  flags: bigint;
}
/** struct tc_skbmod. */
export const tcSkbmodParms: Struct<TcSkbmodParms> = /* @__PURE__ */ struct<TcSkbmodParms>("tc_skbmod", "", 32, () => ({
  ...embedded("", 0, tcActionParms),
  flags: [24, u64],
}));

/** skbmod: the Ethernet header. */
export interface TcSkbmod extends Attrs {
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** What is changed. */
  parms?: TcSkbmodParms | undefined;
  /** Destination. */
  dmac?: string | undefined;
  /** Source. */
  smac?: string | undefined;
  /** EtherType. */
  etype?: number | undefined;
}
/** The table of TCA_SKBMOD_*. */
export const tcSkbmod: AttrTable<TcSkbmod> = /* @__PURE__ */ attrs<TcSkbmod>("TCA_SKBMOD_", () => ({
  tm: [1, tcTimes],
  parms: [2, tcSkbmodParms],
  dmac: [3, hardware],
  smac: [4, hardware],
  etype: [5, u16],
}));

/** tunnel_key. */
export interface TcTunnelKeyParms extends TcActionParms {
  /** 1 set, 2 release. */
  tAction: number;
}
/** struct tc_tunnel_key. */
export const tcTunnelKeyParms: Struct<TcTunnelKeyParms> = /* @__PURE__ */ struct<TcTunnelKeyParms>(
  "tc_tunnel_key",
  "",
  24,
  () => ({
    ...embedded("", 0, tcActionParms),
    tAction: [20, s32],
  }),
);

/** tunnel_key: what a tunnel is to write. */
export interface TcTunnelKey extends Attrs {
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** Set or release. */
  parms?: TcTunnelKeyParms | undefined;
  /** Source. */
  encIpv4Src?: string | undefined;
  /** Destination. */
  encIpv4Dst?: string | undefined;
  /** Source. */
  encIpv6Src?: string | undefined;
  /** Destination. */
  encIpv6Dst?: string | undefined;
  /** Id of the tunnel. */
  encKeyId?: number | undefined;
  /** UDP port. */
  encDstPort?: number | undefined;
  /** 1: without UDP checksum. */
  noCsum?: number | undefined;
  /** Options of the tunnel's kind, a nest that is not taken apart. */
  encOpts?: Uint8Array | undefined;
  /** Type of service. */
  encTos?: number | undefined;
  /** Time to live. */
  encTtl?: number | undefined;
  /** Not to be fragmented. */
  noFrag?: true | undefined;
}
/** The table of TCA_TUNNEL_KEY_*. */
export const tcTunnelKey: AttrTable<TcTunnelKey> = /* @__PURE__ */ attrs<TcTunnelKey>("TCA_TUNNEL_KEY_", () => ({
  tm: [1, tcTimes],
  parms: [2, tcTunnelKeyParms],
  encIpv4Src: [3, ip],
  encIpv4Dst: [4, ip],
  encIpv6Src: [5, ip],
  encIpv6Dst: [6, ip],
  encKeyId: [7, be32],
  encDstPort: [9, be16],
  noCsum: [10, u8],
  encOpts: [11, bytes],
  encTos: [12, u8],
  encTtl: [13, u8],
  noFrag: [14, flag],
}));
