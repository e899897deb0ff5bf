// RTA_VIA: a gateway of another address family than the route's, struct rtvia.
import type { Struct, Tailed } from "../../codec/codec.ts";
import { enumOf, u16 } from "../../codec/int.ts";
import { tailed } from "../../codec/nests.ts";
import { ip } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";

/** A gateway with its family. */
export interface Via {
  /** AF: family of `addr`. */
  family: number;
  /** Its IP address. */
  addr: string;
}
/** The fixed part of struct rtvia. */
const rtvia: Struct<Pick<Via, "family">> = /* @__PURE__ */ struct<Pick<Via, "family">>("rtvia", "rtvia_", 2, () => ({
  family: [0, enumOf(u16, "AF_", AF)],
}));
/** struct rtvia. */
export const via: Tailed<Via> = /* @__PURE__ */ tailed<Via>(rtvia, "addr", ip, "rtvia_addr");
