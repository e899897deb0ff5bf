// All that the causes look at, read once: two namespaces, the host between them, and a packet that was sent from one to the other.
import type { Address } from "../../client/addresses.ts";
import type { Link } from "../../client/links.ts";
import type { Neighbour } from "../../client/neighbours.ts";
import type { Route } from "../../client/routes.ts";
import type { InetSocketEntry } from "../../client/sockets.ts";
import type { NetnsRef } from "../../socket/netns.ts";
import type { State } from "../state.ts";

/** A server's port. */
export interface Service {
  /** Its transport. */
  readonly protocol: "tcp" | "udp";
  /** 1 to 65535. */
  readonly port: number;
}
/** A namespace of the situation. */
export interface Side {
  /** Which; undefined: the present one. */
  readonly ref: NetnsRef | undefined;
  /** Its links. */
  readonly links: readonly Link[];
  /** Its addresses. */
  readonly addresses: readonly Address[];
  /** Tables of iptables-legacy, whose rules nothing tells of: "ip filter". */
  readonly legacy: readonly string[];
}
/** A link of a namespace, and where it ends in the host. */
export interface Attachment {
  /** Inside. */
  readonly link: Link;
  /** Its other end, in the host's namespace. */
  readonly port: Link;
  /** The bridge that that is a port of. */
  readonly bridge: Link | undefined;
}
/** One of the two. */
export interface End extends Side {
  /** Which. */
  readonly ref: NetnsRef;
  /** What it is called in sentences; escaped. */
  readonly label: string;
  /** How it hangs on the host. */
  readonly attachments: readonly Attachment[];
  /** What it knows of its neighbours: ARP and neighbour discovery. */
  readonly neighbours: readonly Neighbour[];
  /** What listens in it on the service's transport, with who holds it. Without a service: nothing. */
  readonly listeners: readonly InetSocketEntry[];
}
/** The namespace with the bridges. */
export interface Host extends Side {
  /** What each port of a bridge has learned or was told: the forwarding database. */
  readonly fdb: readonly Neighbour[];
  /** Networks of nlkit; none where nf_tables cannot be asked. */
  readonly known: Pick<State, "networks">;
}
/** What a route lookup came to. */
export interface Lookup {
  /** The way. */
  readonly route?: Route | undefined;
  /** Or why there is none: "ENETUNREACH". */
  readonly code?: string | undefined;
}
/** Somebody dropped a packet. */
export interface Drop {
  /** Where. */
  readonly where: "a" | "host" | "b";
  /** The request, or the answer. */
  readonly direction: "there" | "back";
  /** NFPROTO of the table. */
  readonly family: number;
  /** The table: hostile text. */
  readonly table: string;
  /** The chain: hostile text. */
  readonly chain: string;
  /** The rule; undefined: the chain's policy. */
  readonly handle?: bigint | undefined;
}
/** A packet that was sent. */
export interface Probe {
  /** What: "tcp/5900", "ping". */
  readonly what: string;
  /** What came of it: an answer; an answer that nobody is there; an errno; nothing. */
  readonly outcome: "answered" | "refused" | "silent" | { readonly code: string };
  /** nf_tables was watched meanwhile. False where the kernel has none, or it may not be asked. */
  readonly traced: boolean;
  /** Where the request was seen, and the answer. */
  readonly seen: readonly { readonly where: Drop["where"]; readonly direction: Drop["direction"] }[];
  /** Who dropped what. */
  readonly drops: readonly Drop[];
}
/** An address of B, and the way to it. */
export interface Way {
  /** AF.INET or AF.INET6. */
  readonly family: number;
  /** B's address. */
  readonly address: string;
  /** A's address for it; undefined without a route. */
  readonly source: string | undefined;
  /** The two links, where A and B share a bridge. */
  readonly shared: { readonly a: Attachment; readonly b: Attachment } | undefined;
  /** A's route to it. */
  readonly there: Lookup;
  /** B's route back. */
  readonly back: Lookup;
  /** What was sent along it; undefined where nothing could be. */
  readonly probe: Probe | undefined;
}
/** Everything. */
export interface Situation {
  /** From here… */
  readonly a: End;
  /** …to there. */
  readonly b: End;
  /** Between. */
  readonly host: Host;
  /** Whom in B it is for. */
  readonly service: Service | undefined;
  /** A way a family that both have, at most; the first is IPv4's. */
  readonly ways: readonly Way[];
  /** The attachments of both on one bridge. */
  readonly shared: readonly { readonly a: Attachment; readonly b: Attachment }[];
}

/** Did a packet come through, in both directions where that can be told? */
export const cameThrough = ({ probe }: Way): boolean =>
  probe?.outcome === "answered" ||
  (probe?.outcome === "refused" && probe.drops.length === 0) ||
  // UDP need not answer: to have arrived is enough.
  (probe?.what.startsWith("udp") === true &&
    probe.drops.length === 0 &&
    probe.seen.some(({ where, direction }) => where === "b" && direction === "there"));
