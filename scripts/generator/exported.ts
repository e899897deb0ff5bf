// Where each declaration is exported, so that generated code can name its type.
import * as address from "../../src/attrs/route/address.ts";
import * as bridgeCommon from "../../src/attrs/route/bridge-common.ts";
import * as bridgePort from "../../src/attrs/route/bridge-port.ts";
import * as link from "../../src/attrs/route/link.ts";
import * as linkAfSpec from "../../src/attrs/route/link-af-spec.ts";
import * as linkBridgeSpec from "../../src/attrs/route/link-bridge-spec.ts";
import * as linkHeader from "../../src/attrs/route/link-header.ts";
import * as linkInfo from "../../src/attrs/route/link-info.ts";
import * as bridge from "../../src/attrs/route/link-kinds/bridge.ts";
import * as macvlan from "../../src/attrs/route/link-kinds/macvlan.ts";
import * as veth from "../../src/attrs/route/link-kinds/veth.ts";
import * as vxlan from "../../src/attrs/route/link-kinds/vxlan.ts";
import * as linkNests from "../../src/attrs/route/link-nests.ts";
import * as linkProtinfo from "../../src/attrs/route/link-protinfo.ts";
import * as linkStats from "../../src/attrs/route/link-stats.ts";
import * as neighbour from "../../src/attrs/route/neighbour.ts";
import * as nsid from "../../src/attrs/route/nsid.ts";
import * as route from "../../src/attrs/route/route.ts";
import * as routeHeader from "../../src/attrs/route/route-header.ts";
import * as routeMetrics from "../../src/attrs/route/route-metrics.ts";
import * as routeParts from "../../src/attrs/route/route-parts.ts";

/** Modules by their path below src/attrs. The file that declares a thing stands before those that export it again. */
const MODULES: Record<string, object> = {
  "route/link-header.ts": linkHeader,
  "route/link-nests.ts": linkNests,
  "route/link-stats.ts": linkStats,
  "route/link-bridge-spec.ts": linkBridgeSpec,
  "route/link-af-spec.ts": linkAfSpec,
  "route/link-protinfo.ts": linkProtinfo,
  "route/bridge-common.ts": bridgeCommon,
  "route/bridge-port.ts": bridgePort,
  "route/link-kinds/bridge.ts": bridge,
  "route/link-kinds/macvlan.ts": macvlan,
  "route/link-kinds/veth.ts": veth,
  "route/link-kinds/vxlan.ts": vxlan,
  "route/link-info.ts": linkInfo,
  "route/link.ts": link,
  "route/address.ts": address,
  "route/neighbour.ts": neighbour,
  "route/nsid.ts": nsid,
  "route/route-header.ts": routeHeader,
  "route/route-metrics.ts": routeMetrics,
  "route/route-parts.ts": routeParts,
  "route/route.ts": route,
};

/** A declaration's name, and the module that has it. */
export interface Place {
  readonly name: string;
  readonly module: string;
}
const places = new Map<unknown, Place>();
for (const [module, exports] of Object.entries(MODULES)) {
  for (const [name, value] of Object.entries(exports)) {
    if (!places.has(value)) places.set(value, { name, module });
  }
}

/** Where a declaration is exported. */
export const placeOf = (codec: { readonly kind: string }): Place => {
  const place = places.get(codec);
  if (place !== undefined) return place;
  const what = "table" in codec || !("constant" in codec) ? codec.kind : `${codec.kind} ${String(codec.constant)}`;
  throw new Error(
    `a ${what} is in no module of MODULES in scripts/generator/exported.ts: the type of its values cannot be named`,
  );
};

/** Whether it is. */
export const isExported = (codec: unknown): boolean => places.has(codec);
