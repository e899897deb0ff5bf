// Reads the graph of this machine: links and addresses of every namespace, and which link of which namespace is the other end.
import { fstatSync } from "node:fs";
import { AF } from "../attrs/families.ts";
import { ARPHRD, IFF } from "../attrs/route/link-names.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { RT_SCOPE } from "../attrs/route/route-header.ts";
import type { Address } from "../client/addresses.ts";
import { allOf } from "../client/answers.ts";
import type { Link } from "../client/links.ts";
import { Rtnetlink } from "../client/rtnetlink.ts";
import type { Connection } from "../socket/connection.ts";
import { SystemError } from "../socket/errors.ts";
import { listNetns } from "../socket/named-netns.ts";
import { HOME, type NetnsHandle, type NetnsRef, openNetns } from "../socket/netns.ts";
import type { Graph, GraphLink, GraphNamespace, GraphPlace } from "./graph.ts";

/** Which namespaces to look into. */
export interface CollectOptions {
  /** The host's. Default: the present one. */
  readonly host?: NetnsRef | undefined;
  /** The others. Default: those of `ip netns`. */
  readonly namespaces?: readonly NetnsRef[] | undefined;
}
/** A namespace as it was read. */
interface Open {
  readonly name: string;
  readonly links: readonly Link[];
  readonly addresses: readonly Address[];
  /** Which other one each of its ids (IFLA_LINK_NETNSID) means. */
  readonly positions: ReadonlyMap<number, number>;
}

const nameOf = (ref: NetnsRef): string =>
  typeof ref === "string"
    ? ref
    : typeof ref === "number"
      ? `pid ${ref}`
      : "pid" in ref
        ? `pid ${ref.pid}`
        : `fd ${ref.fd}`;

/** What is gone since it was listed, and files that a killed creation left, are no namespaces. */
const tryOpen = (ref: NetnsRef): NetnsHandle | undefined => {
  try {
    return openNetns(ref);
  } catch (error) {
    if (error instanceof SystemError && ["ENOENT", "EINVAL", "ESRCH"].includes(error.code)) return undefined;
    throw error;
  }
};

/** How many are asked for at once. */
const ASKED = 200;

/**
 * Which namespace each number of this one's stands for: RTM_GETNSID. The host comes first, and most know nobody else: the others are not
 * asked for then.
 */
const positionsOf = async (
  connection: Connection<RouteMessageType>,
  handles: readonly NetnsHandle[],
  wanted: ReadonlySet<number>,
): Promise<Map<number, number>> => {
  const found = new Map<number, number>();
  for (let from = 0; from < handles.length && found.size < wanted.size; from += ASKED) {
    const requests = handles
      .slice(from, from + ASKED)
      .map(({ fd }) => ({ name: "RTM_GETNSID", header: {}, attrs: { fd } }) as const);
    (await connection.batch(requests)).forEach((result, i) => {
      const [answer] = result.status === "rejected" ? [] : allOf(result.value.messages, "RTM_NEWNSID");
      const nsid = answer?.attrs.nsid;
      if (nsid !== undefined && wanted.has(nsid)) found.set(nsid, from + i);
    });
  }
  return found;
};

const readOne = async (name: string, handle: NetnsHandle, handles: readonly NetnsHandle[]): Promise<Open> => {
  await using rtnl = await Rtnetlink.open({ netns: { fd: handle.fd } });
  const links = await rtnl.links.list();
  const wanted = new Set(links.flatMap(({ attrs }) => attrs.linkNetnsid ?? []));
  const positions = await positionsOf(rtnl.connection, handles, wanted);
  return { name, links, addresses: await rtnl.addresses.list(), positions };
};

/** fe80::…: every link has one, and it tells nothing. */
const isOfTheLink = ({ header }: Address): boolean => header.family === AF.INET6 && header.scope === RT_SCOPE.LINK;

const linkOf = ({ header, attrs }: Link, namespace: number, { addresses, positions }: Open): GraphLink => {
  const kind = attrs.linkinfo?.kind;
  const port = attrs.linkinfo?.slaveData?.bridge;
  const position = attrs.linkNetnsid === undefined ? namespace : positions.get(attrs.linkNetnsid);
  // A link that stands on nothing names itself, or 0.
  const isOther = attrs.link !== undefined && attrs.link !== 0 && attrs.link !== header.index;
  const other: GraphPlace | undefined =
    !isOther && attrs.linkNetnsid === undefined
      ? undefined
      : position === undefined || attrs.link === undefined
        ? undefined
        : { namespace: position, index: attrs.link };
  const own = addresses.filter((one) => one.header.index === header.index && !isOfTheLink(one));
  return {
    index: header.index,
    ifname: attrs.ifname ?? "",
    kind,
    isUp: (header.flags & IFF.UP) !== 0,
    hasCarrier: (header.flags & IFF.LOWER_UP) !== 0,
    addresses: own.map((one) => `${one.attrs.local ?? one.attrs.address}/${one.header.prefixlen}`),
    master: attrs.master,
    state: port?.state,
    isIsolated: port?.isolated === 1,
    [kind === "veth" || kind === "netkit" ? "peer" : "lower"]: other,
  };
};

/** An lo with nothing but its own addresses. */
const isPlainLoopback = ({ header }: Link, addresses: readonly Address[]): boolean =>
  header.type === ARPHRD.LOOPBACK &&
  addresses
    .filter((one) => one.header.index === header.index)
    .every(({ attrs }) => ["127.0.0.1", "::1"].includes(attrs.local ?? attrs.address ?? ""));

/**
 * Reads links and addresses of namespaces, and finds out which of them belong together. A namespace that has several names is read
 * once; one that goes meanwhile is left out.
 * @param options which namespaces
 * @throws SystemError EPERM; KernelError
 */
export const collectGraph = async (options: CollectOptions = {}): Promise<Graph> => {
  const { host, namespaces = listNetns() } = options;
  const names: string[] = [];
  const handles: NetnsHandle[] = [];
  const inodes = new Set<number>();
  try {
    for (const ref of [host ?? HOME, ...namespaces]) {
      const handle = tryOpen(ref);
      if (handle === undefined) continue;
      const { ino } = fstatSync(handle.fd);
      if (inodes.has(ino)) {
        handle.close();
        continue;
      }
      inodes.add(ino);
      handles.push(handle);
      names.push(ref === HOME ? "host" : nameOf(ref));
    }
    const found: GraphNamespace[] = [];
    for (const [position, handle] of handles.entries()) {
      const one = await readOne(names[position] ?? "", handle, handles);
      const links = one.links
        .filter((link) => !isPlainLoopback(link, one.addresses))
        .map((link) => linkOf(link, position, one));
      found.push({ name: one.name, links });
    }
    return { namespaces: found };
  } finally {
    for (const handle of handles) handle.close();
  }
};
