// What a network and an endpoint are: what is asked for, what is kept in the kernel, and what is told.
import type { BridgeInfo } from "../attrs/route/link-kinds/bridge.ts";
import type { NetnsRef } from "../socket/netns.ts";

/**
 * How the outside and a network's endpoints reach one another, a family at a time.
 * `nat`: out by masquerade, in by published ports. `routed`: both ways by routes, no translation; in only to published ports and ICMP.
 * `nat-unprotected`: as nat, and every port may be reached by who has a route. `isolated`: the bridge has no address at all.
 */
export type GatewayMode = "nat" | "routed" | "nat-unprotected" | "isolated";
/** Where endpoints get their MACs from: random ones, or 02:42 and the IPv4 address. */
export type MacPolicy = "random" | "address";
/** Protocols whose ports can be published. */
export type PortProtocol = "tcp" | "udp" | "sctp";
/** A value for both families, or for each. */
export type PerFamily<T> = T | ForEachFamily<T>;
/** A value for each family. */
export interface ForEachFamily<T> {
  /** Default: as if nothing was said. */
  readonly ipv4?: T | undefined;
  /** Default: as if nothing was said. */
  readonly ipv6?: T | undefined;
}

/** What a network shall be. Everything but its name may be left to nlkit. */
export interface NetworkOptions {
  /** Its name: 1 to 128 bytes, no "/" and no control characters. */
  readonly name: string;
  /** Name of the bridge. Default: "nl-" and the name, or a number made of it. */
  readonly bridge?: string | undefined;
  /** Default: true. */
  readonly ipv4?: boolean | undefined;
  /** Default: whether there is an IPv6 subnet. True without a subnet: one of a random ULA prefix (RFC 4193). */
  readonly ipv6?: boolean | undefined;
  /** At most one a family: "10.1.0.0/24". Default: the first of the pools that nothing on this host uses. */
  readonly subnets?: readonly string[] | undefined;
  /** The bridge's own addresses, at most one a family. Default: the first of each subnet. */
  readonly gateways?: readonly string[] | undefined;
  /** Part of a subnet out of which addresses are allocated. */
  readonly ranges?: readonly string[] | undefined;
  /** Addresses that are never allocated, by what has them: `{ router: "10.1.0.2" }`. */
  readonly auxAddresses?: Readonly<Record<string, string>> | undefined;
  /** MTU of every link. Default: the kernel's, 1500. */
  readonly mtu?: number | undefined;
  /** Default: "nat". */
  readonly gatewayMode?: PerFamily<GatewayMode> | undefined;
  /** No way out, no published ports, no default route. Default: false. */
  readonly internal?: boolean | undefined;
  /** May endpoints of the network reach one another? Default: true. */
  readonly icc?: boolean | undefined;
  /** Default: true. */
  readonly masquerade?: boolean | undefined;
  /** Source NAT to these addresses of the host instead of masquerade, at most one a family. */
  readonly snat?: readonly string[] | undefined;
  /** Host's addresses on which ports are published that name none, at most one a family. Default: all. */
  readonly hostBindings?: readonly string[] | undefined;
  /** Links from which endpoints may be addressed directly, in mode nat. */
  readonly trusted?: readonly string[] | undefined;
  /** Frames may leave by the port they came in by (IFLA_BRPORT_MODE). Default: false; published ports do not need it. */
  readonly hairpin?: boolean | undefined;
  /** Default: "random". */
  readonly macPolicy?: MacPolicy | undefined;
  /** Attributes of the bridge (IFLA_BR_*), as in `linkinfo.data.bridge`. */
  readonly bridgeOptions?: BridgeInfo | undefined;
  /** Yours, kept as they are. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}
/** How a network is made. */
export interface CreateOptions {
  /** Where forwarding is off, turn it on, and drop what would be forwarded between other links. Default: false, an error. */
  readonly enableForwarding?: boolean | undefined;
}

/** A published port: the host's, and the endpoint's that it leads to. */
export interface PublishedPort {
  /** Default: "tcp". */
  readonly protocol: PortProtocol;
  /** Of the host: an address, or undefined for all of its family. */
  readonly hostAddress?: string | undefined;
  /** Of the host: 1 to 65535. */
  readonly hostPort: number;
  /** Of the endpoint: 1 to 65535. */
  readonly port: number;
}
/** A route inside an endpoint's namespace. */
export interface StaticRoute {
  /** "10.9.0.0/16" */
  readonly dst: string;
  /** Next hop; undefined: on the link itself. */
  readonly gateway?: string | undefined;
}

/** What an endpoint shall be. */
export interface ConnectOptions {
  /** The namespace: a name of `ip netns`, a path, a pid. */
  readonly netns: NetnsRef;
  /** What the endpoint is called. Default: the namespace's name, or "pid-4711". Unique in its network. */
  readonly name?: string | undefined;
  /** Name of the link inside. Default: the lowest free "eth0", "eth1"… */
  readonly ifname?: string | undefined;
  /** Addresses asked for, at most one a family. Default: free ones. */
  readonly addresses?: readonly string[] | undefined;
  /** MAC of the link inside. */
  readonly mac?: string | undefined;
  /** Of the networks of one namespace, the one of highest priority has the default route. Default: 0; equal ones by name. */
  readonly gatewayPriority?: number | undefined;
  /** More routes. */
  readonly routes?: readonly StaticRoute[] | undefined;
  /** "net.ipv4.conf.IFNAME.log_martians": "1"; IFNAME stands for the link. */
  readonly sysctls?: Readonly<Record<string, string>> | undefined;
  /** Other names, for /etc/hosts. */
  readonly aliases?: readonly string[] | undefined;
  /** Ports published: "8080:80", "127.0.0.1:53:53/udp", "8000-8009:8000-8009", or as objects. */
  readonly ports?: readonly (string | PublishedPort)[] | undefined;
  /** Yours, kept as they are. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds to wait until the endpoint can be used: carrier, bridge port, IPv6. 0: do not wait. Default: 5,000. */
  readonly wait?: number | undefined;
  /** Duplicate address detection for IPv6 (RFC 4862), 1 to 2 s. Default: false: the reservation in the kernel excludes duplicates. */
  readonly dad?: boolean | undefined;
  /** How often the new neighbour is announced (ARP, neighbour advertisement), 0 to 3. Default: 1. */
  readonly announce?: number | undefined;
}

/** One family of a network, as it is kept. */
export interface FamilyConfig {
  /** "10.1.0.0/24" */
  readonly subnet: string;
  /** The bridge's address, without a length. */
  readonly gateway?: string | undefined;
  /** Where addresses are allocated. */
  readonly range?: string | undefined;
  /** Addresses that are not. */
  readonly aux: Readonly<Record<string, string>>;
  /** How it meets the outside. */
  readonly mode: GatewayMode;
  /** Source NAT: "masquerade", an address, or none. */
  readonly snat?: string | undefined;
  /** Where ports are published that name no address. */
  readonly hostBinding?: string | undefined;
}
/** A network, as it is kept in the kernel. */
export interface NetworkConfig {
  /** What it is, where it is kept beside others. */
  readonly kind: "network";
  /** Its name: hostile text. */
  readonly name: string;
  /** Name of its bridge. */
  readonly bridge: string;
  /** Undefined: without IPv4. */
  readonly ipv4?: FamilyConfig | undefined;
  /** Undefined: without IPv6. */
  readonly ipv6?: FamilyConfig | undefined;
  /** MTU of every link; undefined: the kernel's. */
  readonly mtu?: number | undefined;
  /** No way out. */
  readonly internal: boolean;
  /** May its endpoints reach one another? */
  readonly icc: boolean;
  /** Links from which endpoints may be addressed directly. */
  readonly trusted: readonly string[];
  /** IFLA_BRPORT_MODE of its ports. */
  readonly hairpin: boolean;
  /** Where MACs of endpoints come from. */
  readonly macPolicy: MacPolicy;
  /** IFLA_BR_* that were asked for. */
  readonly bridgeOptions?: BridgeInfo | undefined;
  /** Yours: hostile text. */
  readonly labels: Readonly<Record<string, string>>;
}
/** An endpoint, as it is kept in the kernel. */
export interface EndpointConfig {
  /** What it is, where it is kept beside others. */
  readonly kind: "endpoint";
  /** Its name, unique in its network: hostile text. */
  readonly name: string;
  /** Name of its network's bridge. */
  readonly bridge: string;
  /** Name of the host's end, a port of that bridge. */
  readonly port: string;
  /** The namespace, as it was named: for people. */
  readonly netns: string;
  /** Number of the namespace (inode of its file): which endpoints are in one namespace. */
  readonly netnsId: string;
  /** Name of the link inside, as it was made. */
  readonly ifname: string;
  /** MAC of the link inside. */
  readonly mac: string;
  /** Its address, without a length. */
  readonly ipv4?: string | undefined;
  /** Its address, without a length. */
  readonly ipv6?: string | undefined;
  /** Which of the networks of one namespace has the default route. */
  readonly gatewayPriority: number;
  /** Routes inside, beside the default one. */
  readonly routes: readonly StaticRoute[];
  /** Other names: hostile text. */
  readonly aliases: readonly string[];
  /** What it publishes. */
  readonly ports: readonly PublishedPort[];
  /** Sysctls that were asked for, with IFNAME for the link; absent: none. */
  readonly sysctls?: Readonly<Record<string, string>> | undefined;
  /** Yours: hostile text. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Of which family: the property of NetworkConfig and EndpointConfig, and the version of the rules. */
export const FAMILIES = [
  ["ipv4", 4],
  ["ipv6", 6],
] as const;
