// Written by scripts/generate.ts from the tables: do not edit.
import { ipText } from "../../codec/address.ts";
import { MAX_DEPTH, type RawAttribute } from "../../codec/attribute.ts";
import type { Reader } from "../../codec/bytes.ts";
import type { ValueOf } from "../../codec/codec.ts";
import { irregular, regular } from "../../codec/fast.ts";
import { textOf } from "../../codec/text.ts";
import type { nextHopHeader, routeAttrs, routeBody, routeCacheInfo, routeHeader, routeMetrics, routeMfcStats } from "../route/route.ts";

const readRouteHeader = (r: Reader, at: number, end: number): ValueOf<typeof routeHeader> => {
  if (end - at < 12) throw irregular;
  const { dv } = r;
  return { family: dv.getUint8(at), dstLen: dv.getUint8(at + 1), srcLen: dv.getUint8(at + 2), tos: dv.getUint8(at + 3), table: dv.getUint8(at + 4), protocol: dv.getUint8(at + 5), scope: dv.getUint8(at + 6), type: dv.getUint8(at + 7), flags: dv.getUint32(at + 8, true) };
};

const readRouteMetrics = (r: Reader, at: number, end: number): ValueOf<typeof routeMetrics> => {
  type Value = ValueOf<typeof routeMetrics>;
  if (r.depth++ >= MAX_DEPTH) throw irregular;
  const { dv, u8 } = r;
  let lock_: Value["lock"], mtu_: Value["mtu"], window_: Value["window"], rtt_: Value["rtt"], rttvar_: Value["rttvar"], ssthresh_: Value["ssthresh"], cwnd_: Value["cwnd"], advmss_: Value["advmss"], reordering_: Value["reordering"], hoplimit_: Value["hoplimit"], initcwnd_: Value["initcwnd"], features_: Value["features"], rtoMin_: Value["rtoMin"], initrwnd_: Value["initrwnd"], quickack_: Value["quickack"], ccAlgo_: Value["ccAlgo"], fastopenNoCookie_: Value["fastopenNoCookie"], unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const length = dv.getUint16(at, true), word = dv.getUint16(at + 2, true), p = at + 4, e = at + length;
    if (length < 4 || e > end || (word & 0x4000) !== 0) throw irregular;
    switch (word & 0x3fff) {
      case 1: if (length !== 8) throw irregular; lock_ = dv.getUint32(p, true); break;
      case 2: if (length !== 8) throw irregular; mtu_ = dv.getUint32(p, true); break;
      case 3: if (length !== 8) throw irregular; window_ = dv.getUint32(p, true); break;
      case 4: if (length !== 8) throw irregular; rtt_ = dv.getUint32(p, true); break;
      case 5: if (length !== 8) throw irregular; rttvar_ = dv.getUint32(p, true); break;
      case 6: if (length !== 8) throw irregular; ssthresh_ = dv.getUint32(p, true); break;
      case 7: if (length !== 8) throw irregular; cwnd_ = dv.getUint32(p, true); break;
      case 8: if (length !== 8) throw irregular; advmss_ = dv.getUint32(p, true); break;
      case 9: if (length !== 8) throw irregular; reordering_ = dv.getUint32(p, true); break;
      case 10: if (length !== 8) throw irregular; hoplimit_ = dv.getUint32(p, true); break;
      case 11: if (length !== 8) throw irregular; initcwnd_ = dv.getUint32(p, true); break;
      case 12: if (length !== 8) throw irregular; features_ = dv.getUint32(p, true); break;
      case 13: if (length !== 8) throw irregular; rtoMin_ = dv.getUint32(p, true); break;
      case 14: if (length !== 8) throw irregular; initrwnd_ = dv.getUint32(p, true); break;
      case 15: if (length !== 8) throw irregular; quickack_ = dv.getUint32(p, true); break;
      case 16: ccAlgo_ = textOf(u8, p, e); break;
      case 17: if (length !== 8) throw irregular; fastopenNoCookie_ = dv.getUint32(p, true); break;
      default: (unknown ??= []).push({ word, bytes: u8.slice(p, e) });
    }
    at += (length + 3) & ~3;
  }
  if (at < end) throw irregular;
  r.depth--;
  const out: Value = {};
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

const readNextHopHeader = (r: Reader, at: number, end: number): ValueOf<typeof nextHopHeader> => {
  if (end - at < 8) throw irregular;
  const { dv } = r;
  return { len: dv.getUint16(at, true), flags: dv.getUint8(at + 2), hops: dv.getUint8(at + 3), ifindex: dv.getInt32(at + 4, true) };
};

const readRouteCacheInfo = (r: Reader, at: number, end: number): ValueOf<typeof routeCacheInfo> => {
  if (end - at < 32) throw irregular;
  const { dv } = r;
  return { clntref: dv.getUint32(at, true), lastuse: dv.getUint32(at + 4, true), expires: dv.getInt32(at + 8, true), error: dv.getUint32(at + 12, true), used: dv.getUint32(at + 16, true), id: dv.getUint32(at + 20, true), ts: dv.getUint32(at + 24, true), tsage: dv.getUint32(at + 28, true) };
};

const readRouteMfcStats = (r: Reader, at: number, end: number): ValueOf<typeof routeMfcStats> => {
  if (end - at < 24) throw irregular;
  const { dv } = r;
  return { packets: dv.getBigUint64(at, true), bytes: dv.getBigUint64(at + 8, true), wrongIf: dv.getBigUint64(at + 16, true) };
};

const readRouteAttrs = (r: Reader, at: number, end: number): ValueOf<typeof routeAttrs> => {
  type Value = ValueOf<typeof routeAttrs>;
  if (r.depth++ >= MAX_DEPTH) throw irregular;
  const { dv, u8 } = r;
  let dst_: Value["dst"], src_: Value["src"], iif_: Value["iif"], oif_: Value["oif"], gateway_: Value["gateway"], priority_: Value["priority"], prefsrc_: Value["prefsrc"], metrics_: Value["metrics"], multipath_: Value["multipath"], protoinfo_: Value["protoinfo"], flow_: Value["flow"], cacheinfo_: Value["cacheinfo"], session_: Value["session"], mpAlgo_: Value["mpAlgo"], table_: Value["table"], mark_: Value["mark"], mfcStats_: Value["mfcStats"], via_: Value["via"], newdst_: Value["newdst"], pref_: Value["pref"], encapType_: Value["encapType"], encap_: Value["encap"], expires_: Value["expires"], uid_: Value["uid"], ttlPropagate_: Value["ttlPropagate"], ipProto_: Value["ipProto"], sport_: Value["sport"], dport_: Value["dport"], nhId_: Value["nhId"], flowlabel_: Value["flowlabel"], delReason_: Value["delReason"], unknown: RawAttribute[] | undefined;
  while (end - at >= 4) {
    const length = dv.getUint16(at, true), word = dv.getUint16(at + 2, true), p = at + 4, e = at + length;
    if (length < 4 || e > end || (word & 0x4000) !== 0) throw irregular;
    switch (word & 0x3fff) {
      case 1: dst_ = ipText(u8, p, e); break;
      case 2: src_ = ipText(u8, p, e); break;
      case 3: if (length !== 8) throw irregular; iif_ = dv.getUint32(p, true); break;
      case 4: if (length !== 8) throw irregular; oif_ = dv.getUint32(p, true); break;
      case 5: gateway_ = ipText(u8, p, e); break;
      case 6: if (length !== 8) throw irregular; priority_ = dv.getUint32(p, true); break;
      case 7: prefsrc_ = ipText(u8, p, e); break;
      case 8: metrics_ = readRouteMetrics(r, p, e); break;
      case 9: { const items = []; let q = p; while (e - q >= 8) { const n = dv.getUint16(q, true); if (n < 8 || n > e - q) throw irregular; items.push({ header: readNextHopHeader(r, q, q + 8), attrs: readRouteAttrs(r, q + 8, q + n) }); q += (n + 3) & ~3; } if (q < e) throw irregular; multipath_ = items; } break;
      case 10: if (length !== 8) throw irregular; protoinfo_ = dv.getUint32(p, true); break;
      case 11: if (length !== 8) throw irregular; flow_ = dv.getUint32(p, true); break;
      case 12: cacheinfo_ = readRouteCacheInfo(r, p, e); break;
      case 13: session_ = u8.slice(p, e); break;
      case 14: if (length !== 8) throw irregular; mpAlgo_ = dv.getUint32(p, true); break;
      case 15: if (length !== 8) throw irregular; table_ = dv.getUint32(p, true); break;
      case 16: if (length !== 8) throw irregular; mark_ = dv.getUint32(p, true); break;
      case 17: mfcStats_ = readRouteMfcStats(r, p, e); break;
      case 18: if (e - p < 2) throw irregular; via_ = { family: dv.getUint16(p, true), addr: ipText(u8, p + 2, e) }; break;
      case 19: { if ((e - p) % 4 !== 0) throw irregular; const items: number[] = []; for (let i = p; i < e; i += 4) items.push(dv.getUint32(i, false)); newdst_ = items; } break;
      case 20: if (length !== 5) throw irregular; pref_ = dv.getUint8(p); break;
      case 21: if (length !== 6) throw irregular; encapType_ = dv.getUint16(p, true); break;
      case 22: encap_ = u8.slice(p, e); break;
      case 23: if (length !== 8) throw irregular; expires_ = dv.getUint32(p, true); break;
      case 25: if (length !== 8) throw irregular; uid_ = dv.getUint32(p, true); break;
      case 26: if (length !== 5) throw irregular; ttlPropagate_ = dv.getUint8(p); break;
      case 27: if (length !== 5) throw irregular; ipProto_ = dv.getUint8(p); break;
      case 28: if (length !== 6) throw irregular; sport_ = dv.getUint16(p, false); break;
      case 29: if (length !== 6) throw irregular; dport_ = dv.getUint16(p, false); break;
      case 30: if (length !== 8) throw irregular; nhId_ = dv.getUint32(p, true); break;
      case 31: if (length !== 8) throw irregular; flowlabel_ = dv.getUint32(p, false); break;
      case 32: if (length !== 8) throw irregular; delReason_ = dv.getUint32(p, true); break;
      default: (unknown ??= []).push({ word, bytes: u8.slice(p, e) });
    }
    at += (length + 3) & ~3;
  }
  if (at < end) throw irregular;
  r.depth--;
  const out: Value = {};
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

const readRouteBody = (r: Reader, at: number, end: number): ValueOf<typeof routeBody> => {
  if (end - at < 12) throw irregular;
  const header = readRouteHeader(r, at, at + 12);
  return { header, attrs: readRouteAttrs(r, at + 12, end) };
};

/** The fast reader of RouteBody: undefined for what only the tables can read. */
export const readRouteBodyFast: (r: Reader, at: number, end: number) => ReturnType<typeof readRouteBody> | undefined =
  /* @__PURE__ */ regular(readRouteBody);
