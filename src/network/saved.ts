// From what is kept back to what would make it again: a reboot empties the kernel, and what `inspect` printed before brings networks back.
import { invalid } from "./errors.ts";
import {
  type ConnectOptions,
  type EndpointConfig,
  FAMILIES,
  type NetworkConfig,
  type NetworkOptions,
} from "./model.ts";
import { refOf } from "./netns-of.ts";
import { checkSaved } from "./saved-check.ts";
import type { Health, NetworkState } from "./state.ts";

/** A network in a form that can be written down: JSON. */
export interface SavedNetwork extends NetworkConfig {
  /** What was there of it. */
  readonly health: Health;
  /** Those that were on it. */
  readonly endpoints: readonly SavedEndpoint[];
}
/** An endpoint in such a form. */
export interface SavedEndpoint extends EndpointConfig {
  /** What was there of it. */
  readonly health: Health;
  /** The namespace that its link had been moved to; undefined: none. It would be made where it was. */
  readonly movedTo?: string | undefined;
}

/**
 * Everything that is known of a network, without its links.
 * @param network what there is
 * @param moved what `Networks.moved` gave
 */
export const savedOf = (
  { config, health, endpoints }: NetworkState,
  moved: ReadonlyMap<string, string> = new Map(),
): SavedNetwork => ({
  ...config,
  health,
  endpoints: endpoints.map((one) => {
    const movedTo = moved.get(one.config.port);
    return { ...one.config, health: one.health, ...(movedTo === undefined ? {} : { movedTo }) };
  }),
});

const present = <T>(values: readonly (T | undefined)[]): T[] =>
  values.filter((value): value is T => value !== undefined);

/**
 * What makes a network as it was: same bridge, subnets, gateways.
 * @param config as it is kept
 */
export const networkOptionsOf = (config: NetworkConfig): NetworkOptions => {
  const families = present(FAMILIES.map(([family]) => config[family]));
  const snat = present(families.map((family) => family.snat));
  const isTranslated = families.some(({ mode }) => mode === "nat" || mode === "nat-unprotected");
  return {
    name: config.name,
    bridge: config.bridge,
    ipv4: config.ipv4 !== undefined,
    ipv6: config.ipv6 !== undefined,
    subnets: families.map(({ subnet }) => subnet),
    gateways: present(families.map(({ gateway }) => gateway)),
    ranges: present(families.map(({ range }) => range)),
    auxAddresses: Object.fromEntries(families.flatMap(({ aux }) => Object.entries(aux))),
    mtu: config.mtu,
    gatewayMode: { ipv4: config.ipv4?.mode, ipv6: config.ipv6?.mode },
    internal: config.internal,
    icc: config.icc,
    masquerade: snat.includes("masquerade") || !isTranslated || config.internal,
    snat: snat.filter((address) => address !== "masquerade"),
    hostBindings: present(families.map(({ hostBinding }) => hostBinding)),
    trusted: config.trusted,
    hairpin: config.hairpin,
    macPolicy: config.macPolicy,
    bridgeOptions: config.bridgeOptions,
    labels: config.labels,
  };
};

/**
 * What makes an endpoint as it was, in the namespace of the same name.
 * @param config as it is kept
 */
export const connectOptionsOf = (config: EndpointConfig): ConnectOptions => ({
  netns: refOf(config.netns),
  name: config.name,
  ifname: config.ifname,
  addresses: present([config.ipv4, config.ipv6]),
  mac: config.mac,
  gatewayPriority: config.gatewayPriority,
  routes: config.routes,
  aliases: config.aliases,
  ports: config.ports,
  sysctls: config.sysctls,
  labels: config.labels,
});

const valueText = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? `${one}n` : one)) ?? "nothing";
/** An order that does not matter is none: of labels, of ports. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (valueText(a) < valueText(b) ? -1 : 1));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.map(([key, one]) => [key, sorted(one)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};

/**
 * In what something that is there differs from what is asked for.
 * @param there what would make it: of `networkOptionsOf` or `connectOptionsOf`
 * @param asked the same of what is asked for
 * @returns "mtu 1400, not 1500"; undefined: they are the same
 */
export const differenceOf = <T extends NetworkOptions | ConnectOptions>(there: T, asked: T): string | undefined => {
  for (const key of new Set([...Object.keys(there), ...Object.keys(asked)])) {
    const [is, was] = [there, asked].map((one) => valueText(sorted((one as unknown as Record<string, unknown>)[key])));
    if (is !== was) return `${key} ${is}, not ${was}`;
  }
  return undefined;
};

/**
 * Reads what `inspect -j` printed.
 * @param text a network a line
 * @throws NetworkError INVALID that names the line and what is wrong in it
 */
export const readSaved = (text: string): SavedNetwork[] => {
  const networks = text.split("\n").flatMap((line, i): SavedNetwork[] => {
    if (line.trim() === "") return [];
    try {
      return [checkSaved(JSON.parse(line))];
    } catch (error) {
      return invalid(`line ${i + 1}: ${(error as Error).message}`);
    }
  });
  return networks.length > 0 ? networks : invalid("no network in it");
};
