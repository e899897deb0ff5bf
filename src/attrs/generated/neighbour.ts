// Written by scripts/generate.ts from the tables: do not edit.
import { hardwareText, ipText } from "../../codec/address.ts";
import type { RawAttribute } from "../../codec/attribute.ts";
import type { Reader, Wanted } from "../../codec/bytes.ts";
import type { ValueOf } from "../../codec/codec.ts";
import { Alike, rawOf } from "../../codec/fast.ts";
import type { FastBody } from "../../codec/registry.ts";
import type { fdbExtAttrs, neighbourCacheInfo, neighbourHeader } from "../route/neighbour.ts";
import { neighbourAttrs } from "../route/neighbour.ts";

const readNeighbourCacheInfo = (r: Reader, at: number): ValueOf<typeof neighbourCacheInfo> => {
  const { dv } = r;
  return {
    confirmed: dv.getUint32(at, true),
    used: dv.getUint32(at + 4, true),
    updated: dv.getUint32(at + 8, true),
    refcnt: dv.getUint32(at + 12, true),
  };
};

type FdbExtAttrsValue = ValueOf<typeof fdbExtAttrs>;
const readFdbExtAttrs = (r: Reader, at: number, end: number): FdbExtAttrsValue | undefined => {
  const { dv, u8 } = r;
  let activityNotify_: FdbExtAttrsValue["activityNotify"];
  let dontRefresh_: FdbExtAttrsValue["dontRefresh"];
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
        if (e - p !== 1) return;
        activityNotify_ = u8[p] as number;
        break;
      case 2:
        if (e !== p) return;
        dontRefresh_ = true;
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: FdbExtAttrsValue = {};
  if (activityNotify_ !== undefined) out.activityNotify = activityNotify_;
  if (dontRefresh_ !== undefined) out.dontRefresh = dontRefresh_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

type NeighbourAttrsValue = ValueOf<typeof neighbourAttrs>;
const readNeighbourAttrs = (
  r: Reader,
  at: number,
  end: number,
  wanted: Wanted | undefined,
): NeighbourAttrsValue | undefined => {
  const { dv, u8 } = r;
  let dst_: NeighbourAttrsValue["dst"];
  let lladdr_: NeighbourAttrsValue["lladdr"];
  let cacheinfo_: NeighbourAttrsValue["cacheinfo"];
  let probes_: NeighbourAttrsValue["probes"];
  let vlan_: NeighbourAttrsValue["vlan"];
  let port_: NeighbourAttrsValue["port"];
  let vni_: NeighbourAttrsValue["vni"];
  let ifindex_: NeighbourAttrsValue["ifindex"];
  let master_: NeighbourAttrsValue["master"];
  let linkNetnsid_: NeighbourAttrsValue["linkNetnsid"];
  let srcVni_: NeighbourAttrsValue["srcVni"];
  let protocol_: NeighbourAttrsValue["protocol"];
  let nhId_: NeighbourAttrsValue["nhId"];
  let fdbExtAttrs_: NeighbourAttrsValue["fdbExtAttrs"];
  let flagsExt_: NeighbourAttrsValue["flagsExt"];
  let ndmStateMask_: NeighbourAttrsValue["ndmStateMask"];
  let ndmFlagsMask_: NeighbourAttrsValue["ndmFlagsMask"];
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
        lladdr_ = hardwareText(u8, p, e);
        seen |= 2;
        break;
      case 3:
        if (e - p < 16) return;
        cacheinfo_ = readNeighbourCacheInfo(r, p);
        seen |= 4;
        break;
      case 4:
        if (e - p !== 4) return;
        probes_ = dv.getUint32(p, true);
        seen |= 8;
        break;
      case 5:
        if (e - p !== 2) return;
        vlan_ = dv.getUint16(p, true);
        seen |= 16;
        break;
      case 6:
        if (e - p !== 2) return;
        port_ = dv.getUint16(p, false);
        seen |= 16;
        break;
      case 7:
        if (e - p !== 4) return;
        vni_ = dv.getUint32(p, true);
        seen |= 16;
        break;
      case 8:
        if (e - p !== 4) return;
        ifindex_ = dv.getUint32(p, true);
        seen |= 16;
        break;
      case 9:
        if (e - p !== 4) return;
        master_ = dv.getUint32(p, true);
        seen |= 16;
        break;
      case 10:
        if (e - p !== 4) return;
        linkNetnsid_ = dv.getInt32(p, true);
        seen |= 16;
        break;
      case 11:
        if (e - p !== 4) return;
        srcVni_ = dv.getUint32(p, true);
        seen |= 16;
        break;
      case 12:
        if (e - p !== 1) return;
        protocol_ = u8[p] as number;
        seen |= 16;
        break;
      case 13:
        if (e - p !== 4) return;
        nhId_ = dv.getUint32(p, true);
        seen |= 16;
        break;
      case 14:
        {
          const inner = readFdbExtAttrs(r, p, e);
          if (inner === undefined) return;
          fdbExtAttrs_ = inner;
        }
        seen |= 16;
        break;
      case 15:
        if (e - p !== 4) return;
        flagsExt_ = dv.getUint32(p, true);
        seen |= 16;
        break;
      case 16:
        if (e - p !== 2) return;
        ndmStateMask_ = dv.getUint16(p, true);
        seen |= 16;
        break;
      case 17:
        if (e - p !== 1) return;
        ndmFlagsMask_ = u8[p] as number;
        seen |= 16;
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
        seen |= 16;
    }
  }
  if (at < end) return;
  switch (seen) {
    case 15:
      return { dst: dst_, lladdr: lladdr_, cacheinfo: cacheinfo_, probes: probes_ };
  }
  const out: NeighbourAttrsValue = {};
  if (dst_ !== undefined) out.dst = dst_;
  if (lladdr_ !== undefined) out.lladdr = lladdr_;
  if (cacheinfo_ !== undefined) out.cacheinfo = cacheinfo_;
  if (probes_ !== undefined) out.probes = probes_;
  if (vlan_ !== undefined) out.vlan = vlan_;
  if (port_ !== undefined) out.port = port_;
  if (vni_ !== undefined) out.vni = vni_;
  if (ifindex_ !== undefined) out.ifindex = ifindex_;
  if (master_ !== undefined) out.master = master_;
  if (linkNetnsid_ !== undefined) out.linkNetnsid = linkNetnsid_;
  if (srcVni_ !== undefined) out.srcVni = srcVni_;
  if (protocol_ !== undefined) out.protocol = protocol_;
  if (nhId_ !== undefined) out.nhId = nhId_;
  if (fdbExtAttrs_ !== undefined) out.fdbExtAttrs = fdbExtAttrs_;
  if (flagsExt_ !== undefined) out.flagsExt = flagsExt_;
  if (ndmStateMask_ !== undefined) out.ndmStateMask = ndmStateMask_;
  if (ndmFlagsMask_ !== undefined) out.ndmFlagsMask = ndmFlagsMask_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

const keptNeighbourHeader = /* @__PURE__ */ new Alike<ValueOf<typeof neighbourHeader>>();
const readNeighbourHeader = (r: Reader, at: number): ValueOf<typeof neighbourHeader> => {
  const { dv, u8 } = r;
  return (
    keptNeighbourHeader.find(dv, at) ??
    keptNeighbourHeader.keep({
      family: u8[at] as number,
      ifindex: dv.getInt32(at + 4, true),
      state: dv.getUint16(at + 8, true),
      flags: u8[at + 10] as number,
      type: u8[at + 11] as number,
    })
  );
};

/** The fast reader of neighbourBody: false for what only the tables can read. */
export const readNeighbourBodyFast = (r: Reader, at: number, end: number, into: FastBody): boolean => {
  if (end - at < 12) return false;
  const header = readNeighbourHeader(r, at);
  const attrs = readNeighbourAttrs(r, at + 12, end, r.fields?.get(neighbourAttrs));
  if (attrs === undefined) return false;
  into.header = header;
  into.attrs = attrs;
  return true;
};
