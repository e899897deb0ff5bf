// Written by scripts/generate.ts from the tables: do not edit.

import type { RawAttribute } from "../../codec/attribute.ts";
import type { Reader, Wanted } from "../../codec/bytes.ts";
import type { ValueOf } from "../../codec/codec.ts";
import { rawOf } from "../../codec/fast.ts";
import type { FastBody } from "../../codec/registry.ts";
import type { nsidHeader } from "../route/nsid.ts";
import { nsidAttrs } from "../route/nsid.ts";

type NsidAttrsValue = ValueOf<typeof nsidAttrs>;
const readNsidAttrs = (r: Reader, at: number, end: number, wanted: Wanted | undefined): NsidAttrsValue | undefined => {
  const { dv, u8 } = r;
  let nsid_: NsidAttrsValue["nsid"];
  let pid_: NsidAttrsValue["pid"];
  let fd_: NsidAttrsValue["fd"];
  let targetNsid_: NsidAttrsValue["targetNsid"];
  let currentNsid_: NsidAttrsValue["currentNsid"];
  let unknown: RawAttribute[] | undefined;
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
        if (e - p !== 4) return;
        nsid_ = dv.getInt32(p, true);
        break;
      case 2:
        if (e - p !== 4) return;
        pid_ = dv.getUint32(p, true);
        break;
      case 3:
        if (e - p !== 4) return;
        fd_ = dv.getUint32(p, true);
        break;
      case 4:
        if (e - p !== 4) return;
        targetNsid_ = dv.getInt32(p, true);
        break;
      case 5:
        if (e - p !== 4) return;
        currentNsid_ = dv.getInt32(p, true);
        break;
      default:
        unknown ??= [];
        unknown.push(rawOf(u8, word, p, e));
    }
  }
  if (at < end) return;
  const out: NsidAttrsValue = {};
  if (nsid_ !== undefined) out.nsid = nsid_;
  if (pid_ !== undefined) out.pid = pid_;
  if (fd_ !== undefined) out.fd = fd_;
  if (targetNsid_ !== undefined) out.targetNsid = targetNsid_;
  if (currentNsid_ !== undefined) out.currentNsid = currentNsid_;
  if (unknown !== undefined) out.unknown = unknown;
  return out;
};

const readNsidHeader = (r: Reader, at: number): ValueOf<typeof nsidHeader> => {
  const { u8 } = r;
  return { family: u8[at] as number };
};

/** The fast reader of nsidBody: false for what only the tables can read. */
export const readNsidBodyFast = (r: Reader, at: number, end: number, into: FastBody): boolean => {
  if (end - at < 1) return false;
  const header = readNsidHeader(r, at);
  const attrs = readNsidAttrs(r, Math.min(end, at + 4), end, r.fields?.get(nsidAttrs));
  if (attrs === undefined) return false;
  into.header = header;
  into.attrs = attrs;
  return true;
};
