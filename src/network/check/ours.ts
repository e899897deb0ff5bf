// What of it nlkit made. There its rules decide who reaches whom: a port put on such a bridge by hand, a rule put in front of its own, would
// take from all endpoints what holds a neighbour to its own address. So mends are nlkit's own commands.
import { AF } from "../../attrs/families.ts";
import type { Link } from "../../client/links.ts";
import { candidatesIn, newDefaults } from "../gateway.ts";
import type { EndpointConfig, NetworkConfig } from "../model.ts";
import { netnsText } from "../netns-of.ts";
import { formatPort } from "../ports.ts";
import { isMarked } from "../state.ts";
import { commandIn, word } from "./command.ts";
import type { Attachment, End, Host, Situation, Way } from "./situation.ts";
import { rawName } from "./words.ts";

/** An endpoint and its network. */
export interface Ours {
  readonly network: NetworkConfig;
  readonly endpoint: EndpointConfig;
}

/** The network that a bridge is. */
export const networkOf = ({ known }: Host, bridge: Link | undefined): NetworkConfig | undefined =>
  known.networks.find(({ link }) => link !== undefined && link.header.index === bridge?.header.index)?.config;

/** The endpoint that a port is. */
export const endpointAt = ({ known }: Host, { port }: Attachment): Ours | undefined => {
  for (const { config: network, endpoints } of known.networks) {
    const found = endpoints.find(({ link }) => link?.header.index === port.header.index);
    if (found !== undefined) return { network, endpoint: found.config };
  }
  return undefined;
};

/** The endpoint that has an address. */
export const endpointOf = ({ known }: Host, address: string | undefined): Ours | undefined => {
  for (const { config: network, endpoints } of known.networks) {
    const found = endpoints.find(({ config }) => address !== undefined && [config.ipv4, config.ipv6].includes(address));
    if (found !== undefined) return { network, endpoint: found.config };
  }
  return undefined;
};

/** Is it a bridge of ours, also where nothing is kept of it any more? */
export const isOurs = (bridge: Link): boolean => isMarked(bridge);

/** A command of nlkit's, for the same host. */
export const nlkitNetwork = ({ ref }: Host, command: string, ...args: string[]): string => {
  const host = ref === undefined ? [] : ["--host", netnsText(ref)];
  // A name may begin as an option does.
  const all = args.some((arg) => arg.startsWith("-")) ? [...host, "--", ...args] : [...args, ...host];
  return `nlkit network ${command} ${all.map(word).join(" ")}`;
};

/** Networks of ours that an end is on, and whose endpoints reach one another. */
const openNetworksOf = (host: Host, { attachments }: End): NetworkConfig[] =>
  attachments.flatMap(({ bridge }) => networkOf(host, bridge) ?? []).filter(({ icc }) => icc);

const isKnownOn = ({ known }: Host, bridge: string, netns: string): boolean =>
  known.networks.some(
    ({ config, endpoints }) =>
      config.bridge === bridge && endpoints.some((one) => one.health === "up" && one.config.netns === netns),
  );

/** One of the two joins a network that the other is on. */
export const joinCommand = ({ a, b, host }: Situation): string | undefined => {
  for (const [end, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const name = netnsText(other.ref);
    // Who has an endpoint there already, of which nothing is seen inside, has moved its link: a second one is refused.
    const network = openNetworksOf(host, end).find(({ bridge }) => !isKnownOn(host, bridge, name));
    if (network !== undefined) return nlkitNetwork(host, "connect", network.name, name);
  }
  return undefined;
};

/** What of a service is to be done, or has been, so that it answers whoever is not let in to its own address. */
export interface Publishing {
  /** For a sentence. */
  readonly says: string;
  readonly mend?: string | undefined;
}

/** Where the host answers A: the gateway of A's network; else of B's. */
const hostAddressFor = ({ a, host }: Situation, { network }: Ours, way: Way | undefined): string | undefined => {
  const family = way?.family === AF.INET6 ? "ipv6" : "ipv4";
  const networks = [...a.attachments.flatMap(({ bridge }) => networkOf(host, bridge) ?? []), network];
  return networks.map((one) => one[family]?.gateway).find((gateway) => gateway !== undefined);
};

/** Who may not be addressed may be published. */
export const publishing = (situation: Situation, ours: Ours, way?: Way): Publishing | undefined => {
  const { service, host, a } = situation;
  const { network, endpoint } = ours;
  const from = a.attachments.flatMap(({ bridge }) => networkOf(host, bridge) ?? []);
  if (network.internal || (from.length > 0 && from.every(({ internal }) => internal))) return undefined;
  if (service === undefined) return { says: "published ports alone answer: --port tcp/80 tells where" };
  const { protocol, port } = service;
  const done = endpoint.ports.find((one) => one.port === port && one.protocol === protocol);
  const at = done?.hostAddress ?? hostAddressFor(situation, ours, way) ?? "the host's address";
  const where = `${at} port ${done?.hostPort ?? port}`;
  if (done !== undefined) return { says: `it is published as ${formatPort(done)}: ask at ${where}` };
  const text = `${port}:${port}${protocol === "tcp" ? "" : `/${protocol}`}`;
  return {
    says: `once published it answers at ${where}`,
    mend: nlkitNetwork(host, "publish", network.name, endpoint.name, text),
  };
};

/** Default routes that a namespace should have from this endpoint, and has not: they went with an address, or when the link was down. */
export const defaultCommands = (end: End, { known }: Host, { endpoint }: Ours, link: Link): string[] =>
  newDefaults([], candidatesIn(known, endpoint.netnsId)).flatMap(({ family, to }) => {
    const gateway = to.network[family]?.gateway;
    if (to.endpoint.port !== endpoint.port || gateway === undefined) return [];
    const version = family === "ipv6" ? ["-6"] : [];
    return [commandIn(end.ref, "ip", ...version, "route", "replace", "default", "via", gateway, "dev", rawName(link))];
  });
