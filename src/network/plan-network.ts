// From what is asked for to what a network will be: defaults, pools, and everything that can be refused before anything is changed.
import { createHash } from "node:crypto";
import { AF } from "../attrs/families.ts";
import { checkIfname } from "../client/ifname.ts";
import { familyOf } from "../client/prefix.ts";
import { type Busy, conflict } from "./conflicts.ts";
import { checked, invalid, NetworkError } from "./errors.ts";
import type { FamilyConfig, GatewayMode, NetworkConfig, NetworkOptions, PerFamily } from "./model.ts";
import { choosePool, IPV4_POOLS, PoolsExhausted, ulaPool } from "./pool.ts";
import { checkHostAddress } from "./ports.ts";
import {
  addressToNumber,
  contains,
  firstHost,
  formatSubnet,
  notAHost,
  numberToAddress,
  overlaps,
  parseSubnet,
  type Subnet,
} from "./subnet.ts";

/** What else there is. */
export interface Surroundings {
  /** Networks of ours. */
  readonly networks: readonly NetworkConfig[];
  /** Names of the host's links, alternative ones too. */
  readonly linkNames: ReadonlySet<string>;
  /** Subnets that the host uses. */
  readonly busy: readonly Busy[];
}

const MODES: readonly string[] = ["nat", "routed", "nat-unprotected", "isolated"] satisfies GatewayMode[];
const NAME_BYTES = 128;
/** IPv6's least MTU (RFC 8200), and IPv4's (RFC 791); the kernel's most for a bridge. */
const MTU = { 4: 68, 6: 1280, MOST: 65535 } as const;

const FAMILY = { ipv4: AF.INET, ipv6: AF.INET6 } as const;
type FamilyName = keyof typeof FAMILY;

/** A name that can be said in a line of text. */
export const checkName = (name: string, what: string): string => {
  const bytes = Buffer.byteLength(name);
  const bad = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069/]/.test(name) || /\p{Surrogate}/u.test(name);
  if (bytes === 0 || bytes > NAME_BYTES || bad || name.trim() !== name) {
    invalid(`${JSON.stringify(name)} cannot name ${what}: 1 to ${NAME_BYTES} bytes, no "/", no control characters`);
  }
  return name;
};

/** A link's name. */
export const checkLink = (name: string): string => {
  checked(() => checkIfname(name));
  // The kernel has settings of these names beside those of its links.
  return name === "all" || name === "default"
    ? invalid(`${JSON.stringify(name)} cannot name a link: /proc/sys/net/*/conf/${name} stands for all of them`)
    : name;
};

/** A bridge's name becomes part of names of chains, which nft reads back. */
const checkBridge = (name: string): string => {
  checkLink(name);
  return /^[A-Za-z0-9_.-]+$/.test(name)
    ? name
    : invalid(`${JSON.stringify(name)} cannot name a bridge here: letters, digits, "_", "." and "-" only`);
};

/** "nl-" and the network's name where that is a link's name, and free; else a number made of it. */
const bridgeFor = (name: string, taken: ReadonlySet<string>): string => {
  const plain = `nl-${name}`;
  if (/^[A-Za-z0-9_.-]{1,12}$/.test(name) && !taken.has(plain)) return plain;
  for (let i = 0; ; i++) {
    const digest = createHash("sha256").update(`${i} ${name}`).digest("hex").slice(0, 10);
    if (!taken.has(`nl-${digest}`)) return `nl-${digest}`;
  }
};

/** The one of a list that is of a family; a second one is refused. */
const only = (all: readonly string[] | undefined, family: number, what: string): string | undefined => {
  const own = (all ?? []).filter((text) => checked(() => familyOf(text.split("/")[0] ?? "")) === family);
  if (own.length > 1) invalid(`${own.join(" and ")}: one ${what} a family`);
  return own[0];
};

/** An address of the family, as the codec writes it. */
export const canonical = (text: string): string =>
  checked(() => numberToAddress(addressToNumber(text), familyOf(text)));

const of = <T extends string>(value: PerFamily<T> | undefined, family: FamilyName): T | undefined =>
  typeof value === "string" || value === undefined ? value : (value[family] as T | undefined);

/** What no network's hosts can have, and why: RFC 6890, RFC 4291. */
const NOBODYS: readonly (readonly [subnet: string, why: string])[] = [
  ["fe80::/10", "is link-local: every link has it already"],
  ["ff00::/8", "is multicast: no host can have such an address"],
  ["224.0.0.0/4", "is multicast: no host can have such an address"],
  ["127.0.0.0/8", "is the loopback's"],
  ["::1/128", "is the loopback's"],
  ["0.0.0.0/8", 'is "this network": no host can have such an address'],
  ["240.0.0.0/4", "is reserved (240.0.0.0/4): no host can have such an address"],
  ["::ffff:0:0/96", "is IPv4 mapped into IPv6: no packet carries such an address"],
];

const subnetFor = (options: NetworkOptions, family: FamilyName, { busy, networks }: Surroundings): Subnet => {
  const text = only(options.subnets, FAMILY[family], "subnet");
  // A network of ours is named before the route that it has.
  const taken = [...busyBy(networks), ...busy];
  if (text !== undefined) {
    const subnet = checked(() => parseSubnet(text));
    if (subnet.length === 0) invalid(`${text} is every address that there is: a network needs a part of them`);
    const nobodys = NOBODYS.find(([one]) => overlaps(subnet, parseSubnet(one)));
    if (nobodys !== undefined) invalid(`${text} ${nobodys[1]}`);
    // Of two addresses a gateway and an endpoint can have one each: RFC 3021, RFC 6164.
    if (subnet.length > (family === "ipv4" ? 31 : 127)) invalid(`${text} has no room for a gateway and an endpoint`);
    const why = conflict(subnet, taken);
    if (why !== undefined) throw new NetworkError("CONFLICT", why);
    return subnet;
  }
  try {
    const pools = family === "ipv4" ? IPV4_POOLS : [ulaPool()];
    return choosePool(
      FAMILY[family],
      pools,
      taken.map(({ subnet }) => subnet),
    );
  } catch (error) {
    if (error instanceof PoolsExhausted) throw new NetworkError("EXHAUSTED", error.message, { cause: error });
    throw error;
  }
};

const busyBy = (networks: readonly NetworkConfig[]): Busy[] =>
  networks.flatMap(({ name, ipv4, ipv6 }) =>
    [ipv4, ipv6].flatMap((family) =>
      family === undefined ? [] : [{ subnet: parseSubnet(family.subnet), what: `network ${JSON.stringify(name)}` }],
    ),
  );

const inside = (subnet: Subnet, text: string, what: string): string => {
  const address = canonical(text);
  if (!contains(subnet, address)) invalid(`${what} ${address} is not in ${formatSubnet(subnet)}`);
  return address;
};

/** Refuses an address that no host of the subnet can have. */
export const checkHost = (subnet: Subnet, address: string, what = ""): void => {
  const kind = notAHost(subnet, address);
  if (kind !== undefined)
    invalid(`${what}${address} is the ${kind} address of ${formatSubnet(subnet)}: no host can have it`);
};

const planFamily = (options: NetworkOptions, family: FamilyName, surroundings: Surroundings): FamilyConfig => {
  const mode = of(options.gatewayMode, family) ?? "nat";
  if (!MODES.includes(mode)) invalid(`${JSON.stringify(mode)} is no gateway mode: ${MODES.join(", ")}`);
  if (mode === "isolated" && options.internal !== true) invalid("gateway mode isolated is for internal networks");
  const subnet = subnetFor(options, family, surroundings);
  const rangeText = only(options.ranges, FAMILY[family], "range");
  const range = rangeText === undefined ? undefined : checked(() => parseSubnet(rangeText));
  if (range !== undefined && !contains(subnet, range)) {
    invalid(`range ${formatSubnet(range)} is not in ${formatSubnet(subnet)}`);
  }
  const given = only(options.gateways, FAMILY[family], "gateway");
  if (given !== undefined && mode === "isolated") invalid("gateway mode isolated has no gateway");
  const gateway = mode === "isolated" ? undefined : inside(subnet, given ?? firstHost(subnet), "gateway");
  if (gateway !== undefined) checkHost(subnet, gateway, "gateway ");
  const aux = Object.fromEntries(
    Object.entries(options.auxAddresses ?? {})
      .filter(([, text]) => checked(() => familyOf(text)) === FAMILY[family])
      .map(([name, text]) => [name, inside(subnet, text, name)]),
  );
  const all = [...Object.values(aux), ...(gateway === undefined ? [] : [gateway])];
  const twice = all.find((address, i) => all.indexOf(address) !== i);
  if (twice !== undefined) invalid(`${twice} is given twice`);
  const snat = only(options.snat, FAMILY[family], "address for source NAT");
  const hostBinding = only(options.hostBindings, FAMILY[family], "host binding");
  // In mode routed ports are published on none: what would be kept to one address would be open to all.
  if (hostBinding !== undefined && mode === "routed") invalid(`host binding ${hostBinding}: mode routed has none`);
  const translated = !(options.internal ?? false) && (mode === "nat" || mode === "nat-unprotected");
  const source = !translated
    ? undefined
    : snat !== undefined
      ? canonical(snat)
      : (options.masquerade ?? true)
        ? "masquerade"
        : undefined;
  return {
    subnet: formatSubnet(subnet),
    ...(gateway === undefined ? {} : { gateway }),
    ...(range === undefined ? {} : { range: formatSubnet(range) }),
    aux,
    mode,
    ...(source === undefined ? {} : { snat: source }),
    ...(hostBinding === undefined ? {} : { hostBinding: checkHostAddress(hostBinding) }),
  };
};

/**
 * What the network will be.
 * @param options what is asked for
 * @param surroundings what else there is
 * @throws NetworkError INVALID, EXISTS, CONFLICT, EXHAUSTED
 */
export const planNetwork = (options: NetworkOptions, surroundings: Surroundings): NetworkConfig => {
  const name = checkName(options.name, "a network");
  const { networks, linkNames } = surroundings;
  if (networks.some((one) => one.name === name)) {
    throw new NetworkError("EXISTS", `there is a network ${JSON.stringify(name)} already`);
  }
  const bridge = options.bridge === undefined ? bridgeFor(name, linkNames) : checkBridge(options.bridge);
  if (linkNames.has(bridge)) throw new NetworkError("EXISTS", `there is a link ${JSON.stringify(bridge)} already`);
  const wants6 = options.ipv6 ?? only(options.subnets, AF.INET6, "subnet") !== undefined;
  const wants4 = options.ipv4 ?? true;
  if (!wants4 && !wants6) invalid("a network needs IPv4 or IPv6");
  const { mtu, bridgeOptions } = options;
  const least = MTU[wants6 ? 6 : 4];
  if (mtu !== undefined && !(Number.isInteger(mtu) && mtu >= least && mtu <= MTU.MOST)) {
    invalid(`mtu ${mtu}: ${least} to ${MTU.MOST}`);
  }
  for (const link of options.trusted ?? []) checked(() => checkIfname(link));
  const ipv4 = wants4 ? planFamily(options, "ipv4", surroundings) : undefined;
  const ipv6 = wants6 ? planFamily(options, "ipv6", surroundings) : undefined;
  return {
    kind: "network",
    name,
    bridge,
    ...(ipv4 === undefined ? {} : { ipv4 }),
    ...(ipv6 === undefined ? {} : { ipv6 }),
    ...(mtu === undefined ? {} : { mtu }),
    internal: options.internal ?? false,
    icc: options.icc ?? true,
    trusted: options.trusted ?? [],
    hairpin: options.hairpin ?? false,
    macPolicy: options.macPolicy ?? "random",
    ...(bridgeOptions === undefined ? {} : { bridgeOptions }),
    labels: options.labels ?? {},
  };
};
