// "Why does my connection to the other container time out?": reads the situation, and asks each cause.
import { HOME, type NetnsRef, openNetns } from "../../socket/netns.ts";
import { dadFailed } from "./causes/dad-failed.ts";
import { dropped } from "./causes/dropped.ts";
import { duplicateAddress } from "./causes/duplicate-address.ts";
import { duplicateMac } from "./causes/duplicate-mac.ts";
import { forwardingOff } from "./causes/forwarding-off.ts";
import { isolated } from "./causes/isolated.ts";
import { linkDown } from "./causes/link-down.ts";
import { listensElsewhere } from "./causes/listens-elsewhere.ts";
import { lost } from "./causes/lost.ts";
import { mtuMismatch } from "./causes/mtu-mismatch.ts";
import { noAddress } from "./causes/no-address.ts";
import { noRoute } from "./causes/no-route.ts";
import { nobodyListens } from "./causes/nobody-listens.ts";
import { keptApart, notOnOneNetwork } from "./causes/not-on-one-network.ts";
import { portLocked } from "./causes/port-locked.ts";
import { portNotForwarding } from "./causes/port-not-forwarding.ts";
import { staleNeighbour } from "./causes/stale-neighbour.ts";
import type { Cause, Finding } from "./finding.ts";
import { readEnd, readHost } from "./sides.ts";
import type { Service, Situation } from "./situation.ts";
import { sharedOf, waysOf } from "./ways.ts";

/** From the ground up: what a layer finds explains what those above it would find. */
const LAYERS: readonly (readonly Cause[])[] = [
  [linkDown],
  [notOnOneNetwork],
  [portNotForwarding, isolated, portLocked, duplicateMac],
  [noAddress, duplicateAddress, dadFailed],
  [noRoute],
  [forwardingOff],
  [staleNeighbour],
  [keptApart, dropped],
  [nobodyListens, listensElsewhere],
  [lost],
];
/** Nothing waits for these: they spoil connections that can be made. */
const ASIDE: readonly Cause[] = [mtuMismatch];

/** What to check. */
export interface CheckOptions {
  /** The namespace with the bridges. Default: the present one. */
  readonly host?: NetnsRef | undefined;
  /** Whom in B it is for. Default: nobody; an echo request is sent. */
  readonly service?: Service | undefined;
}

/**
 * Reads a "tcp/5900".
 * @param text protocol and port
 * @throws RangeError
 */
export const parseService = (text: string): Service => {
  const [, protocol, digits] = /^(tcp|udp)\/(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits ?? 0);
  if ((protocol !== "tcp" && protocol !== "udp") || port < 1 || port > 65535) {
    throw new RangeError(`${JSON.stringify(text)} is no port: tcp/5900, udp/53`);
  }
  return { protocol, port };
};

/**
 * Reads all that the causes look at: both namespaces and the host, routes both ways, and what becomes of a packet of each family. While it
 * is on its way a table in each of the three namespaces follows it through nf_tables.
 * @param a from
 * @param b to
 * @param options where the bridges are; for whom in B
 * @throws SystemError ENOENT for a namespace that is not, EPERM; KernelError
 */
export const readSituation = async (a: NetnsRef, b: NetnsRef, options: CheckOptions = {}): Promise<Situation> => {
  const { host: ref, service } = options;
  const handle = openNetns(ref ?? HOME);
  try {
    const host = await readHost(ref);
    const from = { ...(await readEnd(a, host, handle)), ref: a };
    const to = { ...(await readEnd(b, host, handle, service)), ref: b };
    const ways = await waysOf(from, to, ref, service);
    return { a: from, b: to, host, service, ways, shared: sharedOf(from, to) };
  } finally {
    handle.close();
  }
};

/**
 * Why a situation is as it is: the causes of the lowest layer that has any, and what spoils connections besides.
 * @param situation what `readSituation` gave
 * @returns nothing: A reaches B
 */
export const findingsOf = (situation: Situation): Finding[] => {
  const found = (causes: readonly Cause[]): Finding[] => causes.flatMap((cause) => cause(situation) ?? []);
  const blocking = LAYERS.map(found).find((findings) => findings.length > 0) ?? [];
  return [...blocking, ...found(ASIDE)];
};

/**
 * Why B cannot be reached from A.
 * @param a a namespace: name, path, pid
 * @param b another
 * @param options where the bridges are; for whom in B
 * @returns nothing: it can
 * @throws SystemError; KernelError
 * @example
 * for (const { says, mend } of await checkConnection("desktop", "vnc", { service: parseService("tcp/5900") })) …
 */
export const checkConnection = async (a: NetnsRef, b: NetnsRef, options?: CheckOptions): Promise<Finding[]> =>
  findingsOf(await readSituation(a, b, options));
