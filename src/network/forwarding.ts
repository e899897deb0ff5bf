// Forwarding is a switch of the whole host: it is never turned on unasked, and never without closing what that would open.
import { NFPROTO } from "../attrs/netfilter/nfnetlink.ts";
import { type NftMessage, newRule } from "../client/nft/messages.ts";
import { rule } from "../client/nft/rule.ts";
import { NetworkError } from "./errors.ts";
import { version } from "./firewall/matches.ts";
import { CHAIN, TABLE } from "./firewall/names.ts";
import type { Host } from "./host.ts";
import { FAMILIES, type NetworkConfig } from "./model.ts";
import { forget, HOST_KEY, type HostConfig, keep, type SysctlBefore } from "./store.ts";

const SWITCH = { ipv4: "net.ipv4.ip_forward", ipv6: "net.ipv6.conf.all.forwarding" } as const;

/** Both switches. */
export const FORWARDING: readonly string[] = Object.values(SWITCH);

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
    const value = host.sysctl(name, { ifname });
    if (value !== undefined && value !== off) found.push({ name, ifname, value });
  };
  for (const family of ["ipv4", "ipv6"] as const) {
    if (!switches.includes(SWITCH[family])) continue;
    if (family === "ipv4") look("net.ipv4.conf.IFNAME.accept_redirects", "all", "1");
    for (const ifname of ["default", ...links]) look(`net.${family}.conf.IFNAME.forwarding`, ifname, "0");
  }
  return found;
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
      `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} 0: this host forwards nothing, so the network would reach nobody. ` +
        `Turn it on (sysctl -w ${names[0]}=1), or have it turned on with enableForwarding (--enable-forwarding), ` +
        "which also drops what would be forwarded between other links; or make the network internal",
    );
  }
  return {
    host: {
      kind: "host",
      before: { ...off, ...kept?.before },
      links: [...(kept?.links ?? []), ...hanging(host, names, links)],
    },
    // Of the families that were off: what the host forwarded before it goes on forwarding.
    messages: foreignRules(off),
    enable: () => {
      for (const name of names) host.setSysctl(name, "1");
    },
  };
};

/** What the host's switches shall be when some networks have gone. */
export interface Unforwarding {
  /** Turns those that nobody needs any more as they were, and what hangs on them. Before the messages. */
  restore(): void;
  /** After that: what is kept of the others, and only their rules. */
  readonly messages: readonly NftMessage[];
}

const NOTHING: Unforwarding = { restore: () => {}, messages: [] };

/** Drops what would be forwarded between links that are not ours, of the families that were off. */
export const foreignRules = (switches: Readonly<Record<string, string>>): NftMessage[] =>
  FAMILIES.filter(([family]) => switches[SWITCH[family]] !== undefined).map(([, v]) =>
    newRule(NFPROTO.INET, TABLE, CHAIN.FOREIGN, [...version(v), ...rule(NFPROTO.INET).drop().expressions]),
  );

/**
 * Which switches can be set back.
 * @param host where
 * @param kept how they were
 * @param left networks that stay
 */
export const unforwarding = (
  host: Host,
  kept: HostConfig | undefined,
  left: readonly NetworkConfig[],
): Unforwarding => {
  if (kept === undefined) return NOTHING;
  const needed = FAMILIES.map(([family]) => family)
    .filter((family) => left.some((network) => !network.internal && network[family] !== undefined))
    .map((family): string => SWITCH[family]);
  const all = Object.entries(kept.before);
  const back = all.filter(([name]) => !needed.includes(name));
  if (back.length === 0) return NOTHING;
  const stays = Object.fromEntries(all.filter(([name]) => needed.includes(name)));
  // net.ipv4.conf.… hangs on net.ipv4.ip_forward.
  const familyOf = (name: string): string => name.split(".")[1] ?? "";
  const families = new Set(back.map(([name]) => familyOf(name)));
  const links = kept.links ?? [];
  const hung = links.filter(({ name }) => !families.has(familyOf(name)));
  const staying: HostConfig = { kind: "host", before: stays, links: hung };
  return {
    restore: () => {
      for (const [name, value] of back) host.setSysctl(name, value);
      for (const { name, ifname, value } of links) {
        if (families.has(familyOf(name))) host.setSysctlIfThere(name, value, { ifname });
      }
    },
    messages: [
      ...forget(HOST_KEY, kept),
      { name: "NFT_MSG_DELRULE", header: { family: NFPROTO.INET }, attrs: { table: TABLE, chain: CHAIN.FOREIGN } },
      ...(Object.keys(stays).length > 0 ? [...keep(HOST_KEY, staying), ...foreignRules(stays)] : []),
    ],
  };
};
