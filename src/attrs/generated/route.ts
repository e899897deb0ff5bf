// Written by scripts/generate.ts from the tables: do not edit.
import { ipText } from "../../codec/address.ts";
import type { RawAttribute } from "../../codec/attribute.ts";
import type { Reader, Wanted } from "../../codec/bytes.ts";
import { copyOf } from "../../codec/bytes.ts";
import type { ValueOf } from "../../codec/codec.ts";
import { Alike, AlikeLists, FAST_DEPTH, rawOf, u64Of } from "../../codec/fast.ts";
import type { FastBody } from "../../codec/registry.ts";
import { textOf } from "../../codec/text.ts";
import type { nextHopHeader } from "../route/route.ts";
import { routeAttrs } from "../route/route.ts";
import type { routeHeader } from "../route/route-header.ts";
import type { routeMetrics } from "../route/route-metrics.ts";
import type { routeCacheInfo, routeMfcStats } from "../route/route-parts.ts";

type RouteMetricsValue = ValueOf<typeof routeMetrics>;
const readRouteMetrics = (r: Reader, at: number, end: number): RouteMetricsValue | undefined => {
  const { dv, u8 } = r;
  let lock_: RouteMetricsValue["lock"];
  let mtu_: RouteMetricsValue["mtu"];
  let window_: RouteMetricsValue["window"];
  let rtt_: RouteMetricsValue["rtt"];
  let rttvar_: RouteMetricsValue["rttvar"];
  let ssthresh_: RouteMetricsValue["ssthresh"];
  let cwnd_: RouteMetricsValue["cwnd"];
  let advmss_: RouteMetricsValue["advmss"];
  let reordering_: RouteMetricsValue["reordering"];
  let hoplimit_: RouteMetricsValue["hoplimit"];
  let initcwnd_: RouteMetricsValue["initcwnd"];
  let features_: RouteMetricsValue["features"];
  let rtoMin_: RouteMetricsValue["rtoMin"];
  let initrwnd_: RouteMetricsValue["initrwnd"];
  let quickack_: RouteMetricsValue["quickack"];
  let ccAlgo_: RouteMetricsValue["ccAlgo"];
  let fastopenNoCookie_: RouteMetricsValue["fastopenNoCookie"];
  let unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    switch (word & 0x3fff) {
      case 1:
        if (e - p !== 4) return;
        lock_ = dv.getUint32(p, true);
        break;
      case 2:
        if (e - p !== 4) return;
        mtu_ = dv.getUint32(p, true);
        break;
      case 3:
        if (e - p !== 4) return;
        window_ = dv.getUint32(p, true);
        break;
      case 4:
        if (e - p !== 4) return;
        rtt_ = dv.getUint32(p, true);
        break;
      case 5:
        if (e - p !== 4) return;
        rttvar_ = dv.getUint32(p, true);
        break;
      case 6:
        if (e - p !== 4) return;
        ssthresh_ = dv.getUint32(p, true);
        break;
      case 7:
        if (e - p !== 4) return;
        cwnd_ = dv.getUint32(p, true);
        break;
      case 8:
        if (e - p !== 4) return;
        advmss_ = dv.getUint32(p, true);
        break;
      case 9:
        if (e - p !== 4) return;
        reordering_ = dv.getUint32(p, true);
        break;
      case 10:
        if (e - p !== 4) return;
        hoplimit_ = dv.getUint32(p, true);
        break;
      case 11:
        if (e - p !== 4) return;
        initcwnd_ = dv.getUint32(p, true);
        break;
      case 12:
        if (e - p !== 4) return;
        features_ = dv.getUint32(p, true);
        break;
      case 13:
        if (e - p !== 4) return;
        rtoMin_ = dv.getUint32(p, true);
        break;
      case 14:
        if (e - p !== 4) return;
        initrwnd_ = dv.getUint32(p, true);
        break;
      case 15:
        if (e - p !== 4) return;
        quickack_ = dv.getUint32(p, true);
        break;
      case 16:
        ccAlgo_ = textOf(u8, p, e);
        break;
      case 17:
        if (e - p !== 4) return;
        fastopenNoCookie_ = dv.getUint32(p, true);
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: RouteMetricsValue = {};
  if (lock_ !== undefined) out.lock = lock_;
  if (mtu_ !== undefined) out.mtu = mtu_;
  if (window_ !== undefined) out.window = window_;
  if (rtt_ !== undefined) out.rtt = rtt_;
  if (rttvar_ !== undefined) out.rttvar = rttvar_;
  if (ssthresh_ !== undefined) out.ssthresh = ssthresh_;
  if (cwnd_ !== undefined) out.cwnd = cwnd_;
  if (advmss_ !== undefined) out.advmss = advmss_;
  if (reordering_ !== undefined) out.reordering = reordering_;
  if (hoplimit_ !== undefined) out.hoplimit = hoplimit_;
  if (initcwnd_ !== undefined) out.initcwnd = initcwnd_;
  if (features_ !== undefined) out.features = features_;
  if (rtoMin_ !== undefined) out.rtoMin = rtoMin_;
  if (initrwnd_ !== undefined) out.initrwnd = initrwnd_;
  if (quickack_ !== undefined) out.quickack = quickack_;
  if (ccAlgo_ !== undefined) out.ccAlgo = ccAlgo_;
  if (fastopenNoCookie_ !== undefined) out.fastopenNoCookie = fastopenNoCookie_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

const readNextHopHeader = (r: Reader, at: number): ValueOf<typeof nextHopHeader> => {
  const { dv, u8 } = r;
  return {
    len: dv.getUint16(at, true),
    flags: u8[at + 2] as number,
    hops: u8[at + 3] as number,
    ifindex: dv.getInt32(at + 4, true),
  };
};

const readNextHopHeaderBody = (
  r: Reader,
  at: number,
  end: number,
): { header: ValueOf<typeof nextHopHeader>; attrs: ValueOf<typeof routeAttrs> } | undefined => {
  if (end - at < 8) return;
  const header = readNextHopHeader(r, at);
  const attrs = readRouteAttrs(r, at + 8, end, r.depth === 0 ? r.fields?.get(routeAttrs) : undefined);
  if (attrs === undefined) return;
  return { header, attrs };
};

const readRouteCacheInfo = (r: Reader, at: number): ValueOf<typeof routeCacheInfo> => {
  const { dv } = r;
  return {
    clntref: dv.getUint32(at, true),
    lastuse: dv.getUint32(at + 4, true),
    expires: dv.getInt32(at + 8, true),
    error: dv.getUint32(at + 12, true),
    used: dv.getUint32(at + 16, true),
    id: dv.getUint32(at + 20, true),
    ts: dv.getUint32(at + 24, true),
    tsage: dv.getUint32(at + 28, true),
  };
};

const readRouteMfcStats = (r: Reader, at: number): ValueOf<typeof routeMfcStats> => {
  const { dv } = r;
  return { packets: u64Of(dv, at), bytes: u64Of(dv, at + 8), wrongIf: u64Of(dv, at + 16) };
};

const keptLists1 = /* @__PURE__ */ new AlikeLists();

type RouteAttrsValue = ValueOf<typeof routeAttrs>;
const readRouteAttrs = (
  r: Reader,
  at: number,
  end: number,
  wanted: Wanted | undefined,
): RouteAttrsValue | undefined => {
  const { dv, u8 } = r;
  if (r.depth++ >= FAST_DEPTH) return;
  let dst_: RouteAttrsValue["dst"];
  let src_: RouteAttrsValue["src"];
  let iif_: RouteAttrsValue["iif"];
  let oif_: RouteAttrsValue["oif"];
  let gateway_: RouteAttrsValue["gateway"];
  let priority_: RouteAttrsValue["priority"];
  let prefsrc_: RouteAttrsValue["prefsrc"];
  let metrics_: RouteAttrsValue["metrics"];
  let multipath_: RouteAttrsValue["multipath"];
  let protoinfo_: RouteAttrsValue["protoinfo"];
  let flow_: RouteAttrsValue["flow"];
  let cacheinfo_: RouteAttrsValue["cacheinfo"];
  let session_: RouteAttrsValue["session"];
  let mpAlgo_: RouteAttrsValue["mpAlgo"];
  let table_: RouteAttrsValue["table"];
  let mark_: RouteAttrsValue["mark"];
  let mfcStats_: RouteAttrsValue["mfcStats"];
  let via_: RouteAttrsValue["via"];
  let newdst_: RouteAttrsValue["newdst"];
  let pref_: RouteAttrsValue["pref"];
  let encapType_: RouteAttrsValue["encapType"];
  let encap_: RouteAttrsValue["encap"];
  let expires_: RouteAttrsValue["expires"];
  let uid_: RouteAttrsValue["uid"];
  let ttlPropagate_: RouteAttrsValue["ttlPropagate"];
  let ipProto_: RouteAttrsValue["ipProto"];
  let sport_: RouteAttrsValue["sport"];
  let dport_: RouteAttrsValue["dport"];
  let nhId_: RouteAttrsValue["nhId"];
  let flowlabel_: RouteAttrsValue["flowlabel"];
  let delReason_: RouteAttrsValue["delReason"];
  let unknown: RawAttribute[] | undefined;
  let seen = 0;
  while (end - at >= 4) {
    const head = dv.getInt32(at, true);
    const word = head >>> 16;
    const p = at + 4;
    const e = at + (head & 0xffff);
    if (e < p || e > end || (head & 0x40000000) !== 0) return;
    at = (e + 3) & ~3;
    if (wanted !== undefined && wanted[word & 0x3fff] !== 1) continue;
    switch (word & 0x3fff) {
      case 1:
        dst_ = ipText(u8, p, e);
        seen |= 1;
        break;
      case 2:
        src_ = ipText(u8, p, e);
        seen |= 256;
        break;
      case 3:
        if (e - p !== 4) return;
        iif_ = dv.getUint32(p, true);
        seen |= 256;
        break;
      case 4:
        if (e - p !== 4) return;
        oif_ = dv.getUint32(p, true);
        seen |= 2;
        break;
      case 5:
        gateway_ = ipText(u8, p, e);
        seen |= 4;
        break;
      case 6:
        if (e - p !== 4) return;
        priority_ = dv.getUint32(p, true);
        seen |= 32;
        break;
      case 7:
        prefsrc_ = ipText(u8, p, e);
        seen |= 16;
        break;
      case 8:
        {
          const inner = readRouteMetrics(r, p, e);
          if (inner === undefined) return;
          metrics_ = inner;
        }
        seen |= 256;
        break;
      case 9:
        {
          const items: NonNullable<ReturnType<typeof readNextHopHeaderBody>>[] = [];
          let q = p;
          while (e - q >= 8) {
            const n = dv.getUint16(q, true);
            if (n < 8 || n > e - q) return;
            {
              const inner = readNextHopHeaderBody(r, q, q + n);
              if (inner === undefined) return;
              items.push(inner);
            }
            q += (n + 3) & ~3;
          }
          if (q < e) return;
          multipath_ = items;
        }
        seen |= 256;
        break;
      case 10:
        if (e - p !== 4) return;
        protoinfo_ = dv.getUint32(p, true);
        seen |= 256;
        break;
      case 11:
        if (e - p !== 4) return;
        flow_ = dv.getUint32(p, true);
        seen |= 256;
        break;
      case 12:
        if (e - p < 32) return;
        cacheinfo_ = readRouteCacheInfo(r, p);
        seen |= 64;
        break;
      case 13:
        session_ = copyOf(u8, p, e);
        seen |= 256;
        break;
      case 14:
        if (e - p !== 4) return;
        mpAlgo_ = dv.getUint32(p, true);
        seen |= 256;
        break;
      case 15:
        if (e - p !== 4) return;
        table_ = dv.getUint32(p, true);
        seen |= 8;
        break;
      case 16:
        if (e - p !== 4) return;
        mark_ = dv.getUint32(p, true);
        seen |= 256;
        break;
      case 17:
        if (e - p < 24) return;
        mfcStats_ = readRouteMfcStats(r, p);
        seen |= 256;
        break;
      case 18:
        if (e - p < 2) return;
        via_ = { family: dv.getUint16(p, true), addr: ipText(u8, p + 2, e) };
        seen |= 256;
        break;
      case 19:
        {
          if (((e - p) & 3) !== 0) return;
          const known = keptLists1.find(dv, p, e);
          if (known !== undefined) {
            newdst_ = known;
          } else {
            const items = new Array<number>((e - p) >> 2);
            for (let i = p, n = 0; i < e; i += 4) items[n++] = dv.getUint32(i, false);
            newdst_ = keptLists1.keep(items);
          }
        }
        seen |= 256;
        break;
      case 20:
        if (e - p !== 1) return;
        pref_ = u8[p] as number;
        seen |= 128;
        break;
      case 21:
        if (e - p !== 2) return;
        encapType_ = dv.getUint16(p, true);
        seen |= 256;
        break;
      case 22:
        encap_ = copyOf(u8, p, e);
        seen |= 256;
        break;
      case 23:
        if (e - p !== 4) return;
        expires_ = dv.getUint32(p, true);
        seen |= 256;
        break;
      case 25:
        if (e - p !== 4) return;
        uid_ = dv.getUint32(p, true);
        seen |= 256;
        break;
      case 26:
        if (e - p !== 1) return;
        ttlPropagate_ = u8[p] as number;
        seen |= 256;
        break;
      case 27:
        if (e - p !== 1) return;
        ipProto_ = u8[p] as number;
        seen |= 256;
        break;
      case 28:
        if (e - p !== 2) return;
        sport_ = dv.getUint16(p, false);
        seen |= 256;
        break;
      case 29:
        if (e - p !== 2) return;
        dport_ = dv.getUint16(p, false);
        seen |= 256;
        break;
      case 30:
        if (e - p !== 4) return;
        nhId_ = dv.getUint32(p, true);
        seen |= 256;
        break;
      case 31:
        if (e - p !== 4) return;
        flowlabel_ = dv.getUint32(p, false);
        seen |= 256;
        break;
      case 32:
        if (e - p !== 4) return;
        delReason_ = dv.getUint32(p, true);
        seen |= 256;
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
        seen |= 256;
    }
  }
  if (at < end) return;
  r.depth--;
  switch (seen) {
    case 15:
      return { dst: dst_, oif: oif_, gateway: gateway_, table: table_ };
    case 11:
      return { dst: dst_, oif: oif_, table: table_ };
    case 27:
      return { dst: dst_, oif: oif_, prefsrc: prefsrc_, table: table_ };
    case 47:
      return { dst: dst_, oif: oif_, gateway: gateway_, priority: priority_, table: table_ };
    case 235:
      return { dst: dst_, oif: oif_, priority: priority_, cacheinfo: cacheinfo_, table: table_, pref: pref_ };
    case 239:
      return {
        dst: dst_,
        oif: oif_,
        gateway: gateway_,
        priority: priority_,
        cacheinfo: cacheinfo_,
        table: table_,
        pref: pref_,
      };
  }
  const out: RouteAttrsValue = {};
  if (dst_ !== undefined) out.dst = dst_;
  if (src_ !== undefined) out.src = src_;
  if (iif_ !== undefined) out.iif = iif_;
  if (oif_ !== undefined) out.oif = oif_;
  if (gateway_ !== undefined) out.gateway = gateway_;
  if (priority_ !== undefined) out.priority = priority_;
  if (prefsrc_ !== undefined) out.prefsrc = prefsrc_;
  if (metrics_ !== undefined) out.metrics = metrics_;
  if (multipath_ !== undefined) out.multipath = multipath_;
  if (protoinfo_ !== undefined) out.protoinfo = protoinfo_;
  if (flow_ !== undefined) out.flow = flow_;
  if (cacheinfo_ !== undefined) out.cacheinfo = cacheinfo_;
  if (session_ !== undefined) out.session = session_;
  if (mpAlgo_ !== undefined) out.mpAlgo = mpAlgo_;
  if (table_ !== undefined) out.table = table_;
  if (mark_ !== undefined) out.mark = mark_;
  if (mfcStats_ !== undefined) out.mfcStats = mfcStats_;
  if (via_ !== undefined) out.via = via_;
  if (newdst_ !== undefined) out.newdst = newdst_;
  if (pref_ !== undefined) out.pref = pref_;
  if (encapType_ !== undefined) out.encapType = encapType_;
  if (encap_ !== undefined) out.encap = encap_;
  if (expires_ !== undefined) out.expires = expires_;
  if (uid_ !== undefined) out.uid = uid_;
  if (ttlPropagate_ !== undefined) out.ttlPropagate = ttlPropagate_;
  if (ipProto_ !== undefined) out.ipProto = ipProto_;
  if (sport_ !== undefined) out.sport = sport_;
  if (dport_ !== undefined) out.dport = dport_;
  if (nhId_ !== undefined) out.nhId = nhId_;
  if (flowlabel_ !== undefined) out.flowlabel = flowlabel_;
  if (delReason_ !== undefined) out.delReason = delReason_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

const keptRouteHeader = /* @__PURE__ */ new Alike<ValueOf<typeof routeHeader>>();
const readRouteHeader = (r: Reader, at: number): ValueOf<typeof routeHeader> => {
  const { dv, u8 } = r;
  return (
    keptRouteHeader.find(dv, at) ??
    keptRouteHeader.keep({
      family: u8[at] as number,
      dstLen: u8[at + 1] as number,
      srcLen: u8[at + 2] as number,
      tos: u8[at + 3] as number,
      table: u8[at + 4] as number,
      protocol: u8[at + 5] as number,
      scope: u8[at + 6] as number,
      type: u8[at + 7] as number,
      flags: dv.getUint32(at + 8, true),
    })
  );
};

/** The fast reader of routeBody: false for what only the tables can read. */
export const readRouteBodyFast = (r: Reader, at: number, end: number, into: FastBody): boolean => {
  if (end - at < 12) return false;
  const header = readRouteHeader(r, at);
  const attrs = readRouteAttrs(r, at + 12, end, r.depth === 0 ? r.fields?.get(routeAttrs) : undefined);
  if (attrs === undefined) return false;
  into.header = header;
  into.attrs = attrs;
  return true;
};
