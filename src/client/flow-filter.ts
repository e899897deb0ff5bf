// Which tracked flows somebody means, as the kernel's own filter says it; and what the kernel cannot be asked.
import { AF } from "../attrs/families.ts";
import type { ConntrackAttrs } from "../attrs/netfilter/conntrack/flow.ts";
import { CTA_FILTER_F } from "../attrs/netfilter/conntrack/parts.ts";
import type { ConntrackIp, ConntrackProto, ConntrackTuple } from "../attrs/netfilter/conntrack/tuple.ts";
import { canonicalIp, ipBytes } from "../codec/address.ts";
import { IP_PROTOCOL, type TransportProtocol } from "./nft/values.ts";

/** One direction of a flow: what is said must be so. */
export interface FlowEnd {
  /** Source address. */
  readonly src?: string | undefined;
  /** Destination address. */
  readonly dst?: string | undefined;
  /** Transport protocol: ports need it. */
  readonly protocol?: TransportProtocol | undefined;
  /** Source port. */
  readonly sport?: number | undefined;
  /** Destination port. */
  readonly dport?: number | undefined;
}
/** Which flows. All of it must be so. */
export interface FlowFilter {
  /** AF.INET or AF.INET6. Default: that of the addresses; without any, both. */
  readonly family?: number | undefined;
  /** As the flow was begun. */
  readonly orig?: FlowEnd | undefined;
  /** As answers come: behind NAT the two differ. */
  readonly reply?: FlowEnd | undefined;
  /** The mark; `markMask` says which bits count. */
  readonly mark?: number | undefined;
  /** Bits of `mark` that count. Default: all. */
  readonly markMask?: number | undefined;
  /** Bits of IPS that must be set. */
  readonly status?: number | undefined;
  /** The zone. */
  readonly zone?: number | undefined;
}

const F = CTA_FILTER_F;

/**
 * Has a flow the IPv6 addresses of a filter? The kernel compares those the wrong way round: it leaves out the flows that have them, and
 * gives all others (Linux 6.18, `ctnetlink_filter_match_tuple`). So it is never asked.
 */
const has6 = (end: FlowEnd | undefined, tuple: ConntrackTuple | undefined): boolean =>
  (["src", "dst"] as const).every((side) => {
    const text = end?.[side];
    return (
      text === undefined || !text.includes(":") || tuple?.ip?.[side === "src" ? "v6Src" : "v6Dst"] === canonicalIp(text)
    );
  });

/** Is it among those that were meant? Of what the kernel gave. */
export const isMeant = ({ orig, reply }: FlowFilter, { tupleOrig, tupleReply }: ConntrackAttrs): boolean =>
  has6(orig, tupleOrig) && has6(reply, tupleReply);

/** Flags and tuple of one direction. */
const tupleOf = (
  end: FlowEnd,
): { readonly tuple: ConntrackTuple; readonly flags: number; readonly family?: number } => {
  const ip: ConntrackIp = {};
  const proto: ConntrackProto = {};
  let flags = 0;
  let family: number | undefined;
  for (const [side, bit] of [
    ["src", F.CTA_IP_SRC],
    ["dst", F.CTA_IP_DST],
  ] as const) {
    const text = end[side];
    if (text === undefined) continue;
    const { length } = ipBytes(text);
    if (length !== 4 && length !== 16) throw new RangeError(`${JSON.stringify(text)} is no IP address`);
    const own = length === 4 ? AF.INET : AF.INET6;
    if (family !== undefined && family !== own)
      throw new RangeError("an address of IPv4 and one of IPv6: no flow has both");
    family = own;
    if (own !== AF.INET) continue;
    ip[side === "src" ? "v4Src" : "v4Dst"] = text;
    flags |= bit;
  }
  if (end.protocol !== undefined) {
    proto.num = IP_PROTOCOL[end.protocol];
    flags |= F.CTA_PROTO_NUM;
  } else if (end.sport !== undefined || end.dport !== undefined) {
    throw new RangeError("a port without its protocol says nothing");
  }
  if (end.sport !== undefined) {
    proto.srcPort = end.sport;
    flags |= F.CTA_PROTO_SRC_PORT;
  }
  if (end.dport !== undefined) {
    proto.dstPort = end.dport;
    flags |= F.CTA_PROTO_DST_PORT;
  }
  return { tuple: { ip, proto }, flags, ...(family === undefined ? {} : { family }) };
};

/**
 * A filter as the kernel takes it.
 * @throws RangeError for what cannot be asked
 */
export const filterAttrs = (filter: FlowFilter): { readonly family: number; readonly attrs: ConntrackAttrs } => {
  const attrs: ConntrackAttrs = {};
  let family = filter.family;
  const orig = filter.orig && tupleOf(filter.orig);
  const reply = filter.reply && tupleOf(filter.reply);
  family ??= orig?.family ?? reply?.family;
  const { flags: origFlags = 0 } = orig ?? {};
  const { flags: replyFlags = 0 } = reply ?? {};
  if (origFlags !== 0) attrs.tupleOrig = orig?.tuple;
  if (replyFlags !== 0) attrs.tupleReply = reply?.tuple;
  if (origFlags !== 0 || replyFlags !== 0) attrs.filter = { origFlags, replyFlags };
  if (filter.mark !== undefined) {
    attrs.mark = filter.mark;
    attrs.markMask = filter.markMask ?? 0xffffffff;
  }
  if (filter.status !== undefined) {
    attrs.status = filter.status;
    attrs.statusMask = filter.status;
  }
  if (filter.zone !== undefined) attrs.zone = filter.zone;
  return { family: family ?? AF.UNSPEC, attrs };
};
