// The rtnetlink messages that networks are made of, as objects; sending them is somebody else's business.
import { AF } from "../attrs/families.ts";
import { type AddressAttrs, IFA_F } from "../attrs/route/address.ts";
import type { BridgePort } from "../attrs/route/bridge-port.ts";
import type { LinkAttrs } from "../attrs/route/link.ts";
import { IN6_ADDR_GEN_MODE } from "../attrs/route/link-af-spec.ts";
import { BR_BOOLOPT, type BridgeInfo } from "../attrs/route/link-kinds/bridge.ts";
import { IFF } from "../attrs/route/link-names.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { RT_SCOPE, RT_TABLE, RTN, RTPROT } from "../attrs/route/route-header.ts";
import { familyOf, parsePrefix } from "../client/prefix.ts";
import type { Rtnetlink } from "../client/rtnetlink.ts";
import { NLM_F } from "../codec/control.ts";
import type { AnyInput } from "../codec/message.ts";
import { KernelError } from "../socket/errors.ts";
import { GROUP } from "./firewall/names.ts";
import { numberToAddress, parseSubnet, sizeOf } from "./subnet.ts";

/** A request of NETLINK_ROUTE. */
export type RouteRequest = AnyInput<RouteMessageType>;

const NEW = NLM_F.CREATE | NLM_F.EXCL;
/** The kernel tells what it made: index, and of a veth the index of its peer. Linux 6.2. */
const MADE = NEW | NLM_F.ECHO;

/**
 * Makes a bridge: down, in our group. It does not learn from frames to 01:80:c2:00:00:0x: those meet no chain of nf_tables' prerouting, so
 * that an endpoint could have what is for others sent to itself.
 */
export const newBridge = (ifname: string, attrs: LinkAttrs, options: BridgeInfo = {}): RouteRequest => {
  const { optval = 0, optmask = 0 } = options.multiBoolopt ?? {};
  const multiBoolopt = { optval: optval | BR_BOOLOPT.NO_LL_LEARN, optmask: optmask | BR_BOOLOPT.NO_LL_LEARN };
  return {
    name: "RTM_NEWLINK",
    flags: MADE,
    attrs: {
      ifname,
      group: GROUP.BRIDGE,
      ...attrs,
      linkinfo: { kind: "bridge", data: { bridge: { ...options, multiBoolopt } } },
    },
  };
};

/** One end of an endpoint. */
export interface End {
  readonly ifname: string;
  readonly address: string;
}
/**
 * Makes an endpoint's pair: the host's end down, a port of the bridge, in our group; the other end in its namespace. The host's end itself
 * takes no part in ARP (IFF_NOARP): no chain of `inet` sees what of it the bridge leaves to the port, to 01:80:c2:00:00:0x.
 * (Measured on 6.18: a creation takes these and no others, and IFF_UP of the peer gives ENOTCONN.)
 * @param host the host's end
 * @param master index of the bridge
 * @param peer the end inside, and its namespace as a descriptor
 * @param mtu of both
 */
export const newPair = (
  host: End,
  master: number,
  peer: End & { readonly netNsFd: number },
  mtu: number | undefined,
): RouteRequest => {
  const size = mtu === undefined ? {} : { mtu };
  return {
    name: "RTM_NEWLINK",
    flags: MADE,
    header: { flags: IFF.NOARP, change: IFF.NOARP },
    attrs: {
      ...host,
      ...size,
      master,
      group: GROUP.PORT,
      linkinfo: { kind: "veth", data: { veth: { peer: { attrs: { ...peer, ...size } } } } },
    },
  };
};

/**
 * How IPv6 makes the link-local address of a link: by its MAC, or not at all. A message of its own, before the link goes up: in the message
 * that puts it up the kernel does this after (6.18), when the address is there.
 */
export const inet6 = (index: number, mode: keyof typeof IN6_ADDR_GEN_MODE): RouteRequest => ({
  name: "RTM_NEWLINK",
  header: { index },
  attrs: { afSpec: { inet6: { addrGenMode: IN6_ADDR_GEN_MODE[mode] } } },
});

/** The last step: names a link for people, sets its port, and puts it up. The kernel does it in this order. */
export const up = (index: number, attrs: LinkAttrs = {}, port?: BridgePort): RouteRequest => ({
  name: "RTM_NEWLINK",
  header: { index, flags: IFF.UP, change: IFF.UP },
  attrs: port === undefined ? attrs : { ...attrs, linkinfo: { slaveKind: "bridge", slaveData: { bridge: port } } },
});

/** An alternative name, for `ip link show NAME`. */
export const altName = (index: number, altIfname: string): RouteRequest => ({
  name: "RTM_NEWLINKPROP",
  flags: NEW | NLM_F.APPEND,
  header: { index },
  attrs: { propList: { altIfname: [altIfname] } },
});

/**
 * Gives a link an address.
 * @param index which link
 * @param address without a length
 * @param subnet it is in
 * @param dad IPv6: look first whether somebody has it
 */
export const newAddress = (index: number, address: string, subnet: string, dad = false): RouteRequest => {
  const net = parseSubnet(subnet);
  const attrs: AddressAttrs = { local: address, address };
  if (net.family === AF.INET) {
    if (net.length < 31) attrs.broadcast = numberToAddress(net.base + sizeOf(net) - 1n, net.family);
  } else if (!dad) {
    attrs.flags = IFA_F.NODAD;
  }
  return { name: "RTM_NEWADDR", flags: NEW, header: { family: net.family, prefixlen: net.length, index }, attrs };
};

const EVERYWHERE = { [AF.INET]: "0.0.0.0/0", [AF.INET6]: "::/0" } as const;

/**
 * A route by a link.
 * @param flags `ROUTE`
 * @param dst "10.9.0.0/16"; undefined: the default route of the gateway's family
 * @param oif index of the link
 * @param gateway next hop; undefined: on the link itself
 */
export const routeBy = (flags: number, dst: string | undefined, oif: number, gateway?: string): RouteRequest => {
  const family = gateway === undefined ? parsePrefix(dst ?? "").family : familyOf(gateway);
  const { address, length } = parsePrefix(dst ?? EVERYWHERE[family as 2 | 10]);
  const scope = gateway === undefined && family === AF.INET ? RT_SCOPE.LINK : RT_SCOPE.UNIVERSE;
  return {
    name: "RTM_NEWROUTE",
    flags,
    header: {
      family,
      dstLen: length,
      table: RT_TABLE.MAIN,
      protocol: RTPROT.BOOT,
      scope,
      type: RTN.UNICAST,
    },
    attrs: {
      ...(length === 0 ? {} : { dst: address }),
      oif,
      ...(gateway === undefined ? {} : { gateway }),
    },
  };
};

/** What routes are added with. */
export const ROUTE: Readonly<Record<"ADD" | "REPLACE", number>> = { ADD: NEW, REPLACE: NLM_F.CREATE | NLM_F.REPLACE };

/**
 * Sends requests in one datagram. The kernel does all of them, in order, also after one that failed.
 * @param rtnl where
 * @param requests which
 * @param isNothing whether a refusal is none
 * @throws the first refusal
 */
export const sendAll = async (
  rtnl: Rtnetlink,
  requests: readonly RouteRequest[],
  isNothing: (request: RouteRequest, error: KernelError) => boolean = () => false,
): Promise<void> => {
  if (requests.length === 0) return;
  for (const [i, result] of (await rtnl.connection.batch(requests)).entries()) {
    if (result.status === "fulfilled") continue;
    const { reason } = result;
    if (!(reason instanceof KernelError && isNothing(requests[i] as RouteRequest, reason))) throw reason;
  }
};

/** A link that was made. */
export interface MadeLink {
  readonly index: number;
  /** Index of its peer. */
  readonly peer: number | undefined;
  /** What questions were answered with. */
  readonly answers: readonly { readonly name?: string | undefined }[];
}

/**
 * Makes a link, and says which it is.
 * @param rtnl where
 * @param request `newBridge` or `newPair`
 * @param ifname its name, for kernels that do not echo
 * @param questions asked before, in the same datagram
 */
export const make = async (
  rtnl: Rtnetlink,
  request: RouteRequest,
  ifname: string,
  questions: readonly RouteRequest[] = [],
): Promise<MadeLink> => {
  const results = await rtnl.connection.batch([...questions, request]);
  const last = results.at(-1);
  if (last?.status !== "fulfilled") throw last?.reason;
  const echoed = last.value.messages.find((message) => message.name === "RTM_NEWLINK");
  const made = echoed?.name === "RTM_NEWLINK" ? echoed : await rtnl.links.get(ifname);
  const answers = results.slice(0, -1).flatMap((one) => (one.status === "fulfilled" ? one.value.messages : []));
  return { index: made.header.index, peer: made.attrs.link, answers };
};

const IFALIAS_MAX = 255;
const ALTIFNAME_MAX = 127;

/** What a link is called in IFLA_IFALIAS: cut at a whole character. */
export const aliasOf = (text: string): string => {
  let out = "";
  for (const character of text) {
    if (Buffer.byteLength(out + character) > IFALIAS_MAX) break;
    out += character;
  }
  return out;
};

/** The alias of a network's bridge. */
export const networkAlias = (name: string): string => aliasOf(`nlkit network ${name}`);

/** Gives a bridge the alias of its network. */
export const named = (index: number, name: string): RouteRequest => ({
  name: "RTM_NEWLINK",
  header: { index },
  attrs: { ifalias: networkAlias(name) },
});

/** A name as an alternative name of a link, where the kernel takes it and nobody has it. */
export const altNameFor = (name: string, taken: ReadonlySet<string>): string | undefined =>
  Buffer.byteLength(name) <= ALTIFNAME_MAX && !/[/:\s]/.test(name) && name !== "." && name !== ".." && !taken.has(name)
    ? name
    : undefined;
