// RTM_*MDB: struct br_port_msg, and MDBA_*: one enum in answers, others in requests, told apart by NLM_F_REQUEST.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct, Variants } from "../../codec/codec.ts";
import { enumOf, u8, u16, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { repeated } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { answerOf, requestOf, type UndeclaredVariant, variants } from "../../codec/variants.ts";
import { AF } from "../families.ts";
import { MDB_RTR_TYPE } from "./bridge-common.ts";
import { type Mdb, type MdbEntry, type MdbRequestAttrs, mdb, mdbEntry, mdbRequestAttrs } from "./mdb-entry.ts";

/** What every RTM_*MDB begins with. */
export interface MdbHeader {
  /** AF: BRIDGE. */
  family: number;
  /** Index of the bridge. */
  ifindex: number;
}
/** struct br_port_msg. */
export const mdbHeader: Struct<MdbHeader> = /* @__PURE__ */ struct<MdbHeader>("br_port_msg", "", 8, () => ({
  family: [0, enumOf(u8, "AF_", AF)],
  ifindex: [4, u32],
}));

/** What stands behind a router port's index. */
export interface MdbRouterPortAttrs extends Attrs {
  /** USER_HZ (1/100 s) that are left. */
  timer?: number | undefined;
  /** MDB_RTR_TYPE. */
  type?: number | undefined;
  /** The same of IPv4 alone. */
  inetTimer?: number | undefined;
  /** The same of IPv6 alone. */
  inet6Timer?: number | undefined;
  /** VLAN. */
  vid?: number | undefined;
}
/** The table of MDBA_ROUTER_PATTR_*. */
export const mdbRouterPortAttrs: AttrTable<MdbRouterPortAttrs> = /* @__PURE__ */ attrs<MdbRouterPortAttrs>(
  "MDBA_ROUTER_PATTR_",
  () => ({
    timer: [1, u32],
    type: [2, enumOf(u8, "MDB_RTR_TYPE_", MDB_RTR_TYPE)],
    inetTimer: [3, u32],
    inet6Timer: [4, u32],
    vid: [5, u16],
  }),
);

/** A router port's index. */
export interface MdbRouterPortHeader {
  /** Index of the port. */
  ifindex: number;
}
/** A bare u32. */
export const mdbRouterPortHeader: Struct<MdbRouterPortHeader> = /* @__PURE__ */ struct<MdbRouterPortHeader>(
  "int",
  "",
  4,
  () => ({
    ifindex: [0, u32],
  }),
);
/** MDBA_ROUTER_PORT. */
export type MdbRouterPort = HeaderAndAttrs<MdbRouterPortHeader, MdbRouterPortAttrs>;
/** The body of MDBA_ROUTER_PORT. */
export const mdbRouterPort: Body<MdbRouterPort> = /* @__PURE__ */ body<MdbRouterPortHeader, MdbRouterPortAttrs>(
  mdbRouterPortHeader,
  mdbRouterPortAttrs,
);

/** Ports that lead to multicast routers. */
export interface MdbRouters extends Attrs {
  /** One a port. */
  port?: readonly MdbRouterPort[] | undefined;
}
/** The table of MDBA_ROUTER_*. */
export const mdbRouters: AttrTable<MdbRouters> = /* @__PURE__ */ attrs<MdbRouters>("MDBA_ROUTER_", () => ({
  port: [1, repeated(mdbRouterPort)],
}));

/** Attributes of a multicast table. */
export interface MdbAttrs extends Attrs {
  /** Its entries. */
  mdb?: Mdb | undefined;
  /** Ports that lead to routers. */
  router?: MdbRouters | undefined;
}
/** The table of MDBA_*. */
export const mdbAttrs: AttrTable<MdbAttrs> = /* @__PURE__ */ attrs<MdbAttrs>("MDBA_", () => ({
  mdb: [1, mdb],
  router: [2, mdbRouters],
}));

/** What a request adds or deletes. */
export interface MdbSetAttrs extends Attrs {
  /** The entry. */
  entry?: MdbEntry | undefined;
  /** What it has beside. */
  entryAttrs?: MdbRequestAttrs | undefined;
}
/** The table of MDBA_SET_*. */
export const mdbSetAttrs: AttrTable<MdbSetAttrs> = /* @__PURE__ */ attrs<MdbSetAttrs>("MDBA_SET_", () => ({
  entry: [1, mdbEntry],
  entryAttrs: [2, mdbRequestAttrs],
}));

/** What a request asks for. */
export interface MdbGetAttrs extends Attrs {
  /** The entry. */
  entry?: MdbEntry | undefined;
  /** What it has beside. */
  entryAttrs?: MdbRequestAttrs | undefined;
}
/** The table of MDBA_GET_*. */
export const mdbGetAttrs: AttrTable<MdbGetAttrs> = /* @__PURE__ */ attrs<MdbGetAttrs>("MDBA_GET_", () => ({
  entry: [1, mdbEntry],
  entryAttrs: [2, mdbRequestAttrs],
}));

/** A table, or a change in it. */
export type MdbTable = HeaderAndAttrs<MdbHeader, MdbAttrs>;
/** The body of an answer. */
export const mdbTableBody: Body<MdbTable> = /* @__PURE__ */ body<MdbHeader, MdbAttrs>(mdbHeader, mdbAttrs);

/** A request to add or delete. */
export type MdbSet = HeaderAndAttrs<MdbHeader, MdbSetAttrs>;
/** The body of RTM_NEWMDB and RTM_DELMDB as requests. */
export const mdbSetBody: Body<MdbSet> = /* @__PURE__ */ body<MdbHeader, MdbSetAttrs>(mdbHeader, mdbSetAttrs);

/** A request for entries. */
export type MdbGet = HeaderAndAttrs<MdbHeader, MdbGetAttrs>;
/** The body of RTM_GETMDB as a request. */
export const mdbGetBody: Body<MdbGet> = /* @__PURE__ */ body<MdbHeader, MdbGetAttrs>(mdbHeader, mdbGetAttrs);

/** RTM_NEWMDB and RTM_DELMDB: one property. */
export interface MdbChange extends UndeclaredVariant {
  /** An answer or an event. */
  table?: MdbTable | undefined;
  /** A request: with NLM_F_REQUEST. */
  set?: MdbSet | undefined;
}
/** The layouts of RTM_NEWMDB and RTM_DELMDB. */
export const mdbChangeBody: Variants<MdbChange> = /* @__PURE__ */ variants<MdbChange>(() => ({
  table: answerOf(undefined, mdbTableBody),
  set: requestOf(undefined, mdbSetBody),
}));
/** RTM_GETMDB: one property. */
export interface MdbQuery extends UndeclaredVariant {
  /** An answer (of kernels that answer so). */
  table?: MdbTable | undefined;
  /** A request. */
  get?: MdbGet | undefined;
}
/** The layouts of RTM_GETMDB. */
export const mdbQueryBody: Variants<MdbQuery> = /* @__PURE__ */ variants<MdbQuery>(() => ({
  table: answerOf(undefined, mdbTableBody),
  get: requestOf(undefined, mdbGetBody),
}));
