// A test network of two namespaces and a bridge in a third: what it is made of, what it is called, and what happens while it is built. Building
// is in lab-build.ts, taking down in lab-remove.ts, what somebody kept in lab-kept.ts.
import { checkIfname } from "../client/ifname.ts";
import type { Seen } from "../socket/transport.ts";
import type { Machine } from "./machine.ts";

/** One end of the lab: a namespace, its veth, the other end on the bridge. */
export interface LabEnd {
  /** Name of the namespace. */
  readonly netns: string;
  /** The link inside it. */
  readonly link: string;
  /** The bridge's port. */
  readonly port: string;
  /** Address and length: "192.168.100.10/24". */
  readonly address: string;
}
/** Where a lab is, and what it is made of. */
export interface Lab {
  /** The namespace that stands in for the host; "" for the present one. */
  readonly host: string;
  /** Name of the bridge. */
  readonly bridge: string;
  /** Its two ends. */
  readonly ends: readonly [LabEnd, LabEnd];
}

/** A step begins. */
export interface LabStep {
  /** Which event this is. */
  readonly kind: "step";
  /** The namespace it works in; "" for the present one. */
  readonly netns: string;
  /** The command that does the same. */
  readonly command: string;
}
/** A datagram went by. */
export interface LabDatagram {
  /** Which event this is. */
  readonly kind: "datagram";
  /** The namespace of its socket. */
  readonly netns: string;
  /** Its direction and bytes. */
  readonly datagram: Seen;
}
/** An echo came back, or did not. */
export interface LabEcho {
  /** Which event this is. */
  readonly kind: "echo";
  /** The namespace that asked. */
  readonly from: string;
  /** Whom it asked. */
  readonly address: string;
  /** icmp_seq. */
  readonly sequence: number;
  /** The round trip in milliseconds; undefined: no answer. */
  readonly ms: number | undefined;
}
/** What happens while a lab is built. */
export type LabEvent = LabStep | LabDatagram | LabEcho;

/** What of a lab exists: only that is ever deleted. */
export interface Made {
  /** Links in the host's namespace. */
  readonly links: string[];
  /** Names of namespaces. */
  readonly namespaces: string[];
}

/** How to build. */
export interface LabOptions {
  /** Where: this machine, or a recording. */
  readonly machine: Machine;
  /** Gets what happens. */
  readonly report: (event: LabEvent) => void;
  /** Stops between two steps. */
  readonly signal?: AbortSignal | undefined;
}

/** What marks a link as a lab's, in its IFLA_IFALIAS; on the bridge the names of its namespaces follow. */
export const MARK = "nlkit lab";
/** Names of the namespaces that stand in for the host: "nlkit-lab-4711", by the process that made it. */
export const HOST_NAME: RegExp = /^nlkit-lab-(\d+)$/;

/** How to name a lab. */
export interface LabNames {
  /** In the present namespace. */
  readonly here: boolean;
  /** What makes names unique. */
  readonly id: number;
  /** Name of the bridge. Default: "br0". */
  readonly bridge?: string | undefined;
}

/**
 * Names for a lab: `ns1` and `ns2` where they are free.
 * @param machine where
 * @param options what it shall be called
 * @throws RangeError for a bridge that cannot be called so
 */
export const planLab = (machine: Machine, options: LabNames): Lab => {
  const taken = new Set(machine.names());
  const free = (name: string): string => (taken.has(name) ? `${name}-${options.id}` : name);
  return {
    host: options.here ? "" : `nlkit-lab-${options.id}`,
    bridge: checkIfname(options.bridge ?? "br0"),
    ends: [
      { netns: free("ns1"), link: "veth0", port: "br-veth0", address: "192.168.100.10/24" },
      { netns: free("ns2"), link: "veth1", port: "br-veth1", address: "192.168.100.20/24" },
    ],
  };
};
