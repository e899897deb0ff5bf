// The messages of NETLINK_XFRM: associations and policies of IPsec.
import type { Body, Struct, Variants } from "../../codec/codec.ts";
import { u32 } from "../../codec/int.ts";
import { withSecrets } from "../../codec/masking.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { type MessageType, messageTypes, type Registry, registry } from "../../codec/registry.ts";
import { struct } from "../../codec/struct.ts";
import { dumpOf, requestOf, type UndeclaredVariant, variants } from "../../codec/variants.ts";
import {
  type XfrmAttrs,
  type XfrmSadAttrs,
  type XfrmSpdAttrs,
  xfrmAttrs,
  xfrmSadAttrs,
  xfrmSpdAttrs,
} from "./attributes.ts";
import {
  type XfrmAcquire,
  type XfrmDefaultPolicy,
  type XfrmEventId,
  type XfrmExpire,
  type XfrmMapping,
  type XfrmMigrateState,
  type XfrmPolicyExpire,
  type XfrmPolicyId,
  type XfrmPolicyInfo,
  type XfrmReport,
  type XfrmSpiInfo,
  type XfrmStateFlush,
  type XfrmStateId,
  type XfrmStateInfo,
  xfrmAcquire,
  xfrmDefaultPolicy,
  xfrmEventId,
  xfrmExpire,
  xfrmMapping,
  xfrmMigrateState,
  xfrmPolicyExpire,
  xfrmPolicyId,
  xfrmPolicyInfo,
  xfrmReport,
  xfrmSpiInfo,
  xfrmStateFlush,
  xfrmStateId,
  xfrmStateInfo,
} from "./structs.ts";

/** No header. */
export type XfrmNoHeader = object;
/** Dumps and XFRM_MSG_FLUSHPOLICY have attributes alone. */
export const xfrmNoHeader: Struct<XfrmNoHeader> = /* @__PURE__ */ struct<XfrmNoHeader>("nothing", "", 0, () => ({}));
/** What XFRM_MSG_*SADINFO and *SPDINFO begin with. */
export interface XfrmInfoHeader {
  /** Request: what is asked for. */
  flags: number;
}
/** A bare u32. */
export const xfrmInfoHeader: Struct<XfrmInfoHeader> = /* @__PURE__ */ struct<XfrmInfoHeader>("int", "", 4, () => ({
  flags: [0, u32],
}));

/* @__NO_SIDE_EFFECTS__ */
const of = <H extends object>(header: Struct<H>): Body<HeaderAndAttrs<H, XfrmAttrs>> =>
  body<H, XfrmAttrs>(header, xfrmAttrs);
/** A message of NETLINK_XFRM with the header H. */
export type XfrmBody<H> = HeaderAndAttrs<H, XfrmAttrs>;
const stateIdBody: Body<XfrmBody<XfrmStateId>> = /* @__PURE__ */ of(xfrmStateId);
const policyIdBody: Body<XfrmBody<XfrmPolicyId>> = /* @__PURE__ */ of(xfrmPolicyId);
const dumpBody: Body<XfrmBody<XfrmNoHeader>> = /* @__PURE__ */ of(xfrmNoHeader);

/** XFRM_MSG_GETSA: one property. */
export interface XfrmStateQuery extends UndeclaredVariant {
  /** All, or those that match: with NLM_F_DUMP. */
  dump?: XfrmBody<XfrmNoHeader> | undefined;
  /** One. */
  get?: XfrmBody<XfrmStateId> | undefined;
}
/** The layouts of XFRM_MSG_GETSA. */
export const xfrmStateQuery: Variants<XfrmStateQuery> = /* @__PURE__ */ variants<XfrmStateQuery>(() => ({
  dump: dumpOf(dumpBody),
  get: requestOf(undefined, stateIdBody),
}));
/** XFRM_MSG_GETPOLICY: one property. */
export interface XfrmPolicyQuery extends UndeclaredVariant {
  /** All: with NLM_F_DUMP. */
  dump?: XfrmBody<XfrmNoHeader> | undefined;
  /** One. */
  get?: XfrmBody<XfrmPolicyId> | undefined;
}
/** The layouts of XFRM_MSG_GETPOLICY. */
export const xfrmPolicyQuery: Variants<XfrmPolicyQuery> = /* @__PURE__ */ variants<XfrmPolicyQuery>(() => ({
  dump: dumpOf(dumpBody),
  get: requestOf(undefined, policyIdBody),
}));

/** Every message of `xfrm`. */
export type XfrmMessageType =
  | MessageType<"XFRM_MSG_NEWSA" | "XFRM_MSG_UPDSA", XfrmBody<XfrmStateInfo>>
  | MessageType<"XFRM_MSG_DELSA", XfrmBody<XfrmStateId>>
  | MessageType<"XFRM_MSG_GETSA", XfrmStateQuery>
  | MessageType<"XFRM_MSG_NEWPOLICY" | "XFRM_MSG_UPDPOLICY", XfrmBody<XfrmPolicyInfo>>
  | MessageType<"XFRM_MSG_DELPOLICY" | "XFRM_MSG_MIGRATE", XfrmBody<XfrmPolicyId>>
  | MessageType<"XFRM_MSG_GETPOLICY", XfrmPolicyQuery>
  | MessageType<"XFRM_MSG_ALLOCSPI", XfrmBody<XfrmSpiInfo>>
  | MessageType<"XFRM_MSG_ACQUIRE", XfrmBody<XfrmAcquire>>
  | MessageType<"XFRM_MSG_EXPIRE", XfrmBody<XfrmExpire>>
  | MessageType<"XFRM_MSG_POLEXPIRE", XfrmBody<XfrmPolicyExpire>>
  | MessageType<"XFRM_MSG_FLUSHSA", XfrmBody<XfrmStateFlush>>
  | MessageType<"XFRM_MSG_FLUSHPOLICY", XfrmBody<XfrmNoHeader>>
  | MessageType<"XFRM_MSG_NEWAE" | "XFRM_MSG_GETAE", XfrmBody<XfrmEventId>>
  | MessageType<"XFRM_MSG_REPORT", XfrmBody<XfrmReport>>
  | MessageType<"XFRM_MSG_NEWSADINFO" | "XFRM_MSG_GETSADINFO", HeaderAndAttrs<XfrmInfoHeader, XfrmSadAttrs>>
  | MessageType<"XFRM_MSG_NEWSPDINFO" | "XFRM_MSG_GETSPDINFO", HeaderAndAttrs<XfrmInfoHeader, XfrmSpdAttrs>>
  | MessageType<"XFRM_MSG_MAPPING", XfrmBody<XfrmMapping>>
  | MessageType<"XFRM_MSG_SETDEFAULT" | "XFRM_MSG_GETDEFAULT", XfrmBody<XfrmDefaultPolicy>>
  | MessageType<"XFRM_MSG_MIGRATE_STATE", XfrmBody<XfrmMigrateState>>;

/** The registry of NETLINK_XFRM. */
export const xfrm: Registry<XfrmMessageType> = /* @__PURE__ */ (() =>
  withSecrets(
    registry<XfrmMessageType>(
      "NETLINK_XFRM",
      6,
      messageTypes(of(xfrmStateInfo), { XFRM_MSG_NEWSA: 16, XFRM_MSG_UPDSA: 26 }),
      messageTypes(stateIdBody, { XFRM_MSG_DELSA: 17 }),
      messageTypes(xfrmStateQuery, { XFRM_MSG_GETSA: 18 }),
      messageTypes(of(xfrmPolicyInfo), { XFRM_MSG_NEWPOLICY: 19, XFRM_MSG_UPDPOLICY: 25 }),
      messageTypes(policyIdBody, { XFRM_MSG_DELPOLICY: 20, XFRM_MSG_MIGRATE: 33 }),
      messageTypes(xfrmPolicyQuery, { XFRM_MSG_GETPOLICY: 21 }),
      messageTypes(of(xfrmSpiInfo), { XFRM_MSG_ALLOCSPI: 22 }),
      messageTypes(of(xfrmAcquire), { XFRM_MSG_ACQUIRE: 23 }),
      messageTypes(of(xfrmExpire), { XFRM_MSG_EXPIRE: 24 }),
      messageTypes(of(xfrmPolicyExpire), { XFRM_MSG_POLEXPIRE: 27 }),
      messageTypes(of(xfrmStateFlush), { XFRM_MSG_FLUSHSA: 28 }),
      messageTypes(dumpBody, { XFRM_MSG_FLUSHPOLICY: 29 }),
      messageTypes(of(xfrmEventId), { XFRM_MSG_NEWAE: 30, XFRM_MSG_GETAE: 31 }),
      messageTypes(of(xfrmReport), { XFRM_MSG_REPORT: 32 }),
      messageTypes(body<XfrmInfoHeader, XfrmSadAttrs>(xfrmInfoHeader, xfrmSadAttrs), {
        XFRM_MSG_NEWSADINFO: 34,
        XFRM_MSG_GETSADINFO: 35,
      }),
      messageTypes(body<XfrmInfoHeader, XfrmSpdAttrs>(xfrmInfoHeader, xfrmSpdAttrs), {
        XFRM_MSG_NEWSPDINFO: 36,
        XFRM_MSG_GETSPDINFO: 37,
      }),
      messageTypes(of(xfrmMapping), { XFRM_MSG_MAPPING: 38 }),
      messageTypes(of(xfrmDefaultPolicy), { XFRM_MSG_SETDEFAULT: 39, XFRM_MSG_GETDEFAULT: 40 }),
      messageTypes(of(xfrmMigrateState), { XFRM_MSG_MIGRATE_STATE: 41 }),
    ),
  ))();
