// -o KEY=VALUE of `network create`: Docker's names where Docker has them, and the kernel's for what a bridge has of its own.
import type { BridgeInfo } from "../../attrs/route/link-kinds/bridge.ts";
import type { NetworkOptions } from "../../network/model.ts";
import { UsageError } from "../failure.ts";
import { truth, whole } from "./values.ts";

/** What -o may set, still to be written to. */
export type Draft = { -readonly [K in keyof NetworkOptions]: NetworkOptions[K] };

const bridge = "com.docker.network.bridge.";
/** By Docker's name. */
const DOCKER: Readonly<Record<string, (draft: Draft, value: string) => void>> = {
  [`${bridge}name`]: (draft, value) => {
    draft.bridge = value;
  },
  "com.docker.network.driver.mtu": (draft, value) => {
    draft.mtu = whole(value);
  },
  [`${bridge}enable_icc`]: (draft, value) => {
    draft.icc = truth(value);
  },
  [`${bridge}enable_ip_masquerade`]: (draft, value) => {
    draft.masquerade = truth(value);
  },
  [`${bridge}host_binding_ipv4`]: (draft, value) => {
    draft.hostBindings = [...(draft.hostBindings ?? []), value];
  },
  [`${bridge}host_binding_ipv6`]: (draft, value) => {
    draft.hostBindings = [...(draft.hostBindings ?? []), value];
  },
  [`${bridge}gateway_mode_ipv4`]: (draft, value) => {
    draft.gatewayMode = { ...perFamily(draft), ipv4: value as "nat" };
  },
  [`${bridge}gateway_mode_ipv6`]: (draft, value) => {
    draft.gatewayMode = { ...perFamily(draft), ipv6: value as "nat" };
  },
  // Docker parts them by colons.
  [`${bridge}trusted_host_interfaces`]: (draft, value) => {
    draft.trusted = [...(draft.trusted ?? []), ...value.split(":")];
  },
  "com.docker.network.host_ipv4": (draft, value) => {
    draft.snat = [...(draft.snat ?? []), value];
  },
  "com.docker.network.host_ipv6": (draft, value) => {
    draft.snat = [...(draft.snat ?? []), value];
  },
};

/** One mode for both as one for each, so that a second option changes one of them. */
const perFamily = ({ gatewayMode }: Draft): Exclude<NetworkOptions["gatewayMode"], string | undefined> =>
  typeof gatewayMode === "string" ? { ipv4: gatewayMode, ipv6: gatewayMode } : { ...gatewayMode };

/** IFLA_BR_* by their lower-case names, those that are set with a number. */
const BRIDGE = {
  forward_delay: "forwardDelay",
  hello_time: "helloTime",
  max_age: "maxAge",
  ageing_time: "ageingTime",
  stp_state: "stpState",
  priority: "priority",
  vlan_filtering: "vlanFiltering",
  group_fwd_mask: "groupFwdMask",
  mcast_snooping: "mcastSnooping",
  mcast_querier: "mcastQuerier",
  mcast_router: "mcastRouter",
  fdb_max_learned: "fdbMaxLearned",
} as const satisfies Readonly<Record<string, keyof BridgeInfo>>;

/** Options of `docker network create -o` that mean nothing without a daemon or its containers. */
const NOT_HERE: Readonly<Record<string, string>> = {
  "com.docker.network.enable_ipv4": "--no-ipv4 makes a network without IPv4",
  "com.docker.network.enable_ipv6": "--ipv6 makes a network with IPv6",
  "com.docker.network.internal": "--internal makes a network without a way out",
  [`${bridge}default_bridge`]: "there is no default network",
  [`${bridge}inhibit_ipv4`]: "gateway mode isolated is what it does for internal networks",
  "com.docker.network.container_iface_prefix": "connect --ifname names the link of each endpoint",
  "com.docker.network.container_interface_prefix": "connect --ifname names the link of each endpoint",
};

/** Which it could have been: of Docker's, or of the bridge's own. */
const unknown = (key: string): string =>
  key.startsWith("com.docker.")
    ? `unknown option; of Docker's there are ${Object.keys(DOCKER).join(", ")}`
    : `unknown option; of a bridge there are ${Object.keys(BRIDGE).join(", ")}, and Docker's com.docker.network.…`;

/**
 * Applies -o.
 * @param draft what is written to
 * @param options as they were given
 * @throws UsageError for one that is none; InvalidArgumentError for a value
 */
export const applyDriverOptions = (draft: Draft, options: Readonly<Record<string, string>>): void => {
  for (const [key, value] of Object.entries(options)) {
    const docker = Object.hasOwn(DOCKER, key) ? DOCKER[key] : undefined;
    const own = Object.hasOwn(BRIDGE, key) ? BRIDGE[key as keyof typeof BRIDGE] : undefined;
    try {
      if (docker !== undefined) docker(draft, value);
      else if (own !== undefined) draft.bridgeOptions = { ...draft.bridgeOptions, [own]: whole(value) };
      else {
        const why = Object.hasOwn(NOT_HERE, key) ? NOT_HERE[key] : unknown(key);
        throw new UsageError(`-o ${JSON.stringify(key)}: ${why}`);
      }
    } catch (error) {
      throw error instanceof UsageError ? error : new UsageError(`-o ${key}=${value}: ${(error as Error).message}`);
    }
  }
};
