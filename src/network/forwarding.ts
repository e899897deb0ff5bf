// Forwarding is a switch of the whole host: it is never turned on unasked, and never without closing what that would open.
import { NFPROTO } from "../attrs/netfilter/nfnetlink.ts";
import { type NftMessage, newRule } from "../client/nft/messages.ts";
import { rule } from "../client/nft/rule.ts";
import { NetworkError } from "./errors.ts";
import { version } from "./firewall/matches.ts";
import { CHAIN, TABLE } from "./firewall/names.ts";
import type { Host } from "./host.ts";
import { FAMILIES, type NetworkConfig } from "./model.ts";
import type { HostConfig, SysctlBefore } from "./store.ts";

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

/**
 * What hangs on a switch: turned off again, it leaves no link forwarding, and IPv4's turns redirects on (`inet_forward_change`,
 * `addrconf_fixup_forwarding`). So what was otherwise is written down.
 * @param links names of the host's links
 */
const hanging = (host: Host, switches: readonly string[], links: ReadonlySet<string>): SysctlBefore[] => {
  const found: SysctlBefore[] = [];
  const look = (name: string, ifname: string, off: string): void => {
    const value = host.sysctl(name, ifname);
    if (value !== undefined && value !== off) found.push({ name, ifname, value });
  };
  for (const family of ["ipv4", "ipv6"] as const) {
    if (!switches.includes(SWITCH[family])) continue;
    if (family === "ipv4") look("net.ipv4.conf.IFNAME.accept_redirects", "all", "1");
    for (const ifname of ["default", ...links]) look(`net.${family}.conf.IFNAME.forwarding`, ifname, "0");
  }
  return found;
};

/** Turns the switches as they were, and what hangs on them. */
export const setForwardingBack = (host: Host, { before, links = [] }: HostConfig): void => {
  for (const [name, value] of Object.entries(before)) host.setSysctl(name, value);
  for (const { name, ifname, value } of links) host.setSysctlIfThere(name, value, { ifname });
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
 * @param links names of the host's links
 * @throws NetworkError FORWARDING_OFF
 */
export const forwardingFor = (
  host: Host,
  network: NetworkConfig,
  kept: HostConfig | undefined,
  enable: boolean,
  links: ReadonlySet<string>,
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
  // Of the families that were off: what the host forwarded before it goes on forwarding.
  const foreign = FAMILIES.flatMap(([family, v]) => {
    if (off[SWITCH[family]] === undefined) return [];
    return [newRule(NFPROTO.INET, TABLE, CHAIN.FOREIGN, [...version(v), ...rule(NFPROTO.INET).drop().expressions])];
  });
  return {
    host: {
      kind: "host",
      before: { ...off, ...kept?.before },
      links: [...(kept?.links ?? []), ...hanging(host, names, links)],
    },
    messages: foreign,
    enable: () => {
      for (const name of names) host.setSysctl(name, "1");
    },
  };
};
