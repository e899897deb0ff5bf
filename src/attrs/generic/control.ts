// nlctrl, the family that knows the others: CTRL_CMD_* and CTRL_ATTR_*.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, NumberedItem, Struct } from "../../codec/codec.ts";
import { type AttributePolicy, attributePolicy } from "../../codec/control.ts";
import { flagsOf, u16, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs, indexed } from "../../codec/nests.ts";
import { numbered } from "../../codec/numbered.ts";
import { string } from "../../codec/scalars.ts";
import { type GenlHeader, genlHeaderOf } from "./header.ts";

/**
 * Commands of nlctrl, CTRL_CMD_* of linux/genetlink.h.
 * @enum
 */
export const CTRL_CMD = {
  UNSPEC: 0,
  NEWFAMILY: 1,
  DELFAMILY: 2,
  GETFAMILY: 3,
  NEWOPS: 4,
  DELOPS: 5,
  GETOPS: 6,
  NEWMCAST_GRP: 7,
  DELMCAST_GRP: 8,
  GETMCAST_GRP: 9,
  GETPOLICY: 10,
} as const;

/**
 * What a command is, GENL_* of linux/genetlink.h.
 * @enum
 */
export const GENL = {
  ADMIN_PERM: 1,
  CMD_CAP_DO: 2,
  CMD_CAP_DUMP: 4,
  CMD_CAP_HASPOL: 8,
  UNS_ADMIN_PERM: 16,
} as const;

/** A command of a family. */
export interface ControlOperation extends Attrs {
  /** Its number. */
  id?: number | undefined;
  /** GENL: who may, and how it may be asked. */
  flags?: number | undefined;
}
/** The table of CTRL_ATTR_OP_*. */
export const controlOperation: AttrTable<ControlOperation> = /* @__PURE__ */ attrs<ControlOperation>(
  "CTRL_ATTR_OP_",
  () => ({
    id: [1, u32],
    flags: [2, flagsOf(u32, "GENL_", GENL)],
  }),
);

/** A multicast group of a family. */
export interface ControlGroup extends Attrs {
  /** Its name. */
  name?: string | undefined;
  /** Its number: what a socket joins. */
  id?: number | undefined;
}
/** The table of CTRL_ATTR_MCAST_GRP_*. */
export const controlGroup: AttrTable<ControlGroup> = /* @__PURE__ */ attrs<ControlGroup>(
  "CTRL_ATTR_MCAST_GRP_",
  () => ({
    name: [1, string],
    id: [2, u32],
  }),
);

/** Which policies a command has, by their index. */
export interface ControlOpPolicy extends Attrs {
  /** Of a request. */
  do?: number | undefined;
  /** Of a dump. */
  dump?: number | undefined;
}
/** The table of CTRL_ATTR_POLICY_*. */
export const controlOpPolicy: AttrTable<ControlOpPolicy> = /* @__PURE__ */ attrs<ControlOpPolicy>(
  "CTRL_ATTR_POLICY_",
  () => ({
    do: [1, u32],
    dump: [2, u32],
  }),
);

/** Attributes of nlctrl. */
export interface ControlAttrs extends Attrs {
  /** Number of the family: nlmsg_type of its messages. */
  familyId?: number | undefined;
  /** Name of the family. */
  familyName?: string | undefined;
  /** Version of its messages. */
  version?: number | undefined;
  /** Bytes of a header of its own behind genlmsghdr. */
  hdrsize?: number | undefined;
  /** Highest attribute type of its messages. */
  maxattr?: number | undefined;
  /** Its commands. */
  ops?: readonly ControlOperation[] | undefined;
  /** Its multicast groups. */
  mcastGroups?: readonly ControlGroup[] | undefined;
  /** Policies: by their index, then by attribute type. */
  policy?: readonly NumberedItem<readonly NumberedItem<AttributePolicy>[]>[] | undefined;
  /** Which policies a command has: by command. */
  opPolicy?: readonly NumberedItem<ControlOpPolicy>[] | undefined;
  /** Request: policies of this command alone. */
  op?: number | undefined;
}
/** The table of CTRL_ATTR_*. */
export const controlAttrs: AttrTable<ControlAttrs> = /* @__PURE__ */ attrs<ControlAttrs>("CTRL_ATTR_", () => ({
  familyId: [1, u16],
  familyName: [2, string],
  version: [3, u32],
  hdrsize: [4, u32],
  maxattr: [5, u32],
  ops: [6, indexed(controlOperation)],
  mcastGroups: [7, indexed(controlGroup)],
  policy: [8, numbered(numbered(attributePolicy))],
  opPolicy: [9, numbered(controlOpPolicy)],
  op: [10, u32],
}));

const controlHeader: Struct<GenlHeader> = /* @__PURE__ */ genlHeaderOf(() => ({
  prefix: "CTRL_CMD_",
  values: CTRL_CMD,
}));
/** What stands behind nlmsghdr in messages of nlctrl. */
export type ControlFamilyBody = HeaderAndAttrs<GenlHeader, ControlAttrs>;
/** The body of messages of nlctrl: requests, answers and events have one. */
export const controlBody: Body<ControlFamilyBody> = /* @__PURE__ */ body<GenlHeader, ControlAttrs>(
  controlHeader,
  controlAttrs,
);
