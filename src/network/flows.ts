// Flows of connection tracking that must not go on: those of endpoints and published ports that are gone, and those that began before there was
// a port. Each question is a look through every flow of the machine, so there is one for all ports, never one a port.
import { AF } from "../attrs/families.ts";
import type { ConntrackMessageType } from "../attrs/netfilter/conntrack/messages.ts";
import { CTA_FILTER_F } from "../attrs/netfilter/conntrack/parts.ts";
import type { ConntrackTuple } from "../attrs/netfilter/conntrack/tuple.ts";
import type { Conntrack, Flow } from "../client/conntrack.ts";
import { IP_PROTOCOL } from "../client/nft/values.ts";
import type { AnyInput } from "../codec/message.ts";
import { KernelError } from "../socket/errors.ts";
import { isUnspecified, publishedOf } from "./firewall/endpoint-elements.ts";
import type { Host } from "./host.ts";
import { type EndpointConfig, FAMILIES, type NetworkConfig, type PublishedPort } from "./model.ts";
import { contains, parseSubnet } from "./subnet.ts";

/** A kernel that tracks no connections, or has no room for the question, has none to forget. */
const TRACKS_NOTHING: ReadonlySet<string> = new Set(["ENOENT", "EPROTONOSUPPORT", "EOPNOTSUPP"]);

type Deletion = AnyInput<ConntrackMessageType>;

const isIp4 = (address: string): boolean => !address.includes(":");

/**
 * Deletes every flow that begins at an IPv4 address, and every one that is answered from there: behind destination NAT the endpoint is only
 * where answers come from. The kernel looks for them, and does not look where a namespace has no flows. (6.18: 0.4 ms, where a filtered
 * dump is 35.) Not for IPv6: those addresses it compares the wrong way round, and would delete everybody else's flows.
 */
const deletions = (address: string): Deletion[] => {
  const tuple: ConntrackTuple = { ip: { v4Src: address }, proto: {} };
  const { CTA_IP_SRC: src } = CTA_FILTER_F;
  const all = [
    { tupleOrig: tuple, filter: { origFlags: src, replyFlags: 0 } },
    { tupleReply: tuple, filter: { origFlags: 0, replyFlags: src } },
  ];
  return all.map((attrs) => ({ name: "IPCTNL_MSG_CT_DELETE", header: { family: AF.INET }, attrs }));
};

/** Nothing, where nothing is tracked. */
const tracking = async (run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof KernelError && TRACKS_NOTHING.has(error.code))) throw error;
  }
};

/** The same for IPv6, all addresses by one dump of that family. */
const listAndDelete6 = (conntrack: Conntrack, addresses: ReadonlySet<string | undefined>): Promise<void> =>
  tracking(async () => {
    const flows = await conntrack.list({ family: AF.INET6 });
    await conntrack.deleteFlows(
      flows.filter(
        ({ attrs: { tupleOrig, tupleReply } }) =>
          addresses.has(tupleOrig?.ip?.v6Src) || addresses.has(tupleReply?.ip?.v6Src),
      ),
    );
  });

/** The same for IPv4, on kernels before 6.8: they delete no flows by a filter. */
const listAndDelete = (conntrack: Conntrack, address: string): Promise<void> =>
  tracking(async () => {
    await conntrack.delete({ orig: { src: address } });
    await conntrack.delete({ reply: { src: address } });
  });

const codeOf = (result: PromiseSettledResult<unknown>): string | undefined =>
  result.status === "rejected" && result.reason instanceof KernelError ? result.reason.code : undefined;

/**
 * Forgets the flows of endpoints that are gone: whoever gets their address must not get their packets. Rows C1 and C3.
 * @param host where
 * @param endpoints whose
 */
export const flushFlows = async (host: Host, endpoints: readonly EndpointConfig[]): Promise<void> => {
  const addresses = endpoints.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6].filter((one) => one !== undefined));
  if (addresses.length === 0) return;
  const conntrack = host.conntrack();
  const results = await conntrack.connection.batch(addresses.filter(isIp4).flatMap(deletions));
  const failed = results.filter((result) => result.status === "rejected");
  const unknown = failed.some((result) => codeOf(result) === "EINVAL");
  const odd = failed.find((result) => codeOf(result) !== "EINVAL" && !TRACKS_NOTHING.has(codeOf(result) ?? ""));
  if (odd !== undefined) throw odd.reason;
  for (const address of addresses) if (unknown && isIp4(address)) await listAndDelete(conntrack, address);
  const rest = new Set(addresses.filter((address) => !isIp4(address)));
  if (rest.size > 0) await listAndDelete6(conntrack, rest);
};

/** Where a flow goes before it is translated, and where it is answered from. */
const endsOf = ({ attrs: { tupleOrig, tupleReply } }: Flow) => ({
  protocol: tupleOrig?.proto?.num,
  src: tupleOrig?.ip?.v4Src ?? tupleOrig?.ip?.v6Src ?? "",
  dst: tupleOrig?.ip?.v4Dst ?? tupleOrig?.ip?.v6Dst ?? "",
  dport: tupleOrig?.proto?.dstPort,
  replySrc: tupleReply?.ip?.v4Src ?? tupleReply?.ip?.v6Src ?? "",
  replySport: tupleReply?.proto?.srcPort,
});
type Ends = ReturnType<typeof endsOf>;

/** The ports of the host, by protocol and number. */
class ByHostPort {
  readonly #ports = new Map<string, PublishedPort[]>();
  constructor(ports: readonly PublishedPort[]) {
    for (const port of ports) {
      const key = `${IP_PROTOCOL[port.protocol]} ${port.hostPort}`;
      this.#ports.set(key, [...(this.#ports.get(key) ?? []), port]);
    }
  }
  /** Those that a packet to the host would meet. */
  of({ protocol, dport, dst }: Ends): readonly PublishedPort[] {
    const here = this.#ports.get(`${protocol} ${dport}`) ?? [];
    return here.filter(({ hostAddress }) => isUnspecified(hostAddress) || hostAddress === dst);
  }
}

/** The ports that an endpoint publishes by translation. */
const translated = (network: NetworkConfig, endpoint: EndpointConfig, v: 4 | 6): PublishedPort[] =>
  network[v === 4 ? "ipv4" : "ipv6"]?.mode === "routed" ? [] : publishedOf(network, endpoint, v);

/**
 * Forgets what was sent to ports of the host before they were published: a flow is translated when it begins or never, and one of UDP
 * lasts as long as somebody asks. (TCP begins anew by itself.) Row C2, whose flows to other hosts stay.
 * @param host where
 * @param network of the endpoint
 * @param endpoint with the ports that are published now, and no others
 */
export const flushUnpublished = async (host: Host, network: NetworkConfig, endpoint: EndpointConfig): Promise<void> => {
  for (const [, v] of FAMILIES) {
    const lasting = translated(network, endpoint, v).filter(({ protocol }) => protocol !== "tcp");
    const [first] = lasting;
    if (first === undefined) continue;
    const family = v === 4 ? AF.INET : AF.INET6;
    const { protocol, hostPort: dport } = first;
    const isOne = lasting.every((port) => port.protocol === protocol);
    const filter = { family, ...(isOne ? { orig: { protocol, ...(lasting.length === 1 ? { dport } : {}) } } : {}) };
    await tracking(async () => {
      const conntrack = host.conntrack();
      const ports = new ByHostPort(lasting);
      const meant = (await conntrack.list(filter)).filter((flow) => ports.of(endsOf(flow)).length > 0);
      if (meant.length === 0) return;
      const addresses = await host.rtnl.addresses.list({ family });
      const own = new Set(addresses.map(({ attrs: { local, address } }) => local ?? address));
      await conntrack.deleteFlows(meant.filter((flow) => own.has(endsOf(flow).dst)));
    });
  }
};

/**
 * Forgets the flows that came by ports which are published no more: what flows by a translation that is gone would go on. Those that the
 * endpoint began itself, or that came by its other ports, do go on.
 * @param host where
 * @param network of the endpoint
 * @param before the endpoint with the ports that are gone, and no others
 * @param after the endpoint as it is
 */
export const flushPorts = async (
  host: Host,
  network: NetworkConfig,
  before: EndpointConfig,
  after: EndpointConfig,
): Promise<void> => {
  if (before.ports.length === 0) return;
  for (const [name, v] of FAMILIES) {
    const [address, subnet] = [before[name], network[name]?.subnet];
    if (address === undefined || subnet === undefined) continue;
    const hosts = new ByHostPort(translated(network, before, v));
    const isOpen = openPorts(network, after, v);
    const wasOpen = network[name]?.mode === "routed" ? openPorts(network, before, v) : new Set<string>();
    const neighbours = parseSubnet(subnet);
    const isMeant = (flow: Flow): boolean => {
      const ends = endsOf(flow);
      if (ends.replySrc !== address) return false;
      if (ends.dst !== address) return hosts.of(ends).some(({ port }) => port === ends.replySport);
      // Neighbours need no published port.
      const port = `${ends.protocol} ${ends.dport}`;
      return wasOpen.has(port) && !isOpen.has(port) && !contains(neighbours, ends.src);
    };
    await tracking(async () => {
      const conntrack = host.conntrack();
      await conntrack.deleteFlows((await conntrack.list({ reply: { src: address } })).filter(isMeant));
    });
  }
};

/** What may be reached of an endpoint, as flows have it. */
const openPorts = (network: NetworkConfig, endpoint: EndpointConfig, v: 4 | 6): Set<string> =>
  new Set(publishedOf(network, endpoint, v).map(({ protocol, port }) => `${IP_PROTOCOL[protocol]} ${port}`));
