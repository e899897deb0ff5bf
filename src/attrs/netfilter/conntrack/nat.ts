// What rewrites a tracked flow: address translation, shifted sequence numbers, SYN proxies.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be16, be32, bes32 } from "../../../codec/int.ts";
import { ip } from "../../../codec/scalars.ts";

/** CTA_NAT_PROTO: ports to translate to. */
export interface ConntrackNatPorts extends Attrs {
  /** Lowest port. */
  portMin?: number | undefined;
  /** Highest port; absent: the lowest. */
  portMax?: number | undefined;
}
/** The table of CTA_PROTONAT_*. */
export const conntrackNatPorts: AttrTable<ConntrackNatPorts> = /* @__PURE__ */ attrs<ConntrackNatPorts>(
  "CTA_PROTONAT_",
  () => ({
    portMin: [1, be16],
    portMax: [2, be16],
  }),
);

/** CTA_NAT_SRC, CTA_NAT_DST: what to translate to. Only in requests: of a flow that exists, the reply tuple tells it. */
export interface ConntrackNat extends Attrs {
  /** Lowest IPv4 address. */
  v4Minip?: string | undefined;
  /** Highest IPv4 address; absent: the lowest. */
  v4Maxip?: string | undefined;
  /** Ports. */
  proto?: ConntrackNatPorts | undefined;
  /** Lowest IPv6 address. */
  v6Minip?: string | undefined;
  /** Highest IPv6 address; absent: the lowest. */
  v6Maxip?: string | undefined;
}
/** The table of CTA_NAT_*. */
export const conntrackNat: AttrTable<ConntrackNat> = /* @__PURE__ */ attrs<ConntrackNat>("CTA_NAT_", () => ({
  v4Minip: [1, ip],
  v4Maxip: [2, ip],
  proto: [3, conntrackNatPorts],
  v6Minip: [4, ip],
  v6Maxip: [5, ip],
}));

/** CTA_SEQ_ADJ_ORIG, CTA_SEQ_ADJ_REPLY: by how much TCP's sequence numbers are shifted, since something was inserted or cut out. */
export interface ConntrackSeqAdj extends Attrs {
  /** Sequence number of the last shift. */
  correctionPos?: number | undefined;
  /** Bytes that numbers before it are shifted by. */
  offsetBefore?: number | undefined;
  /** Bytes that numbers behind it are shifted by. */
  offsetAfter?: number | undefined;
}
/** The table of CTA_SEQADJ_*. */
export const conntrackSeqAdj: AttrTable<ConntrackSeqAdj> = /* @__PURE__ */ attrs<ConntrackSeqAdj>(
  "CTA_SEQADJ_",
  () => ({
    correctionPos: [1, be32],
    offsetBefore: [2, bes32],
    offsetAfter: [3, bes32],
  }),
);

/** CTA_SYNPROXY: what a SYN proxy has promised. */
export interface ConntrackSynproxy extends Attrs {
  /** Initial sequence number that the client was given. */
  isn?: number | undefined;
  /** Timestamp that the client began with. */
  its?: number | undefined;
  /** What timestamps are shifted by. */
  tsoff?: number | undefined;
}
/** The table of CTA_SYNPROXY_*. */
export const conntrackSynproxy: AttrTable<ConntrackSynproxy> = /* @__PURE__ */ attrs<ConntrackSynproxy>(
  "CTA_SYNPROXY_",
  () => ({
    isn: [1, be32],
    its: [2, be32],
    tsoff: [3, be32],
  }),
);
