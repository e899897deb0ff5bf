// Forwarding is a switch of the whole host: it is never turned on unasked, and never without closing what that would open.
import { NFPROTO } from "../attrs/netfilter/nfnetlink.ts";
import { type NftMessage, newRule } from "../client/nft/messages.ts";
import { rule } from "../client/nft/rule.ts";
import { NetworkError } from "./errors.ts";
import { CHAIN, TABLE } from "./firewall/names.ts";
import type { Host } from "./host.ts";
import type { NetworkConfig } from "./model.ts";
import { forget, HOST_KEY, type HostConfig, keep } from "./store.ts";

const SWITCH = { ipv4: "net.ipv4.ip_forward", ipv6: "net.ipv6.conf.all.forwarding" } as const;

/** The switches that a network needs and that are off, with what they are now. */
const missing = (host: Host, network: NetworkConfig): Record<string, string> => {
  const off: Record<string, string> = {};
  if (network.internal) return off;
  for (const family of ["ipv4", "ipv6"] as const) {
    const value = network[family] === undefined ? undefined : host.sysctl(SWITCH[family]);
    if (value === "0") off[SWITCH[family]] = value;
  }
  return off;
};

/** What has to be done for it. */
export interface Forwarding {
  /** What to keep: how it was before. Undefined: nothing has to be done. */
  readonly host: HostConfig | undefined;
  /** Rules that come first. */
  readonly messages: readonly NftMessage[];
  /** Turns it on, after the rules. */
  enable(): void;
}

/**
 * Looks whether a network can reach anything.
 * @param host where
 * @param network that needs it
 * @param kept how it was before, where it was turned on already
 * @param enable turn it on
 * @throws NetworkError FORWARDING_OFF
 */
export const forwardingFor = (
  host: Host,
  network: NetworkConfig,
  kept: HostConfig | undefined,
  enable: boolean,
): Forwarding => {
  const off = missing(host, network);
  const names = Object.keys(off);
  if (names.length === 0) return { host: undefined, messages: [], enable: () => {} };
  if (!enable) {
    throw new NetworkError(
      "FORWARDING_OFF",
      `${names.join(" and ")} is 0: this host forwards nothing, so the network would reach nobody. ` +
        `Turn it on (sysctl -w ${names[0]}=1), or have it turned on with enableForwarding (--enable-forwarding), ` +
        "which also drops what would be forwarded between other links; or make the network internal",
    );
  }
  const foreign = newRule(NFPROTO.INET, TABLE, CHAIN.FOREIGN, rule(NFPROTO.INET).drop().expressions);
  return {
    host: { kind: "host", before: { ...off, ...kept?.before } },
    messages: kept === undefined ? [foreign] : [],
    enable: () => {
      for (const name of names) host.setSysctl(name, "1");
    },
  };
};

/** What the host's switches shall be when some networks have gone. */
export interface Unforwarding {
  /** Switches that nobody needs any more, and what they were. */
  readonly restore: Readonly<Record<string, string>>;
  /** After that: what is kept of the others, and no rule where there are none. */
  readonly messages: readonly NftMessage[];
}

/**
 * Which switches can be set back.
 * @param kept how they were
 * @param left networks that stay
 */
export const unforwarding = (kept: HostConfig | undefined, left: readonly NetworkConfig[]): Unforwarding => {
  const needed = (["ipv4", "ipv6"] as const)
    .filter((family) => left.some((network) => !network.internal && network[family] !== undefined))
    .map((family): string => SWITCH[family]);
  const all = Object.entries(kept?.before ?? {});
  const restore = all.filter(([name]) => !needed.includes(name));
  if (kept === undefined || restore.length === 0) return { restore: {}, messages: [] };
  const stays = all.filter(([name]) => needed.includes(name));
  return {
    restore: Object.fromEntries(restore),
    messages: [
      ...forget(HOST_KEY, kept),
      ...(stays.length > 0
        ? keep(HOST_KEY, { kind: "host", before: Object.fromEntries(stays) })
        : [
            {
              name: "NFT_MSG_DELRULE",
              header: { family: NFPROTO.INET },
              attrs: { table: TABLE, chain: CHAIN.FOREIGN },
            } as const,
          ]),
    ],
  };
};
