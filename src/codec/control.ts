// The messages that every protocol has: NLMSG_NOOP, ERROR, DONE, OVERRUN, and the extended ack (linux/netlink.h, netlink(7)).
import type { Attrs } from "./attribute.ts";
import { attrs } from "./attrs.ts";
import { align4 } from "./bytes.ts";
import type { AttrTable, Control, Opaque, Struct } from "./codec.ts";
import { ERRNO } from "./errno.ts";
import { checkBytes, checkRecord } from "./expect.ts";
import { fault } from "./fault.ts";
import { enumOf, s32, s64, u16, u32, u64 } from "./int.ts";
import { bytes, string } from "./scalars.ts";
import { upTo } from "./secret.ts";
import { struct } from "./struct.ts";

/**
 * Types below 16 that every protocol has.
 * @enum
 */
export const NLMSG = { NOOP: 1, ERROR: 2, DONE: 3, OVERRUN: 4, MIN_TYPE: 0x10 } as const;
/**
 * nlmsg_flags. Some bits have two meanings: 0x100 is ROOT in a GET, REPLACE in a NEW, NONREC in a DEL and CAPPED in an ack; 0x200
 * likewise MATCH, EXCL, BULK and ACK_TLVS.
 * @enum
 */
export const NLM_F = {
  REQUEST: 1,
  MULTI: 2,
  ACK: 4,
  ECHO: 8,
  DUMP_INTR: 0x10,
  DUMP_FILTERED: 0x20,
  ROOT: 0x100,
  MATCH: 0x200,
  ATOMIC: 0x400,
  DUMP: 0x300,
  REPLACE: 0x100,
  EXCL: 0x200,
  CREATE: 0x400,
  APPEND: 0x800,
  NONREC: 0x100,
  BULK: 0x200,
  CAPPED: 0x100,
  ACK_TLVS: 0x200,
} as const;
/**
 * Types of the kernel's own attribute policies.
 * @enum
 */
export const NL_ATTR_TYPE = {
  INVALID: 0,
  FLAG: 1,
  U8: 2,
  U16: 3,
  U32: 4,
  U64: 5,
  S8: 6,
  S16: 7,
  S32: 8,
  S64: 9,
  BINARY: 10,
  STRING: 11,
  NUL_STRING: 12,
  NESTED: 13,
  NESTED_ARRAY: 14,
  BITFIELD32: 15,
  SINT: 16,
  UINT: 17,
} as const;

/** NLMSGERR_ATTR_POLICY: what the kernel would have taken. */
export interface AttributePolicy extends Attrs {
  /** One of NL_ATTR_TYPE. */
  type?: number | undefined;
  /** Lowest value of a signed integer. */
  minValueS?: bigint | undefined;
  /** Highest value of a signed integer. */
  maxValueS?: bigint | undefined;
  /** Lowest value of an unsigned integer. */
  minValueU?: bigint | undefined;
  /** Highest value of an unsigned integer. */
  maxValueU?: bigint | undefined;
  /** Bytes, at least. */
  minLength?: number | undefined;
  /** Bytes, at most. */
  maxLength?: number | undefined;
  /** Index of the policy of a nest. */
  policyIdx?: number | undefined;
  /** Highest attribute type of a nest. */
  policyMaxtype?: number | undefined;
  /** Bits that a bitfield32 may have. */
  bitfield32Mask?: number | undefined;
  /** Bits that an unsigned integer may have. */
  mask?: bigint | undefined;
}
export const attributePolicy: AttrTable<AttributePolicy> = /* @__PURE__ */ attrs<AttributePolicy>(
  "NL_POLICY_TYPE_ATTR_",
  () => ({
    type: [1, enumOf(u32, "NL_ATTR_TYPE_", NL_ATTR_TYPE)],
    minValueS: [2, s64],
    maxValueS: [3, s64],
    minValueU: [4, u64],
    maxValueU: [5, u64],
    minLength: [6, u32],
    maxLength: [7, u32],
    policyIdx: [8, u32],
    policyMaxtype: [9, u32],
    bitfield32Mask: [10, u32],
    mask: [12, u64],
  }),
);

/** The extended ack: what the kernel says about a refusal, or beside a success. */
export interface ExtAck extends Attrs {
  /** A sentence in English. */
  msg?: string | undefined;
  /** Byte offset, in the request, of the attribute it is about. */
  offs?: number | undefined;
  /** Whatever a subsystem hands back. */
  cookie?: Uint8Array | undefined;
  /** What the attribute at `offs` should have been. */
  policy?: AttributePolicy | undefined;
  /** Type of an attribute that is missing. */
  missType?: number | undefined;
  /** Byte offset, in the request, of the nest that lacks it; absent: the message itself. */
  missNest?: number | undefined;
}
/** Longest cookie (linux/netlink.h of the kernel itself). */
const NETLINK_MAX_COOKIE_LEN = 20;
export const extAck: AttrTable<ExtAck> = /* @__PURE__ */ attrs<ExtAck>("NLMSGERR_ATTR_", () => ({
  msg: [1, string],
  offs: [2, u32],
  cookie: [3, /* @__PURE__ */ upTo(bytes, NETLINK_MAX_COOKIE_LEN)],
  policy: [4, attributePolicy],
  missType: [5, u32],
  missNest: [6, u32],
}));

/** struct nlmsgerr: the outcome, and the header of the request that it is about. */
export interface ErrorHeader {
  /** 0, or a negative errno. */
  error: number;
  /** nlmsg_len of the request. */
  len: number;
  /** nlmsg_type of the request. */
  type: number;
  /** nlmsg_flags of the request. */
  flags: number;
  /** nlmsg_seq of the request. */
  seq: number;
  /** nlmsg_pid of the request. */
  pid: number;
}
export const errorHeader: Struct<ErrorHeader> = /* @__PURE__ */ struct<ErrorHeader>("nlmsgerr", "", 20, () => ({
  error: [0, enumOf(s32, "", ERRNO)],
  len: [4, u32, "msg.nlmsg_len"],
  type: [8, u16, "msg.nlmsg_type"],
  flags: [10, u16, "msg.nlmsg_flags"],
  seq: [12, u32, "msg.nlmsg_seq"],
  pid: [16, u32, "msg.nlmsg_pid"],
}));
/** NLMSG_DONE's payload. */
export interface DoneHeader {
  /** 0, or a negative errno: then the dump failed. */
  error: number;
}
export const doneHeader: Struct<DoneHeader> = /* @__PURE__ */ struct<DoneHeader>("int", "", 4, () => ({
  error: [0, enumOf(s32, "", ERRNO)],
}));

/** What stands behind nlmsghdr in NLMSG_ERROR (also an ack) and NLMSG_DONE. */
export interface ControlBody<H> {
  /** The fixed struct. */
  header: H;
  /** The request's payload, when the kernel echoes it (it does not with NETLINK_CAP_ACK, nor in an ack of 0). */
  payload?: Uint8Array | undefined;
  /** The extended ack. */
  attrs: ExtAck;
}

/** How many bytes of an ack echo the request: the flags CAPPED and ACK_TLVS decide. */
export const echoed = (flags: number, requestLength: number, rest: number): number => {
  if ((flags & NLM_F.ACK_TLVS) === 0) return rest;
  const payload = (flags & NLM_F.CAPPED) !== 0 ? 0 : Math.max(0, requestLength - 16);
  return payload >= rest ? rest : Math.min(rest, align4(payload));
};

/* @__NO_SIDE_EFFECTS__ */
const control = <H extends object>(header: Struct<H>): Control<ControlBody<H>> => ({
  kind: "control",
  header: header as unknown as Struct,
  attrs: extAck as AttrTable,
  read(r, at, end) {
    // A bare NLMSG_DONE, without its int, is what some families send: no fault.
    if (end - at < header.size && r.issues === undefined && end > at) {
      return fault(r, "BAD_LENGTH", at, end - at, header.size);
    }
    const split = Math.min(end, at + header.size);
    const fixed = (end === at ? { error: 0 } : header.read(r, at, split, {})) as H;
    const tlvs = split + echoed(r.flags, (fixed as { len?: number }).len ?? 0, end - split);
    const value: ControlBody<H> = { header: fixed, attrs: extAck.read(r, tlvs, end, {}) as ExtAck };
    if (tlvs > split) value.payload = r.u8.slice(split, tlvs);
    return value;
  },
  write(w, value, siblings, constant) {
    const given = value.header === undefined ? {} : value.header;
    checkRecord(`struct ${header.name}`, given, "header");
    header.write(w, given as H, siblings, constant);
    if (value.payload !== undefined) {
      checkBytes(value.payload, "payload");
      w.raw(value.payload);
    }
    const attributes = value.attrs === undefined ? {} : value.attrs;
    checkRecord("attributes", attributes, "attrs");
    // Attributes begin at a multiple of four, but where none follow nothing does.
    const from = w.zeros(align4(value.payload?.length ?? 0) - (value.payload?.length ?? 0));
    const begin = w.pos;
    extAck.write(w, attributes, siblings, constant);
    if (w.pos === begin) w.rewind(from);
  },
});

/** NLMSG_ERROR: an ack or a refusal. */
export const errorBody: Control<ControlBody<ErrorHeader>> = /* @__PURE__ */ control<ErrorHeader>(errorHeader);
/** NLMSG_DONE: the end of a dump. */
export const doneBody: Control<ControlBody<DoneHeader>> = /* @__PURE__ */ control<DoneHeader>(doneHeader);

/** A message whose payload means nothing. */
export interface OpaqueBody {
  /** Whatever stands behind nlmsghdr. */
  payload?: Uint8Array | undefined;
}
export const opaqueBody: Opaque<OpaqueBody> = {
  kind: "opaque",
  read: (r, at, end) => (end > at ? { payload: r.u8.slice(at, end) } : {}),
  write(w, value) {
    if (value.payload === undefined) return;
    checkBytes(value.payload, "payload");
    w.raw(value.payload);
  },
};
