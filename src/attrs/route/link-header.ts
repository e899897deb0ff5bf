// The fixed part of RTM_*LINK: struct ifinfomsg.
import type { Struct } from "../../codec/codec.ts";
import { enumOf, flagsOf, s32, u8, u16, u32 } from "../../codec/int.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { ARPHRD, IFF } from "./link-names.ts";

/** What every RTM_*LINK begins with. */
export interface LinkHeader {
  /** AF. UNSPEC in most; BRIDGE and INET6 change what PROTINFO and AF_SPEC hold. */
  family: number;
  /** ARPHRD: what sort of device it is. Requests leave it 0. */
  type: number;
  /** Interface index; 0 in a request that names the link or makes one. */
  index: number;
  /** IFF. */
  flags: number;
  /** IFF: which bits of `flags` a request means to set or clear. */
  change: number;
}
/** struct ifinfomsg. */
export const linkHeader: Struct<LinkHeader> = /* @__PURE__ */ struct<LinkHeader>("ifinfomsg", "ifi_", 16, () => ({
  family: [0, enumOf(u8, "AF_", AF)],
  type: [2, enumOf(u16, "ARPHRD_", ARPHRD)],
  index: [4, s32],
  flags: [8, flagsOf(u32, "IFF_", IFF)],
  change: [12, flagsOf(u32, "IFF_", IFF)],
}));
