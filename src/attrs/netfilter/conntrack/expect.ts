// IPCTNL_MSG_EXP_*: CTA_EXPECT_*, the flows that helpers expect (an FTP server's data connection).
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be16, be32, flagsOf } from "../../../codec/int.ts";
import { string } from "../../../codec/scalars.ts";
import { type ConntrackTuple, conntrackTuple } from "./tuple.ts";

/**
 * Flags of an expectation, NF_CT_EXPECT_* of linux/netfilter/nf_conntrack_common.h.
 * @enum
 */
export const NF_CT_EXPECT = { PERMANENT: 1, INACTIVE: 2, USERSPACE: 4 } as const;

/** CTA_EXPECT_NAT: how the expected flow is translated. */
export interface ExpectationNat extends Attrs {
  /** Which direction's tuple is replaced: 0 original, 1 reply. */
  dir?: number | undefined;
  /** By which. */
  tuple?: ConntrackTuple | undefined;
}
/** The table of CTA_EXPECT_NAT_*. */
export const expectationNat: AttrTable<ExpectationNat> = /* @__PURE__ */ attrs<ExpectationNat>(
  "CTA_EXPECT_NAT_",
  () => ({
    dir: [1, be32],
    tuple: [2, conntrackTuple],
  }),
);

/** A flow that is expected. */
export interface ExpectationAttrs extends Attrs {
  /** The flow that it belongs to: its original tuple. */
  master?: ConntrackTuple | undefined;
  /** What its first packet looks like. */
  tuple?: ConntrackTuple | undefined;
  /** Bits of that tuple that count: addresses and ports of all ones, or of zeros. */
  mask?: ConntrackTuple | undefined;
  /** Seconds until it is forgotten. */
  timeout?: number | undefined;
  /** What tells it from an earlier one of the same tuple. */
  id?: number | undefined;
  /** Helper of the flow that will be: "ftp". */
  helpName?: string | undefined;
  /** Zone. */
  zone?: number | undefined;
  /** NF_CT_EXPECT. */
  flags?: number | undefined;
  /** Which of the helper's sorts of expectation. */
  class?: number | undefined;
  /** Translation of the flow that will be. */
  nat?: ExpectationNat | undefined;
  /** What the kernel calls for it: "nat-follow-master". */
  fn?: string | undefined;
}
/** The table of CTA_EXPECT_*. */
export const expectationAttrs: AttrTable<ExpectationAttrs> = /* @__PURE__ */ attrs<ExpectationAttrs>(
  "CTA_EXPECT_",
  () => ({
    master: [1, conntrackTuple],
    tuple: [2, conntrackTuple],
    mask: [3, conntrackTuple],
    timeout: [4, be32],
    id: [5, be32],
    helpName: [6, string],
    zone: [7, be16],
    flags: [8, flagsOf(be32, "NF_CT_EXPECT_", NF_CT_EXPECT)],
    class: [9, be32],
    nat: [10, expectationNat],
    fn: [11, string],
  }),
);
