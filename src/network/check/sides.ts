// Reads one namespace: links, addresses, where the links end in the host, who listens.
import { AF } from "../../attrs/families.ts";
import { IFA_F } from "../../attrs/route/address.ts";
import { RT_SCOPE } from "../../attrs/route/route-header.ts";
import type { Address } from "../../client/addresses.ts";
import { allOf } from "../../client/answers.ts";
import type { Link } from "../../client/links.ts";
import { Nftables } from "../../client/nft/nftables.ts";
import { Rtnetlink } from "../../client/rtnetlink.ts";
import { Sockets } from "../../client/sockets.ts";
import { KernelError, SystemError } from "../../socket/errors.ts";
import type { NetnsHandle, NetnsRef } from "../../socket/netns.ts";
import { legacyTables } from "../legacy-tables.ts";
import { confirmed, type State, stateOf } from "../state.ts";
import { readStore } from "../store.ts";
import { labelOf } from "./command.ts";
import type { Attachment, End, Host, Service, Side } from "./situation.ts";

/** Milliseconds that duplicate address detection may still take. It may begin a second late, and waits for a second, by default. */
const PATIENCE = 4000;
const PAUSE = 50;

const isTentative = ({ attrs, header }: Address): boolean => {
  const flags = attrs.flags ?? header.flags;
  return (flags & IFA_F.TENTATIVE) !== 0 && (flags & (IFA_F.DADFAILED | IFA_F.OPTIMISTIC)) === 0;
};

/** Links and addresses, those of IPv6 once it is decided whether they can be had: as long as that is on a link that carries frames. */
const readSide = async (rtnl: Rtnetlink, ref: NetnsRef | undefined): Promise<Side> => {
  const legacy = legacyTables(ref);
  const end = performance.now() + PATIENCE;
  for (;;) {
    const [links, addresses] = [await rtnl.links.list(), await rtnl.addresses.list()];
    const carrying = new Set(links.filter(({ attrs }) => attrs.carrier === 1).map(({ header }) => header.index));
    const waits = addresses.some((one) => isTentative(one) && carrying.has(one.header.index) && isForHosts(one));
    if (!waits || performance.now() > end) return { ref, legacy, links, addresses };
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
};

/** An address that others can talk to. */
export const isForHosts = ({ header }: Address): boolean =>
  (header.family === AF.INET || header.family === AF.INET6) && header.scope === RT_SCOPE.UNIVERSE;

/**
 * Reads the namespace with the bridges.
 * @param ref which; undefined: the present one
 */
export const readHost = async (ref: NetnsRef | undefined): Promise<Host> => {
  await using rtnl = await Rtnetlink.open(ref === undefined ? {} : { netns: ref });
  const side = await readSide(rtnl, ref);
  return { ...side, known: await readKnown(ref, side), fdb: await rtnl.neighbours.list({ family: AF.BRIDGE }) };
};

/** Networks of nlkit on this host. Who may not ask, or has no nf_tables, has none that could be told of. */
const readKnown = async (ref: NetnsRef | undefined, { links }: Side): Promise<Pick<State, "networks">> => {
  try {
    await using nft = await Nftables.open(ref === undefined ? {} : { netns: ref });
    return stateOf(await confirmed(nft, await readStore(nft), links), links);
  } catch (error) {
    if (error instanceof KernelError || error instanceof SystemError) return { networks: [] };
    throw error;
  }
};

/** What the namespace calls the host: RTM_GETNSID. */
const hostId = async (rtnl: Rtnetlink, { fd }: NetnsHandle): Promise<number | undefined> => {
  const { messages } = await rtnl.connection.request({ name: "RTM_GETNSID", header: {}, attrs: { fd } });
  return allOf(messages, "RTM_NEWNSID")[0]?.attrs.nsid;
};

const attachmentsOf = (links: readonly Link[], id: number | undefined, host: Host): Attachment[] =>
  links.flatMap((link): Attachment[] => {
    if (link.attrs.linkNetnsid === undefined || link.attrs.linkNetnsid !== id) return [];
    const port = host.links.find(({ header }) => header.index === link.attrs.link);
    if (port === undefined) return [];
    const bridge = host.links.find(
      ({ header, attrs }) => header.index === port.attrs.master && attrs.linkinfo?.kind === "bridge",
    );
    return [{ link, port, bridge }];
  });

/**
 * Reads one of the two.
 * @param ref which
 * @param host what `readHost` gave
 * @param handle the host's namespace
 * @param service whose listeners to look for
 */
export const readEnd = async (
  ref: NetnsRef,
  host: Host,
  handle: NetnsHandle,
  service?: Service | undefined,
): Promise<End> => {
  await using rtnl = await Rtnetlink.open({ netns: ref });
  const side = await readSide(rtnl, ref);
  const attachments = attachmentsOf(side.links, await hostId(rtnl, handle), host);
  const neighbours = [AF.INET, AF.INET6].map((family) => rtnl.neighbours.list({ family }));
  const end = { ...side, ref, label: labelOf(ref), attachments, neighbours: (await Promise.all(neighbours)).flat() };
  if (service === undefined) return { ...end, listeners: [] };
  await using sockets = await Sockets.open({ netns: ref });
  return { ...end, listeners: await sockets.listeners({ protocols: [service.protocol], processes: true }) };
};
