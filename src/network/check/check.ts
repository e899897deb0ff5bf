// "Why does my connection to the other container time out?": reads the situation, and asks each cause.
import { fstatSync } from "node:fs";
import { HOME, type NetnsRef, openNetns } from "../../socket/netns.ts";
import { dadFailed } from "./causes/dad-failed.ts";
import { dropped } from "./causes/dropped.ts";
import { duplicateAddress } from "./causes/duplicate-address.ts";
import { duplicateMac } from "./causes/duplicate-mac.ts";
import { forwardingOff } from "./causes/forwarding-off.ts";
import { isolated } from "./causes/isolated.ts";
import { legacyTables } from "./causes/legacy-tables.ts";
import { linkDown } from "./causes/link-down.ts";
import { listensElsewhere } from "./causes/listens-elsewhere.ts";
import { lost } from "./causes/lost.ts";
import { mtuMismatch } from "./causes/mtu-mismatch.ts";
import { noAddress } from "./causes/no-address.ts";
import { noRoute } from "./causes/no-route.ts";
import { nobodyListens } from "./causes/nobody-listens.ts";
import { lostIpv6, notItsOwn } from "./causes/not-its-own.ts";
import { keptApart, notOnOneNetwork } from "./causes/not-on-one-network.ts";
import { portLocked } from "./causes/port-locked.ts";
import { portNotForwarding } from "./causes/port-not-forwarding.ts";
import { staleNeighbour } from "./causes/stale-neighbour.ts";
import { labelOf } from "./command.ts";
import type { Cause, Finding } from "./finding.ts";
import { readEnd, readHost } from "./sides.ts";
import type { Service, Situation } from "./situation.ts";
import { sharedOf, tryWays, waysOf } from "./ways.ts";

/** From the ground up: what a layer finds explains what those above it would find. */
const GROUND: readonly (readonly Cause[])[] = [[linkDown], [notItsOwn]];
/** What is wrong on a bridge that both are on, for anybody to see. */
const NETWORK: readonly (readonly Cause[])[] = [
  [portNotForwarding, isolated, portLocked, duplicateMac],
  [noAddress, duplicateAddress, dadFailed],
  [noRoute],
];
/** What is wrong where the host has to route. */
const ROUTED: readonly (readonly Cause[])[] = [[noRoute], [forwardingOff]];
/** What shows when a packet is sent. */
const PACKET: readonly (readonly Cause[])[] = [
  [staleNeighbour],
  [keptApart, dropped],
  [nobodyListens, listensElsewhere],
  [lost, legacyTables],
];
/** Nothing waits for these: they spoil connections that can be made. */
const ASIDE: readonly Cause[] = [mtuMismatch, lostIpv6];

/** What to check. */
export interface CheckOptions {
  /** The namespace with the bridges. Default: the present one. */
  readonly host?: NetnsRef | undefined;
  /** Whom in B it is for. Default: nobody; an echo request is sent. */
  readonly service?: Service | undefined;
}

/**
 * Reads a "tcp/5900".
 * @param text protocol and port, in either order; a port alone is TCP's
 * @throws RangeError
 */
export const parseService = (text: string): Service => {
  const parts = /^\d+$/.test(text) ? ["tcp", text] : text.toLowerCase().split("/");
  const [protocol = "", digits] = /^\d/.test(text) && text.includes("/") ? parts.reverse() : parts;
  const port = /^\d{1,5}$/.test(digits ?? "") ? Number(digits) : 0;
  if ((protocol !== "tcp" && protocol !== "udp") || port < 1 || port > 65535) {
    throw new RangeError(`${JSON.stringify(text)} is no port: tcp/5900, udp/53`);
  }
  return { protocol, port };
};

/** Which namespace a reference means: two may mean the same. */
const inodeOf = (ref: NetnsRef): number => {
  const handle = openNetns(ref);
  try {
    return fstatSync(handle.fd).ino;
  } finally {
    handle.close();
  }
};

/** Both namespaces and the host, and the routes both ways. */
const readSituation = async (a: NetnsRef, b: NetnsRef, options: CheckOptions): Promise<Situation> => {
  const { host: ref, service } = options;
  const handle = openNetns(ref ?? HOME);
  try {
    const host = await readHost(ref);
    const from = await readEnd(a, host, handle);
    const to = await readEnd(b, host, handle, service);
    return { a: from, b: to, host, service, ways: await waysOf(from, to), shared: sharedOf(from, to) };
  } finally {
    handle.close();
  }
};

/** What the lowest layer finds that finds anything. */
const firstOf = (situation: Situation, ...layers: readonly (readonly Cause[])[]): Finding[] =>
  layers.map((causes) => causes.flatMap((cause) => cause(situation) ?? [])).find((findings) => findings.length > 0) ??
  [];

/**
 * Why B cannot be reached from A. What can be seen is looked at first. Then a packet of each family is sent from inside A, and a table in
 * each of the three namespaces follows it through nf_tables; it is gone afterwards, also when this process is killed.
 * @param a a namespace: name, path, pid
 * @param b another
 * @param options where the bridges are; for whom in B
 * @returns the lowest causes that there are, as each hides those above it; and what spoils connections besides. Nothing: it can be reached
 * @throws SystemError ENOENT for a namespace that does not exist, EPERM; RangeError for two that are one; KernelError
 * @example
 * for (const { says, mend } of await checkConnection("desktop", "vnc", { service: parseService("tcp/5900") })) …
 */
export const checkConnection = async (a: NetnsRef, b: NetnsRef, options: CheckOptions = {}): Promise<Finding[]> => {
  if (inodeOf(a) === inodeOf(b)) {
    throw new RangeError(`${labelOf(a)} and ${labelOf(b)} are one namespace: they reach each other at 127.0.0.1`);
  }
  const seen = await readSituation(a, b, options);
  const isShared = seen.shared.length > 0;
  // A gateway may be somebody else than the host; then noRoute and forwardingOff say nothing.
  const isRouted = seen.ways.some(({ there }) => there.route?.attrs.gateway !== undefined);
  const early = firstOf(seen, ...GROUND, ...(isShared ? NETWORK : isRouted ? ROUTED : []));
  const situation = early.length > 0 ? seen : await tryWays(seen);
  // Between two bridges there may be a router, or something that this does not know: only when no packet comes through is that wrong.
  const late = isShared ? PACKET : [[notOnOneNetwork], ...NETWORK, ...PACKET];
  return [
    ...(early.length > 0 ? early : firstOf(situation, ...late)),
    ...ASIDE.flatMap((cause) => cause(situation) ?? []),
  ];
};
