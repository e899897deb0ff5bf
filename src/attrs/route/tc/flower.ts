// flower: fields of the packet by name. TCA_FLOWER_*, and the nests of tunnel options, MPLS and CFM.

import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be16, be32, be64, enumOf, flagsOf, u8, u16, u32 } from "../../../codec/int.ts";
import { indexed } from "../../../codec/nests.ts";
import { bytes, hardware, ip, repeated, string } from "../../../codec/scalars.ts";
import { IPPROTO } from "../../ip-protocols.ts";
import { type TcAction, tcAction } from "./actions.ts";
import { TCA_CLS_FLAGS } from "./filters.ts";

/** An option of geneve. */
export interface TcFlowerGeneve extends Attrs {
  /** Its class. */
  class?: number | undefined;
  /** Its type. */
  type?: number | undefined;
  /** Its data. */
  data?: Uint8Array | undefined;
}
/** The table of TCA_FLOWER_KEY_ENC_OPT_GENEVE_*. */
export const tcFlowerGeneve: AttrTable<TcFlowerGeneve> = /* @__PURE__ */ attrs<TcFlowerGeneve>(
  "TCA_FLOWER_KEY_ENC_OPT_GENEVE_",
  () => ({
    class: [1, be16],
    type: [2, u8],
    data: [3, bytes],
  }),
);

/** Options of vxlan. */
export interface TcFlowerVxlan extends Attrs {
  /** Group policy. */
  gbp?: number | undefined;
}
/** The table of TCA_FLOWER_KEY_ENC_OPT_VXLAN_*. */
export const tcFlowerVxlan: AttrTable<TcFlowerVxlan> = /* @__PURE__ */ attrs<TcFlowerVxlan>(
  "TCA_FLOWER_KEY_ENC_OPT_VXLAN_",
  () => ({
    gbp: [1, u32],
  }),
);

/** Options of erspan. */
export interface TcFlowerErspan extends Attrs {
  /** Version. */
  ver?: number | undefined;
  /** Version 1: index. */
  index?: number | undefined;
  /** Version 2: direction. */
  dir?: number | undefined;
  /** Version 2: hardware. */
  hwid?: number | undefined;
}
/** The table of TCA_FLOWER_KEY_ENC_OPT_ERSPAN_*. */
export const tcFlowerErspan: AttrTable<TcFlowerErspan> = /* @__PURE__ */ attrs<TcFlowerErspan>(
  "TCA_FLOWER_KEY_ENC_OPT_ERSPAN_",
  () => ({
    ver: [1, u8],
    index: [2, be32],
    dir: [3, u8],
    hwid: [4, u8],
  }),
);

/** Options of gtp. */
export interface TcFlowerGtp extends Attrs {
  /** Type of its unit. */
  pduType?: number | undefined;
  /** Quality of service. */
  qfi?: number | undefined;
}
/** The table of TCA_FLOWER_KEY_ENC_OPT_GTP_*. */
export const tcFlowerGtp: AttrTable<TcFlowerGtp> = /* @__PURE__ */ attrs<TcFlowerGtp>(
  "TCA_FLOWER_KEY_ENC_OPT_GTP_",
  () => ({
    pduType: [1, u8],
    qfi: [2, u8],
  }),
);

/** Options of pfcp. */
export interface TcFlowerPfcp extends Attrs {
  /** Type. */
  type?: number | undefined;
  /** Session. */
  seid?: bigint | undefined;
}
/** The table of TCA_FLOWER_KEY_ENC_OPT_PFCP_*. */
export const tcFlowerPfcp: AttrTable<TcFlowerPfcp> = /* @__PURE__ */ attrs<TcFlowerPfcp>(
  "TCA_FLOWER_KEY_ENC_OPT_PFCP_",
  () => ({
    type: [1, u8],
    seid: [2, be64],
  }),
);

/** Options of a tunnel. */
export interface TcFlowerEncOpts extends Attrs {
  /** Of geneve. */
  geneve?: readonly TcFlowerGeneve[] | undefined;
  /** Of vxlan. */
  vxlan?: TcFlowerVxlan | undefined;
  /** Of erspan. */
  erspan?: TcFlowerErspan | undefined;
  /** Of gtp. */
  gtp?: TcFlowerGtp | undefined;
  /** Of pfcp. */
  pfcp?: TcFlowerPfcp | undefined;
}
/** The table of TCA_FLOWER_KEY_ENC_OPTS_*. */
export const tcFlowerEncOpts: AttrTable<TcFlowerEncOpts> = /* @__PURE__ */ attrs<TcFlowerEncOpts>(
  "TCA_FLOWER_KEY_ENC_OPTS_",
  () => ({
    geneve: [1, repeated(tcFlowerGeneve)],
    vxlan: [2, tcFlowerVxlan],
    erspan: [3, tcFlowerErspan],
    gtp: [4, tcFlowerGtp],
    pfcp: [5, tcFlowerPfcp],
  }),
);

/** A label of the stack. */
export interface TcFlowerMplsLse extends Attrs {
  /** Which one, from 1. */
  depth?: number | undefined;
  /** Time to live. */
  ttl?: number | undefined;
  /** Bottom of the stack. */
  bos?: number | undefined;
  /** Traffic class. */
  tc?: number | undefined;
  /** Label. */
  label?: number | undefined;
}
/** The table of TCA_FLOWER_KEY_MPLS_OPT_LSE_*. */
export const tcFlowerMplsLse: AttrTable<TcFlowerMplsLse> = /* @__PURE__ */ attrs<TcFlowerMplsLse>(
  "TCA_FLOWER_KEY_MPLS_OPT_LSE_",
  () => ({
    depth: [1, u8],
    ttl: [2, u8],
    bos: [3, u8],
    tc: [4, u8],
    label: [5, u32],
  }),
);

/** Labels of MPLS. */
export interface TcFlowerMpls extends Attrs {
  /** One a label. */
  lse?: readonly TcFlowerMplsLse[] | undefined;
}
/** The table of TCA_FLOWER_KEY_MPLS_OPTS_*. */
export const tcFlowerMpls: AttrTable<TcFlowerMpls> = /* @__PURE__ */ attrs<TcFlowerMpls>(
  "TCA_FLOWER_KEY_MPLS_OPTS_",
  () => ({
    lse: [1, repeated(tcFlowerMplsLse)],
  }),
);

/** Connectivity fault management. */
export interface TcFlowerCfm extends Attrs {
  /** Level of the domain. */
  mdLevel?: number | undefined;
  /** Operation. */
  opcode?: number | undefined;
}
/** The table of TCA_FLOWER_KEY_CFM_*. */
export const tcFlowerCfm: AttrTable<TcFlowerCfm> = /* @__PURE__ */ attrs<TcFlowerCfm>("TCA_FLOWER_KEY_CFM_", () => ({
  mdLevel: [1, u8],
  opcode: [2, u8],
}));

/**
 * States of a tracked connection, TCA_FLOWER_KEY_CT_FLAGS_* of linux/pkt_cls.h.
 * @enum
 */
export const TCA_FLOWER_KEY_CT_FLAGS = {
  NEW: 1,
  ESTABLISHED: 2,
  RELATED: 4,
  TRACKED: 8,
  INVALID: 16,
  REPLY: 32,
} as const;

/**
 * Flags of a packet, TCA_FLOWER_KEY_FLAGS_* of linux/pkt_cls.h.
 * @enum
 */
export const TCA_FLOWER_KEY_FLAGS = {
  IS_FRAGMENT: 1,
  FRAG_IS_FIRST: 2,
  TUNNEL_CSUM: 4,
  TUNNEL_DONT_FRAGMENT: 8,
  TUNNEL_OAM: 16,
  TUNNEL_CRIT_OPT: 32,
} as const;

/** flower. Every mask says which bits count. */
export interface TcFlower extends Attrs {
  /** Class that packets go to. */
  classid?: number | undefined;
  /** Name of the link that packets come in by. */
  indev?: string | undefined;
  /** What is done. */
  act?: readonly TcAction[] | undefined;
  /** Destination. */
  keyEthDst?: string | undefined;
  /** Which bits of `keyEthDst` count. */
  keyEthDstMask?: string | undefined;
  /** Source. */
  keyEthSrc?: string | undefined;
  /** Which bits of `keyEthSrc` count. */
  keyEthSrcMask?: string | undefined;
  /** EtherType. */
  keyEthType?: number | undefined;
  /** IPPROTO. */
  keyIpProto?: number | undefined;
  /** Source. */
  keyIpv4Src?: string | undefined;
  /** Which bits of `keyIpv4Src` count. */
  keyIpv4SrcMask?: string | undefined;
  /** Destination. */
  keyIpv4Dst?: string | undefined;
  /** Which bits of `keyIpv4Dst` count. */
  keyIpv4DstMask?: string | undefined;
  /** Source. */
  keyIpv6Src?: string | undefined;
  /** Which bits of `keyIpv6Src` count. */
  keyIpv6SrcMask?: string | undefined;
  /** Destination. */
  keyIpv6Dst?: string | undefined;
  /** Which bits of `keyIpv6Dst` count. */
  keyIpv6DstMask?: string | undefined;
  /** Source port. */
  keyTcpSrc?: number | undefined;
  /** Destination port. */
  keyTcpDst?: number | undefined;
  /** Source port. */
  keyUdpSrc?: number | undefined;
  /** Destination port. */
  keyUdpDst?: number | undefined;
  /** TCA_CLS_FLAGS. */
  flags?: number | undefined;
  /** VLAN. */
  keyVlanId?: number | undefined;
  /** Its priority. */
  keyVlanPrio?: number | undefined;
  /** EtherType behind it. */
  keyVlanEthType?: number | undefined;
  /** Id of the tunnel. */
  keyEncKeyId?: number | undefined;
  /** Source of the tunnel. */
  keyEncIpv4Src?: string | undefined;
  /** Which bits of `keyEncIpv4Src` count. */
  keyEncIpv4SrcMask?: string | undefined;
  /** Destination of the tunnel. */
  keyEncIpv4Dst?: string | undefined;
  /** Which bits of `keyEncIpv4Dst` count. */
  keyEncIpv4DstMask?: string | undefined;
  /** Source of the tunnel. */
  keyEncIpv6Src?: string | undefined;
  /** Which bits of `keyEncIpv6Src` count. */
  keyEncIpv6SrcMask?: string | undefined;
  /** Destination of the tunnel. */
  keyEncIpv6Dst?: string | undefined;
  /** Which bits of `keyEncIpv6Dst` count. */
  keyEncIpv6DstMask?: string | undefined;
  /** Which bits of `keyTcpSrc` count. */
  keyTcpSrcMask?: number | undefined;
  /** Which bits of `keyTcpDst` count. */
  keyTcpDstMask?: number | undefined;
  /** Which bits of `keyUdpSrc` count. */
  keyUdpSrcMask?: number | undefined;
  /** Which bits of `keyUdpDst` count. */
  keyUdpDstMask?: number | undefined;
  /** Which bits of `keySctpSrc` count. */
  keySctpSrcMask?: number | undefined;
  /** Which bits of `keySctpDst` count. */
  keySctpDstMask?: number | undefined;
  /** Source port. */
  keySctpSrc?: number | undefined;
  /** Destination port. */
  keySctpDst?: number | undefined;
  /** Source port of the tunnel. */
  keyEncUdpSrcPort?: number | undefined;
  /** Which bits of `keyEncUdpSrcPort` count. */
  keyEncUdpSrcPortMask?: number | undefined;
  /** Destination port of the tunnel. */
  keyEncUdpDstPort?: number | undefined;
  /** Which bits of `keyEncUdpDstPort` count. */
  keyEncUdpDstPortMask?: number | undefined;
  /** TCA_FLOWER_KEY_FLAGS. */
  keyFlags?: number | undefined;
  /** Which bits of `keyFlags` count. */
  keyFlagsMask?: number | undefined;
  /** ICMP code. */
  keyIcmpv4Code?: number | undefined;
  /** Which bits of `keyIcmpv4Code` count. */
  keyIcmpv4CodeMask?: number | undefined;
  /** ICMP type. */
  keyIcmpv4Type?: number | undefined;
  /** Which bits of `keyIcmpv4Type` count. */
  keyIcmpv4TypeMask?: number | undefined;
  /** ICMPv6 code. */
  keyIcmpv6Code?: number | undefined;
  /** Which bits of `keyIcmpv6Code` count. */
  keyIcmpv6CodeMask?: number | undefined;
  /** ICMPv6 type. */
  keyIcmpv6Type?: number | undefined;
  /** Which bits of `keyIcmpv6Type` count. */
  keyIcmpv6TypeMask?: number | undefined;
  /** ARP: who asks. */
  keyArpSip?: string | undefined;
  /** Which bits of `keyArpSip` count. */
  keyArpSipMask?: string | undefined;
  /** ARP: who is asked for. */
  keyArpTip?: string | undefined;
  /** Which bits of `keyArpTip` count. */
  keyArpTipMask?: string | undefined;
  /** ARP: 1 request, 2 reply. */
  keyArpOp?: number | undefined;
  /** Which bits of `keyArpOp` count. */
  keyArpOpMask?: number | undefined;
  /** ARP: link-layer address of who asks. */
  keyArpSha?: string | undefined;
  /** Which bits of `keyArpSha` count. */
  keyArpShaMask?: string | undefined;
  /** ARP: link-layer address of who is asked for. */
  keyArpTha?: string | undefined;
  /** Which bits of `keyArpTha` count. */
  keyArpThaMask?: string | undefined;
  /** MPLS: time to live. */
  keyMplsTtl?: number | undefined;
  /** MPLS: bottom of the stack. */
  keyMplsBos?: number | undefined;
  /** MPLS: traffic class. */
  keyMplsTc?: number | undefined;
  /** MPLS: label. */
  keyMplsLabel?: number | undefined;
  /** TCP flags. */
  keyTcpFlags?: number | undefined;
  /** Which bits of `keyTcpFlags` count. */
  keyTcpFlagsMask?: number | undefined;
  /** Type of service. */
  keyIpTos?: number | undefined;
  /** Which bits of `keyIpTos` count. */
  keyIpTosMask?: number | undefined;
  /** Time to live. */
  keyIpTtl?: number | undefined;
  /** Which bits of `keyIpTtl` count. */
  keyIpTtlMask?: number | undefined;
  /** Inner VLAN. */
  keyCvlanId?: number | undefined;
  /** Its priority. */
  keyCvlanPrio?: number | undefined;
  /** EtherType behind it. */
  keyCvlanEthType?: number | undefined;
  /** Type of service of the tunnel. */
  keyEncIpTos?: number | undefined;
  /** Which bits of `keyEncIpTos` count. */
  keyEncIpTosMask?: number | undefined;
  /** Time to live of the tunnel. */
  keyEncIpTtl?: number | undefined;
  /** Which bits of `keyEncIpTtl` count. */
  keyEncIpTtlMask?: number | undefined;
  /** Options of the tunnel. */
  keyEncOpts?: TcFlowerEncOpts | undefined;
  /** Which bits of `keyEncOpts` count. */
  keyEncOptsMask?: TcFlowerEncOpts | undefined;
  /** Devices that do it. */
  inHwCount?: number | undefined;
  /** First source port. */
  keyPortSrcMin?: number | undefined;
  /** Last source port. */
  keyPortSrcMax?: number | undefined;
  /** First destination port. */
  keyPortDstMin?: number | undefined;
  /** Last destination port. */
  keyPortDstMax?: number | undefined;
  /** TCA_FLOWER_KEY_CT_FLAGS. */
  keyCtState?: number | undefined;
  /** Which bits of `keyCtState` count. */
  keyCtStateMask?: number | undefined;
  /** Zone of connection tracking. */
  keyCtZone?: number | undefined;
  /** Which bits of `keyCtZone` count. */
  keyCtZoneMask?: number | undefined;
  /** Mark of connection tracking. */
  keyCtMark?: number | undefined;
  /** Which bits of `keyCtMark` count. */
  keyCtMarkMask?: number | undefined;
  /** Labels of connection tracking: 16 bytes. */
  keyCtLabels?: Uint8Array | undefined;
  /** Which bits of `keyCtLabels` count. */
  keyCtLabelsMask?: Uint8Array | undefined;
  /** Labels of MPLS, one by one. */
  keyMplsOpts?: TcFlowerMpls | undefined;
  /** Hash of the packet. */
  keyHash?: number | undefined;
  /** Which bits of `keyHash` count. */
  keyHashMask?: number | undefined;
  /** How many VLAN tags. */
  keyNumOfVlans?: number | undefined;
  /** PPPoE session. */
  keyPppoeSid?: number | undefined;
  /** PPP protocol. */
  keyPppProto?: number | undefined;
  /** L2TPv3 session. */
  keyL2tpv3Sid?: number | undefined;
  /** 1: the bridge did not know where to. */
  l2Miss?: number | undefined;
  /** Connectivity fault management. */
  keyCfm?: TcFlowerCfm | undefined;
  /** IPsec: index of the association. */
  keySpi?: number | undefined;
  /** Which bits of `keySpi` count. */
  keySpiMask?: number | undefined;
  /** Flags of the tunnel. */
  keyEncFlags?: number | undefined;
  /** Which bits of `keyEncFlags` count. */
  keyEncFlagsMask?: number | undefined;
}
/** The table of TCA_FLOWER_*. */
export const tcFlower: AttrTable<TcFlower> = /* @__PURE__ */ attrs<TcFlower>("TCA_FLOWER_", () => ({
  classid: [1, u32],
  indev: [2, string],
  act: [3, indexed(tcAction)],
  keyEthDst: [4, hardware],
  keyEthDstMask: [5, hardware],
  keyEthSrc: [6, hardware],
  keyEthSrcMask: [7, hardware],
  keyEthType: [8, be16],
  keyIpProto: [9, enumOf(u8, "IPPROTO_", IPPROTO)],
  keyIpv4Src: [10, ip],
  keyIpv4SrcMask: [11, ip],
  keyIpv4Dst: [12, ip],
  keyIpv4DstMask: [13, ip],
  keyIpv6Src: [14, ip],
  keyIpv6SrcMask: [15, ip],
  keyIpv6Dst: [16, ip],
  keyIpv6DstMask: [17, ip],
  keyTcpSrc: [18, be16],
  keyTcpDst: [19, be16],
  keyUdpSrc: [20, be16],
  keyUdpDst: [21, be16],
  flags: [22, flagsOf(u32, "TCA_CLS_FLAGS_", TCA_CLS_FLAGS)],
  keyVlanId: [23, u16],
  keyVlanPrio: [24, u8],
  keyVlanEthType: [25, be16],
  keyEncKeyId: [26, be32],
  keyEncIpv4Src: [27, ip],
  keyEncIpv4SrcMask: [28, ip],
  keyEncIpv4Dst: [29, ip],
  keyEncIpv4DstMask: [30, ip],
  keyEncIpv6Src: [31, ip],
  keyEncIpv6SrcMask: [32, ip],
  keyEncIpv6Dst: [33, ip],
  keyEncIpv6DstMask: [34, ip],
  keyTcpSrcMask: [35, be16],
  keyTcpDstMask: [36, be16],
  keyUdpSrcMask: [37, be16],
  keyUdpDstMask: [38, be16],
  keySctpSrcMask: [39, be16],
  keySctpDstMask: [40, be16],
  keySctpSrc: [41, be16],
  keySctpDst: [42, be16],
  keyEncUdpSrcPort: [43, be16],
  keyEncUdpSrcPortMask: [44, be16],
  keyEncUdpDstPort: [45, be16],
  keyEncUdpDstPortMask: [46, be16],
  keyFlags: [47, flagsOf(be32, "TCA_FLOWER_KEY_FLAGS_", TCA_FLOWER_KEY_FLAGS)],
  keyFlagsMask: [48, flagsOf(be32, "TCA_FLOWER_KEY_FLAGS_", TCA_FLOWER_KEY_FLAGS)],
  keyIcmpv4Code: [49, u8],
  keyIcmpv4CodeMask: [50, u8],
  keyIcmpv4Type: [51, u8],
  keyIcmpv4TypeMask: [52, u8],
  keyIcmpv6Code: [53, u8],
  keyIcmpv6CodeMask: [54, u8],
  keyIcmpv6Type: [55, u8],
  keyIcmpv6TypeMask: [56, u8],
  keyArpSip: [57, ip],
  keyArpSipMask: [58, ip],
  keyArpTip: [59, ip],
  keyArpTipMask: [60, ip],
  keyArpOp: [61, u8],
  keyArpOpMask: [62, u8],
  keyArpSha: [63, hardware],
  keyArpShaMask: [64, hardware],
  keyArpTha: [65, hardware],
  keyArpThaMask: [66, hardware],
  keyMplsTtl: [67, u8],
  keyMplsBos: [68, u8],
  keyMplsTc: [69, u8],
  keyMplsLabel: [70, u32],
  keyTcpFlags: [71, be16],
  keyTcpFlagsMask: [72, be16],
  keyIpTos: [73, u8],
  keyIpTosMask: [74, u8],
  keyIpTtl: [75, u8],
  keyIpTtlMask: [76, u8],
  keyCvlanId: [77, u16],
  keyCvlanPrio: [78, u8],
  keyCvlanEthType: [79, be16],
  keyEncIpTos: [80, u8],
  keyEncIpTosMask: [81, u8],
  keyEncIpTtl: [82, u8],
  keyEncIpTtlMask: [83, u8],
  keyEncOpts: [84, tcFlowerEncOpts],
  keyEncOptsMask: [85, tcFlowerEncOpts],
  inHwCount: [86, u32],
  keyPortSrcMin: [87, be16],
  keyPortSrcMax: [88, be16],
  keyPortDstMin: [89, be16],
  keyPortDstMax: [90, be16],
  keyCtState: [91, flagsOf(u16, "TCA_FLOWER_KEY_CT_FLAGS_", TCA_FLOWER_KEY_CT_FLAGS)],
  keyCtStateMask: [92, flagsOf(u16, "TCA_FLOWER_KEY_CT_FLAGS_", TCA_FLOWER_KEY_CT_FLAGS)],
  keyCtZone: [93, u16],
  keyCtZoneMask: [94, u16],
  keyCtMark: [95, u32],
  keyCtMarkMask: [96, u32],
  keyCtLabels: [97, bytes],
  keyCtLabelsMask: [98, bytes],
  keyMplsOpts: [99, tcFlowerMpls],
  keyHash: [100, u32],
  keyHashMask: [101, u32],
  keyNumOfVlans: [102, u8],
  keyPppoeSid: [103, be16],
  keyPppProto: [104, be16],
  keyL2tpv3Sid: [105, be32],
  l2Miss: [106, u8],
  keyCfm: [107, tcFlowerCfm],
  keySpi: [108, be32],
  keySpiMask: [109, be32],
  keyEncFlags: [110, flagsOf(be32, "TCA_FLOWER_KEY_FLAGS_", TCA_FLOWER_KEY_FLAGS)],
  keyEncFlagsMask: [111, flagsOf(be32, "TCA_FLOWER_KEY_FLAGS_", TCA_FLOWER_KEY_FLAGS)],
}));
