// Makes an endpoint: reservation and rules first, then the pair of links with the host's end down, then everything inside, and the host's
// end up last. Two messages make the pair and finish it. Rows E1 to E11 and S0 to S20 of docs/network.md.
import { AF } from "../attrs/families.ts";
import type { Rtnetlink } from "../client/rtnetlink.ts";
import { KernelError, SystemError, TransactionFailed } from "../socket/errors.ts";
import { type Change, wholeNetworkNamed } from "./change.ts";
import { finish, insideRequests, sayInside } from "./endpoint-requests.ts";
import { checked, invalid, NetworkError } from "./errors.ts";
import { addEndpoint } from "./firewall/endpoint-elements.ts";
import { localhostRules, ROUTE_LOCALNET, usesLocalhost } from "./firewall/localhost.ts";
import { flushUnpublished } from "./flows.ts";
import { askDefaults, checkDefaults, type IpFamily, refuseForeign } from "./foreign-default.ts";
import { askHost, askSubnets, HostHas, refuseHosts, refuseSubnets } from "./foreign-subnet.ts";
import { candidatesIn, defaultRoute, newDefaults } from "./gateway.ts";
import type { Host } from "./host.ts";
import { hostMac } from "./mac.ts";
import { make, newPair, sendAll } from "./messages.ts";
import type { ConnectOptions, EndpointConfig, NetworkConfig } from "./model.ts";
import type { OpenNetns } from "./netns-of.ts";
import { indexOf } from "./network-index.ts";
import { planEndpoint } from "./plan-endpoint.ts";
import { canonical } from "./plan-network.ts";
import { checkHostAddresses, checkPorts } from "./port-conflicts.ts";
import { remove } from "./reap.ts";
import { keep } from "./store.ts";
import { readSysctlToBe } from "./sysctl.ts";
import { SysctlsOf } from "./sysctls-of.ts";

/** An endpoint that was made, and where its links are. */
export interface Made {
  readonly network: NetworkConfig;
  readonly endpoint: EndpointConfig;
  /** Index of the host's end. */
  readonly portIndex: number;
  /** Index of the link inside. */
  readonly index: number;
  /**
   * Gives sysctls of the whole namespace back the values that they had, for an endpoint that is not to be after all. Those of the link go
   * with it. Never throws: the reason why it is not to be is the one to tell.
   */
  putBack(): void;
}

const DISABLE_IPV6 = "net.ipv6.conf.IFNAME.disable_ipv6";

/** Sysctls that there are not are refused before anything is made. */
const checkSysctls = ({ sysctls = {} }: ConnectOptions, ifname: string, netns: OpenNetns): void => {
  for (const [name, value] of Object.entries(sysctls)) {
    if (value.trim() === "") invalid(`${name}: an empty value cannot be written`);
    try {
      const there = checked(() => readSysctlToBe({ fd: netns.fd }, name, name.includes("IFNAME") ? ifname : undefined));
      if (there === undefined) invalid(`there is no sysctl ${name} in ${netns.text}`);
    } catch (error) {
      // One that can only be written.
      if (!(error instanceof SystemError && error.code === "EACCES")) throw error;
    }
  }
};

/** Somebody has the name inside: the kernel says so without a look at all links there. */
class NameTaken extends NetworkError {}

/**
 * Makes an endpoint. The name of its link inside is guessed from our own endpoints there; only where the guess was wrong are the links
 * that there are listed.
 * @param host where
 * @param name of its network
 * @param options what it shall be
 * @param netns where the other end shall be
 * @param now what there is, under the lock
 * @throws NetworkError; KernelError, TransactionFailed, SystemError: then nothing of it is left
 */
export const connect = async (
  host: Host,
  name: string,
  options: ConnectOptions,
  netns: OpenNetns,
  now: Change,
): Promise<Made> => {
  const own = candidatesIn(now.state, netns.id).map(({ endpoint }) => endpoint.ifname);
  await using inside = host.rtnetlink({ fd: netns.fd });
  // A rehearsal makes nothing, so the kernel refuses nothing.
  const guess = host.isRehearsal ? await namesOf(inside) : new Set(["lo", ...own]);
  let place: Inside = { netns, inside, names: guess, except: undefined, isListed: false };
  for (;;) {
    try {
      return await attempt(host, name, options, place, now);
    } catch (error) {
      if (error instanceof NameTaken && options.ifname === undefined && !place.isListed) {
        place = { ...place, names: await namesOf(inside), isListed: true };
      } else if (error instanceof HostHas && place.except === undefined && !isAsked(options, error.address)) {
        place = { ...place, except: error.all };
      } else throw error;
    }
  }
};

const isAsked = ({ addresses = [] }: ConnectOptions, address: string): boolean =>
  addresses.map(canonical).includes(address);

/** Names of links, alternative ones too. */
const namesOf = async (inside: Rtnetlink): Promise<Set<string>> => {
  const links = await inside.links.list({}, { fields: ["ifname", "propList"] });
  return new Set(links.flatMap(({ attrs }) => [attrs.ifname ?? "", ...(attrs.propList?.altIfname ?? [])]));
};

/** Where an endpoint is made. */
interface Inside {
  readonly netns: OpenNetns;
  readonly inside: Rtnetlink;
  /** Names of links there, as far as they are known. */
  readonly names: ReadonlySet<string>;
  /** All of them are known. */
  readonly isListed: boolean;
  /** Addresses of the host, where one was in the way. */
  readonly except: ReadonlySet<string> | undefined;
}

const attempt = async (
  host: Host,
  name: string,
  options: ConnectOptions,
  { netns, inside, names, except }: Inside,
  now: Change,
): Promise<Made> => {
  const { nft, state } = now;
  const network = wholeNetworkNamed(now, name);
  const { config } = network;
  // A pid that was used again is mostly that of a process of the host.
  if (netns.id === host.netnsId)
    invalid(`${netns.text} is in the namespace that the bridges are in: no endpoint can be there`);
  const bridge = network.link?.header.index ?? 0;
  const endpoint = planEndpoint(options, { state, network, netns, inside: names, except });
  checkSysctls(options, endpoint.ifname, netns);
  const before = candidatesIn(state, netns.id);
  // The index is not known yet; who has the default route does not depend on it. Whoever gets one now is the new endpoint.
  const expected = newDefaults(before, [...before, { network: config, endpoint, index: 0 }]);
  const familiesOf = (ones: typeof expected): IpFamily[] =>
    ones.map(({ family }) => (family === "ipv4" ? AF.INET : AF.INET6));
  const indexes = before.map(({ index }) => index);
  await checkDefaults(
    inside,
    familiesOf(expected.filter(({ replaces }) => replaces || host.isRehearsal)),
    new Set(indexes),
    netns,
  );
  await checkHostAddresses(host, endpoint.ports);
  await checkPorts(host, state, config, endpoint);
  const usedLocalhost = state.networks.some((one) => indexOf(one).usesLocalhost);
  const rules = [
    ...localhostRules(usedLocalhost, usedLocalhost || usesLocalhost(endpoint)),
    ...keep(endpoint.port, endpoint),
    ...addEndpoint(config, endpoint),
  ];
  const written = new SysctlsOf(host, netns);
  try {
    await nft.apply(rules);
    await flushUnpublished(host, config, endpoint);
    const mtu = config.mtu ?? network.link?.attrs.mtu;
    const ends = { ifname: endpoint.ifname, address: endpoint.mac, netNsFd: netns.fd };
    const own = { ifname: endpoint.port, address: hostMac(endpoint.mac) };
    const request = newPair(own, bridge, ends, mtu);
    const pair = await make(host.rtnl, request, endpoint.port, askHost(endpoint)).catch((error: unknown) => {
      if (!(error instanceof KernelError && error.code === "EEXIST")) throw error;
      const message = `there is a link ${JSON.stringify(endpoint.ifname)} in ${netns.text} already`;
      throw new NameTaken("EXISTS", message, { cause: error });
    });
    await refuseHosts(pair.answers, endpoint, host, state);
    const putBack = (): void => written.putBack();
    const made: Made = { network: config, endpoint, portIndex: pair.index, index: pair.peer ?? 0, putBack };
    if (usesLocalhost(endpoint)) host.setSysctl(ROUTE_LOCALNET, "1", { ifname: config.bridge });
    const here = { ifname: endpoint.ifname, netns: { fd: netns.fd } };
    // Where IPv6 is off the kernel says so to whoever adds an address. A look at the sysctl would cost more than all that is said inside
    // (6.18, with a thousand namespaces: 0.6 ms). Of a rehearsal it refuses nothing.
    const disableIpv6 = (value: "0" | "1"): unknown => host.setSysctlIfThere(DISABLE_IPV6, value, here);
    if (endpoint.ipv6 === undefined) disableIpv6("1");
    else if (host.isRehearsal) disableIpv6("0");
    const defaults = expected.map((wanted) => defaultRoute(wanted, made.index));
    const asked = askDefaults(familiesOf(expected.filter(({ replaces }) => !replaces)));
    await sayInside(
      inside,
      [...asked, ...askSubnets(config, endpoint)],
      insideRequests(made, options.dad === true, defaults),
      (answers) => {
        refuseSubnets(answers.slice(asked.length).flat(), config, endpoint, netns);
        refuseForeign(answers.slice(0, asked.length).flat(), new Set([...indexes, made.index]), netns);
      },
      () => disableIpv6("0"),
    );
    for (const [sysctl, value] of Object.entries(options.sysctls ?? {})) {
      if (sysctl.includes("IFNAME")) host.setSysctl(sysctl, value, here);
      else written.set(sysctl, value);
    }
    await sendAll(host.rtnl, finish(made, state));
    return made;
  } catch (error) {
    written.putBack();
    // Of a transaction that was refused nothing has happened.
    if (!(error instanceof TransactionFailed)) await takeBack(host, now, endpoint);
    throw error;
  }
};

/** Takes back what was made so far. What that fails with would hide the reason; what it leaves, the next call removes. */
const takeBack = async (host: Host, { nft }: Change, { port }: EndpointConfig): Promise<void> => {
  try {
    const state = await host.memory.read(host, nft);
    const endpoints = state.networks.flatMap((one) => one.endpoints).filter(({ config }) => config.port === port);
    await remove(host, nft, state, { networks: [], endpoints }, true);
  } catch {
    // The first failure is the one to tell.
  }
};
