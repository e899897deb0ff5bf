// The small nests of a link: alternative names, why it is held down, XDP.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable } from "../../codec/codec.ts";
import { enumOf, s32, u8, u32 } from "../../codec/int.ts";
import { repeated, string } from "../../codec/scalars.ts";

/** IFLA_PROP_LIST. */
export interface LinkPropList extends Attrs {
  /** More names of the link, each up to 127 bytes. */
  altIfname?: readonly string[] | undefined;
}
/** The table of IFLA_PROP_LIST. */
export const linkPropList: AttrTable<LinkPropList> = /* @__PURE__ */ attrs<LinkPropList>("IFLA_", () => ({
  altIfname: [53, repeated(string), "IFLA_ALT_IFNAME"],
}));

/** IFLA_PROTO_DOWN_REASON: bits that user space gives a meaning to. */
export interface LinkProtoDownReason extends Attrs {
  /** Which bits a request means. */
  mask?: number | undefined;
  /** The bits. */
  value?: number | undefined;
}
/** The table of IFLA_PROTO_DOWN_REASON_*. */
export const linkProtoDownReason: AttrTable<LinkProtoDownReason> = /* @__PURE__ */ attrs<LinkProtoDownReason>(
  "IFLA_PROTO_DOWN_REASON_",
  () => ({
    mask: [1, u32],
    value: [2, u32],
  }),
);

/**
 * Where an XDP program runs, XDP_ATTACHED_* of linux/if_link.h.
 * @enum
 */
export const XDP_ATTACHED = {
  NONE: 0,
  DRV: 1,
  SKB: 2,
  HW: 3,
  MULTI: 4,
} as const;

/** IFLA_XDP. */
export interface LinkXdp extends Attrs {
  /** Request: descriptor of the program; -1 detaches. */
  fd?: number | undefined;
  /** XDP_ATTACHED. */
  attached?: number | undefined;
  /** Request: XDP_FLAGS_*. */
  flags?: number | undefined;
  /** Id of the program, where there is one. */
  progId?: number | undefined;
  /** Id of the program in the driver. */
  drvProgId?: number | undefined;
  /** Id of the generic program. */
  skbProgId?: number | undefined;
  /** Id of the program on the card. */
  hwProgId?: number | undefined;
  /** Request: what must be attached now for the change to happen. */
  expectedFd?: number | undefined;
}
/** The table of IFLA_XDP_*. */
export const linkXdp: AttrTable<LinkXdp> = /* @__PURE__ */ attrs<LinkXdp>("IFLA_XDP_", () => ({
  fd: [1, s32],
  attached: [2, enumOf(u8, "XDP_ATTACHED_", XDP_ATTACHED)],
  flags: [3, u32],
  progId: [4, u32],
  drvProgId: [5, u32],
  skbProgId: [6, u32],
  hwProgId: [7, u32],
  expectedFd: [8, s32],
}));
