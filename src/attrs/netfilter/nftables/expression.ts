// NFTA_EXPR_*: one step of a rule, and the list of them.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Choice, List } from "../../../codec/codec.ts";
import { listOf } from "../../../codec/list.ts";
import { choice } from "../../../codec/nests.ts";
import { string } from "../../../codec/scalars.ts";
import { type NftCounter, nftCounter } from "./counters.ts";
import { type NftBitwise, nftBitwise } from "./expressions/bitwise.ts";
import { type NftByteorder, nftByteorder } from "./expressions/byteorder.ts";
import { type NftCmp, nftCmp } from "./expressions/cmp.ts";
import { type NftConnlimit, nftConnlimit } from "./expressions/connlimit.ts";
import { type NftCt, nftCt } from "./expressions/ct.ts";
import { type NftDup, nftDup } from "./expressions/dup.ts";
import { type NftDynset, nftDynset } from "./expressions/dynset.ts";
import { type NftExthdr, nftExthdr } from "./expressions/exthdr.ts";
import { type NftFib, nftFib } from "./expressions/fib.ts";
import { type NftFlowOffload, nftFlowOffload } from "./expressions/flow-offload.ts";
import { type NftFwd, nftFwd } from "./expressions/fwd.ts";
import { type NftHash, nftHash } from "./expressions/hash.ts";
import { type NftImmediate, nftImmediate } from "./expressions/immediate.ts";
import { type NftInner, nftInner } from "./expressions/inner.ts";
import { type NftLast, nftLast } from "./expressions/last.ts";
import { type NftLimit, nftLimit } from "./expressions/limit.ts";
import { type NftLog, nftLog } from "./expressions/log.ts";
import { type NftLookup, nftLookup } from "./expressions/lookup.ts";
import { type NftMeta, nftMeta } from "./expressions/meta.ts";
import { type NftMasq, type NftNat, type NftRedir, nftMasq, nftNat, nftRedir } from "./expressions/nat.ts";
import { type NftNumgen, nftNumgen } from "./expressions/numgen.ts";
import { type NftObjref, nftObjref } from "./expressions/objref.ts";
import { type NftOsf, nftOsf } from "./expressions/osf.ts";
import { type NftPayload, nftPayload } from "./expressions/payload.ts";
import { type NftQueue, nftQueue } from "./expressions/queue.ts";
import { type NftQuota, nftQuota } from "./expressions/quota.ts";
import { type NftRange, nftRange } from "./expressions/range.ts";
import { type NftReject, nftReject } from "./expressions/reject.ts";
import { type NftRt, nftRt } from "./expressions/rt.ts";
import { type NftSocket, nftSocket } from "./expressions/socket.ts";
import { type NftSynproxy, nftSynproxy } from "./expressions/synproxy.ts";
import { type NftTproxy, nftTproxy } from "./expressions/tproxy.ts";
import { type NftTunnel, nftTunnel } from "./expressions/tunnel.ts";
import { type NftXfrm, nftXfrm } from "./expressions/xfrm.ts";
import { type NftMatch, type NftTarget, nftMatch, nftTarget } from "./expressions/xtables.ts";

/**
 * What NFTA_EXPR_DATA holds: one property, the name of the expression. Add one by merging into this interface and
 * `extendRegistry(nftables, nftExpressions, …)`. "notrack" has no data.
 */
export interface NftExpressions {
  /** Bit arithmetic. */
  bitwise?: NftBitwise | undefined;
  /** Host to network byte order, or back. */
  byteorder?: NftByteorder | undefined;
  /** Compares with a value. */
  cmp?: NftCmp | undefined;
  /** How many connections. */
  connlimit?: NftConnlimit | undefined;
  /** Counts. */
  counter?: NftCounter | undefined;
  /** Of the connection. */
  ct?: NftCt | undefined;
  /** A copy elsewhere. */
  dup?: NftDup | undefined;
  /** Changes a set. */
  dynset?: NftDynset | undefined;
  /** An extension header or option. */
  exthdr?: NftExthdr | undefined;
  /** Looks up in the routes. */
  fib?: NftFib | undefined;
  /** Into a flowtable. */
  flow_offload?: NftFlowOffload | undefined;
  /** Out by another link. */
  fwd?: NftFwd | undefined;
  /** A hash. */
  hash?: NftHash | undefined;
  /** A constant or a verdict. */
  immediate?: NftImmediate | undefined;
  /** Inside a tunnel. */
  inner?: NftInner | undefined;
  /** When a packet last came. */
  last?: NftLast | undefined;
  /** A rate. */
  limit?: NftLimit | undefined;
  /** Logs. */
  log?: NftLog | undefined;
  /** Looks up in a set or map. */
  lookup?: NftLookup | undefined;
  /** Source NAT to the own address. */
  masq?: NftMasq | undefined;
  /** An xtables match. */
  match?: NftMatch | undefined;
  /** Of the packet, in no header. */
  meta?: NftMeta | undefined;
  /** NAT. */
  nat?: NftNat | undefined;
  /** A number. */
  numgen?: NftNumgen | undefined;
  /** Uses an object. */
  objref?: NftObjref | undefined;
  /** Which operating system. */
  osf?: NftOsf | undefined;
  /** Bytes of the packet. */
  payload?: NftPayload | undefined;
  /** To a program. */
  queue?: NftQueue | undefined;
  /** A number of bytes. */
  quota?: NftQuota | undefined;
  /** Compares with a range. */
  range?: NftRange | undefined;
  /** Destination NAT to this machine. */
  redir?: NftRedir | undefined;
  /** Drops and tells. */
  reject?: NftReject | undefined;
  /** Of the route. */
  rt?: NftRt | undefined;
  /** Of the socket. */
  socket?: NftSocket | undefined;
  /** Answers SYNs. */
  synproxy?: NftSynproxy | undefined;
  /** An xtables target. */
  target?: NftTarget | undefined;
  /** To a local socket. */
  tproxy?: NftTproxy | undefined;
  /** Of a tunnel. */
  tunnel?: NftTunnel | undefined;
  /** Of IPsec. */
  xfrm?: NftXfrm | undefined;
}
/** The layout of NFTA_EXPR_DATA, by NFTA_EXPR_NAME. */
export const nftExpressions: Choice<NftExpressions> = /* @__PURE__ */ choice<NftExpressions>("name", () => ({
  bitwise: nftBitwise,
  byteorder: nftByteorder,
  cmp: nftCmp,
  connlimit: nftConnlimit,
  counter: nftCounter,
  ct: nftCt,
  dup: nftDup,
  dynset: nftDynset,
  exthdr: nftExthdr,
  fib: nftFib,
  flow_offload: nftFlowOffload,
  fwd: nftFwd,
  hash: nftHash,
  immediate: nftImmediate,
  inner: nftInner,
  last: nftLast,
  limit: nftLimit,
  log: nftLog,
  lookup: nftLookup,
  masq: nftMasq,
  match: nftMatch,
  meta: nftMeta,
  nat: nftNat,
  numgen: nftNumgen,
  objref: nftObjref,
  osf: nftOsf,
  payload: nftPayload,
  queue: nftQueue,
  quota: nftQuota,
  range: nftRange,
  redir: nftRedir,
  reject: nftReject,
  rt: nftRt,
  socket: nftSocket,
  synproxy: nftSynproxy,
  target: nftTarget,
  tproxy: nftTproxy,
  tunnel: nftTunnel,
  xfrm: nftXfrm,
}));

/** One step of a rule: `{ name: "cmp", data: { cmp: { sreg, op, data } } }`. */
export interface NftExpression extends Attrs {
  /** Which sort: "cmp", "counter", "notrack". */
  name?: string | undefined;
  /** What that sort has of its own; one property, named like `name`. */
  data?: NftExpressions | undefined;
}
/** The table of NFTA_EXPR_*. */
export const nftExpression: AttrTable<NftExpression> = /* @__PURE__ */ attrs<NftExpression>("NFTA_EXPR_", () => ({
  name: [1, string],
  data: [2, nftExpressions],
}));

/** Expressions, in order: a nest of NFTA_LIST_ELEM. */
export const nftExpressionList: List<NftExpression> = /* @__PURE__ */ listOf<NftExpression>(
  nftExpression,
  "NFTA_LIST_ELEM",
  1,
);
