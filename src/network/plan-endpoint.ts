// From what is asked for to what an endpoint will be: names, addresses, ports; and everything that can be refused before anything is
// changed.
import { randomBytes } from "node:crypto";
import { AF } from "../attrs/families.ts";
import { familyOf, parsePrefix } from "../client/prefix.ts";
import { checked, invalid, NetworkError } from "./errors.ts";
import { checkMac, macOf, randomMac } from "./mac.ts";
import type { ConnectOptions, EndpointConfig, StaticRoute } from "./model.ts";
import { nameOf, type OpenNetns } from "./netns-of.ts";
import { indexOf } from "./network-index.ts";
import { canonical, checkHost, checkLink, checkName } from "./plan-network.ts";
import { portsOn } from "./ports.ts";
import type { NetworkState, State } from "./state.ts";
import { contains, parseSubnet } from "./subnet.ts";

type Family = "ipv4" | "ipv6";

/** A name for the host's end that no link has. */
const freePort = (taken: ReadonlySet<string>): string => {
  for (;;) {
    const name = `nlk${randomBytes(4).toString("hex")}`;
    if (!taken.has(name)) return name;
  }
};

/** The lowest "ethN" that is free inside. */
const freeIfname = (taken: ReadonlySet<string>): string => {
  for (let i = 0; ; i++) if (!taken.has(`eth${i}`)) return `eth${i}`;
};

/** An address that was asked for, or a free one. */
const addressFor = (
  { network, except }: Pick<Place, "network" | "except">,
  family: Family,
  asked: string | undefined,
): string | undefined => {
  const { name } = network.config;
  const own = network.config[family];
  const addresses = indexOf(network).addresses(family);
  if (own === undefined || addresses === undefined) {
    return asked === undefined ? undefined : invalid(`network ${JSON.stringify(name)} has no subnet for ${asked}`);
  }
  if (asked === undefined) {
    const free = addresses.lowest(except);
    if (free !== undefined) return free;
    throw new NetworkError(
      "EXHAUSTED",
      `no address is left in ${own.range ?? own.subnet} of network ${JSON.stringify(name)}`,
    );
  }
  const address = canonical(asked);
  const subnet = parseSubnet(own.subnet);
  if (!contains(subnet, address)) invalid(`${address} is not in ${own.subnet} of network ${JSON.stringify(name)}`);
  checkHost(subnet, address);
  if (addresses.has(address)) {
    const owner = network.endpoints.find((one) => one.config[family] === address);
    const who = owner === undefined ? "the network itself" : `endpoint ${JSON.stringify(owner.config.name)}`;
    throw new NetworkError("CONFLICT", `${address} is in use by ${who}`);
  }
  return address;
};

const macFor = (network: NetworkState, asked: string | undefined, ipv4: string | undefined): string => {
  if (asked === undefined)
    return network.config.macPolicy === "address" && ipv4 !== undefined ? macOf(ipv4) : randomMac();
  const mac = checked(() => checkMac(asked));
  const owner = network.endpoints.find((one) => one.config.mac === mac);
  if (owner !== undefined)
    throw new NetworkError("CONFLICT", `${mac} is in use by endpoint ${JSON.stringify(owner.config.name)}`);
  return mac;
};

const routeOf = ({ dst, gateway }: StaticRoute): StaticRoute => {
  const { family } = checked(() => parsePrefix(dst));
  checked(() => parseSubnet(dst.includes("/") ? dst : `${dst}/${family === AF.INET ? 32 : 128}`));
  if (gateway === undefined) return { dst };
  if (familyOf(canonical(gateway)) !== family) invalid(`route ${dst} via ${gateway}: two families`);
  return { dst, gateway: canonical(gateway) };
};

const only = (all: readonly string[] | undefined, family: number): string | undefined => {
  const own = (all ?? []).filter((text) => checked(() => familyOf(text)) === family);
  if (own.length > 1) invalid(`${own.join(" and ")}: one address a family`);
  return own[0];
};

/** Where it will be. */
export interface Place {
  readonly state: State;
  readonly network: NetworkState;
  readonly netns: OpenNetns;
  /** Names of links inside. */
  readonly inside: ReadonlySet<string>;
  /** Addresses that are not allocated, as the host has them. */
  readonly except?: ReadonlySet<string> | undefined;
}

/**
 * What the endpoint will be.
 * @param options what is asked for
 * @param place where
 * @throws NetworkError INVALID, EXISTS, CONFLICT, EXHAUSTED
 */
export const planEndpoint = (options: ConnectOptions, place: Place): EndpointConfig => {
  const { state, network, netns, inside } = place;
  const name = checkName(options.name ?? nameOf(netns), "an endpoint");
  const where = `network ${JSON.stringify(network.config.name)}`;
  const index = indexOf(network);
  if (index.named(name) !== undefined) {
    throw new NetworkError("EXISTS", `there is an endpoint ${JSON.stringify(name)} on ${where} already`);
  }
  if (index.inNetns(netns.id) !== undefined) {
    throw new NetworkError("EXISTS", `${netns.text} is on ${where} already`);
  }
  const ifname = options.ifname === undefined ? freeIfname(inside) : checkLink(options.ifname);
  if (inside.has(ifname)) {
    throw new NetworkError("EXISTS", `there is a link ${JSON.stringify(ifname)} in ${netns.text} already`);
  }
  const ports = portsOn(network.config, options.ports);
  if (ports.length > 0 && network.config.internal) invalid(`${where} is internal: it publishes no ports`);
  const ipv4 = addressFor(place, "ipv4", only(options.addresses, AF.INET));
  const ipv6 = addressFor(place, "ipv6", only(options.addresses, AF.INET6));
  const priority = options.gatewayPriority ?? 0;
  if (!Number.isSafeInteger(priority)) invalid(`gateway priority ${priority}: a whole number`);
  return {
    kind: "endpoint",
    name,
    bridge: network.config.bridge,
    port: freePort(state.linkNames),
    netns: netns.text,
    netnsId: netns.id,
    ifname,
    mac: macFor(network, options.mac, ipv4),
    ...(ipv4 === undefined ? {} : { ipv4 }),
    ...(ipv6 === undefined ? {} : { ipv6 }),
    gatewayPriority: priority,
    routes: (options.routes ?? []).map(routeOf),
    aliases: (options.aliases ?? []).map((alias) => checkName(alias, "an endpoint")),
    ports,
    ...(Object.keys(options.sysctls ?? {}).length === 0 ? {} : { sysctls: options.sysctls }),
    labels: options.labels ?? {},
  };
};
