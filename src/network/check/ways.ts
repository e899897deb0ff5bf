// From which address of A to which of B: one way a family, over a bridge that they share where there is one. Each is tried with a packet.
import { AF } from "../../attrs/families.ts";
import type { Address } from "../../client/addresses.ts";
import { Rtnetlink } from "../../client/rtnetlink.ts";
import { KernelError } from "../../socket/errors.ts";
import type { NetnsRef } from "../../socket/netns.ts";
import { bindSocket, echo } from "./probe.ts";
import { isForHosts } from "./sides.ts";
import {
  type Attachment,
  cameThrough,
  type End,
  type Lookup,
  type Probe,
  type Service,
  type Situation,
  type Way,
} from "./situation.ts";
import { startTrace } from "./trace.ts";

/** The attachments of both on one bridge. */
export const sharedOf = (a: End, b: End): Situation["shared"] =>
  a.attachments.flatMap((one) =>
    b.attachments
      .filter(({ bridge }) => bridge !== undefined && bridge.header.index === one.bridge?.header.index)
      .map((other) => ({ a: one, b: other })),
  );

/** Its addresses for others, of one family; those on this link, if it is given. */
export const addressesOf = (end: End, family: number, on?: Attachment): Address[] =>
  end.addresses.filter(
    (one) =>
      one.header.family === family &&
      isForHosts(one) &&
      (on === undefined || one.header.index === on.link.header.index),
  );

/** The address itself, whether or not the link has a peer. */
export const textOf = ({ attrs }: Address): string => attrs.local ?? attrs.address ?? "";

const lookUp = async (ref: NetnsRef, address: string): Promise<Lookup> => {
  await using rtnl = await Rtnetlink.open({ netns: ref });
  try {
    return { route: await rtnl.routes.get(address) };
  } catch (error) {
    if (error instanceof KernelError) return { code: error.code };
    throw error;
  }
};

/** Milliseconds until an answer is given up: the second SYN goes out after 1,000. */
const TIMEOUT = 1300;
/** A datagram need not be answered: that long for who refuses it. */
const UDP_TIMEOUT = 300;

const send = async (
  places: { readonly a: NetnsRef; readonly host: NetnsRef | undefined; readonly b: NetnsRef },
  way: Pick<Way, "family" | "address"> & { readonly source: string },
  service: Service | undefined,
): Promise<Probe> => {
  const { family, address, source } = way;
  const flow = { family, source, destination: address };
  if (service === undefined) {
    const trace = await startTrace(places, flow);
    const outcome = await echo(places.a, address, { timeout: TIMEOUT, isLost: trace.isLost });
    return { what: "ping", outcome, ...(await trace.stop()) };
  }
  const socket = bindSocket(places.a, address, service);
  try {
    const ports = { protocol: service.protocol, source: socket.port, destination: service.port };
    const trace = await startTrace(places, { ...flow, ports });
    const outcome = await socket.run({
      timeout: service.protocol === "tcp" ? TIMEOUT : UDP_TIMEOUT,
      isLost: trace.isLost,
    });
    return { what: `${service.protocol}/${service.port}`, outcome, ...(await trace.stop()) };
  } finally {
    socket.close();
  }
};

/**
 * Finds the ways: routes there and back; nothing is sent yet.
 * @param a from
 * @param b to
 */
export const waysOf = async (a: End, b: End): Promise<Way[]> => {
  const ways: Way[] = [];
  for (const family of [AF.INET, AF.INET6]) {
    const pairs = sharedOf(a, b).filter((pair) => addressesOf(a, family, pair.a).length > 0);
    const shared = pairs.find((pair) => addressesOf(b, family, pair.b).length > 0);
    const [target] = addressesOf(b, family, shared?.b);
    if (target === undefined || addressesOf(a, family).length === 0) continue;
    const address = textOf(target);
    const there = await lookUp(a.ref, address);
    const source = there.route?.attrs.prefsrc;
    const back = source === undefined ? {} : await lookUp(b.ref, source);
    ways.push({ family, address, source, shared, there, back, probe: undefined });
  }
  return ways;
};

/**
 * Sends a packet along each way.
 * @param situation with its ways
 * @returns the same, with what came of the packets
 */
export const tryWays = async (situation: Situation): Promise<Situation> => {
  const { a, b, host, service } = situation;
  const places = { a: a.ref, host: host.ref, b: b.ref };
  const ways = situation.ways.map(async (way): Promise<Way> => {
    const { source } = way;
    if (source === undefined) return way;
    const tried = { ...way, probe: await send(places, { ...way, source }, service) };
    if (tried.probe.drops.length > 0 || cameThrough(tried)) return tried;
    // A first packet goes down with those that waited in vain for a neighbour's answer: it is asked for anew only by the next.
    return { ...way, probe: await send(places, { ...way, source }, service) };
  });
  return { ...situation, ways: await Promise.all(ways) };
};
