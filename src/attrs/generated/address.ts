// Written by scripts/generate.ts from the tables: do not edit.
import { ipText } from "../../codec/address.ts";
import type { RawAttribute } from "../../codec/attribute.ts";
import type { Reader, Wanted } from "../../codec/bytes.ts";
import type { ValueOf } from "../../codec/codec.ts";
import { rawOf } from "../../codec/fast.ts";
import type { FastBody } from "../../codec/registry.ts";
import { textOf } from "../../codec/text.ts";
import type { addressCacheInfo, addressHeader } from "../route/address.ts";
import { addressAttrs } from "../route/address.ts";

const readAddressCacheInfo = (r: Reader, at: number): ValueOf<typeof addressCacheInfo> => {
  const { dv } = r;
  return {
    prefered: dv.getUint32(at, true),
    valid: dv.getUint32(at + 4, true),
    cstamp: dv.getUint32(at + 8, true),
    tstamp: dv.getUint32(at + 12, true),
  };
};

type AddressAttrsValue = ValueOf<typeof addressAttrs>;
const readAddressAttrs = (
  r: Reader,
  at: number,
  end: number,
  wanted: Wanted | undefined,
): AddressAttrsValue | undefined => {
  const { dv, u8 } = r;
  let address_: AddressAttrsValue["address"];
  let local_: AddressAttrsValue["local"];
  let label_: AddressAttrsValue["label"];
  let broadcast_: AddressAttrsValue["broadcast"];
  let anycast_: AddressAttrsValue["anycast"];
  let cacheinfo_: AddressAttrsValue["cacheinfo"];
  let multicast_: AddressAttrsValue["multicast"];
  let flags_: AddressAttrsValue["flags"];
  let rtPriority_: AddressAttrsValue["rtPriority"];
  let targetNetnsid_: AddressAttrsValue["targetNetnsid"];
  let proto_: AddressAttrsValue["proto"];
  let mcUsers_: AddressAttrsValue["mcUsers"];
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
        address_ = ipText(u8, p, e);
        seen |= 1;
        break;
      case 2:
        local_ = ipText(u8, p, e);
        seen |= 8;
        break;
      case 3:
        label_ = textOf(u8, p, e);
        seen |= 16;
        break;
      case 4:
        broadcast_ = ipText(u8, p, e);
        seen |= 32;
        break;
      case 5:
        anycast_ = ipText(u8, p, e);
        seen |= 64;
        break;
      case 6:
        if (e - p < 16) return;
        cacheinfo_ = readAddressCacheInfo(r, p);
        seen |= 2;
        break;
      case 7:
        multicast_ = ipText(u8, p, e);
        seen |= 64;
        break;
      case 8:
        if (e - p !== 4) return;
        flags_ = dv.getUint32(p, true);
        seen |= 4;
        break;
      case 9:
        if (e - p !== 4) return;
        rtPriority_ = dv.getUint32(p, true);
        seen |= 64;
        break;
      case 10:
        if (e - p !== 4) return;
        targetNetnsid_ = dv.getInt32(p, true);
        seen |= 64;
        break;
      case 11:
        if (e - p !== 1) return;
        proto_ = u8[p] as number;
        seen |= 64;
        break;
      case 12:
        if (e - p !== 4) return;
        mcUsers_ = dv.getUint32(p, true);
        seen |= 64;
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
        seen |= 64;
    }
  }
  if (at < end) return;
  switch (seen) {
    case 7:
      return { address: address_, cacheinfo: cacheinfo_, flags: flags_ };
    case 63:
      return {
        address: address_,
        local: local_,
        label: label_,
        broadcast: broadcast_,
        cacheinfo: cacheinfo_,
        flags: flags_,
      };
  }
  const out: AddressAttrsValue = {};
  if (address_ !== undefined) out.address = address_;
  if (local_ !== undefined) out.local = local_;
  if (label_ !== undefined) out.label = label_;
  if (broadcast_ !== undefined) out.broadcast = broadcast_;
  if (anycast_ !== undefined) out.anycast = anycast_;
  if (cacheinfo_ !== undefined) out.cacheinfo = cacheinfo_;
  if (multicast_ !== undefined) out.multicast = multicast_;
  if (flags_ !== undefined) out.flags = flags_;
  if (rtPriority_ !== undefined) out.rtPriority = rtPriority_;
  if (targetNetnsid_ !== undefined) out.targetNetnsid = targetNetnsid_;
  if (proto_ !== undefined) out.proto = proto_;
  if (mcUsers_ !== undefined) out.mcUsers = mcUsers_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

const readAddressHeader = (r: Reader, at: number): ValueOf<typeof addressHeader> => {
  const { dv, u8 } = r;
  return {
    family: u8[at] as number,
    prefixlen: u8[at + 1] as number,
    flags: u8[at + 2] as number,
    scope: u8[at + 3] as number,
    index: dv.getUint32(at + 4, true),
  };
};

/** The fast reader of addressBody: false for what only the tables can read. */
export const readAddressBodyFast = (r: Reader, at: number, end: number, into: FastBody): boolean => {
  if (end - at < 8) return false;
  const header = readAddressHeader(r, at);
  const attrs = readAddressAttrs(r, at + 8, end, r.fields?.get(addressAttrs));
  if (attrs === undefined) return false;
  into.header = header;
  into.attrs = attrs;
  return true;
};
