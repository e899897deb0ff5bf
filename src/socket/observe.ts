// What a connection says and hears, for whoever watches: NODE_DEBUG=nlkit, and node:diagnostics_channel. Costs a look at two
// booleans a datagram while nobody does.
import { channel } from "node:diagnostics_channel";
import { debuglog } from "node:util";
import { explainWith } from "../codec/explain.ts";
import { flat } from "../codec/flat.ts";
import { decodeWith } from "../codec/message.ts";
import type { Registry } from "../codec/registry.ts";
import { printable, quote } from "../codec/text.ts";
import { HOST_ORDER } from "./libc.ts";

/**
 * What the channels `nlkit:request`, `nlkit:reply` and `nlkit:event` publish. Everything in it is as it went over the socket: whoever subscribes
 * decides what may be stored.
 */
export interface DatagramEvent {
  /** The protocol's constant: "NETLINK_ROUTE". */
  readonly protocol: string;
  /** nl_pid of the socket. */
  readonly portId: number;
  /** A copy of the datagram. */
  readonly bytes: Uint8Array;
  /** The same, decoded, when asked for. */
  readonly messages: readonly object[];
}
/** What the channel `nlkit:overrun` publishes. */
export interface OverrunEvent {
  /** The protocol's constant. */
  readonly protocol: string;
  /** nl_pid of the socket. */
  readonly portId: number;
}

const requests = channel("nlkit:request");
const replies = channel("nlkit:reply");
const events = channel("nlkit:event");
const overruns = channel("nlkit:overrun");
const log = debuglog("nlkit");

/** Undeclared bytes may be anybody's key: only their number is logged. */
const word = ([path, value]: readonly [string, unknown]): string => {
  if (typeof value !== "string") return `${path}=${value}`;
  return value.startsWith("hex:") ? `${path}=(${(value.length - 4) / 2} bytes)` : `${path}=${quote(value)}`;
};

const logged = (types: Registry, arrow: string, portId: number, bytes: Uint8Array): void => {
  for (const message of explainWith(types, bytes, { byteOrder: HOST_ORDER })) {
    const seq = message.children.find(({ constant }) => constant === "nlmsg_seq")?.text ?? "?";
    const words = flat(message.children).map(word).join(" ");
    log("%s", printable(`${arrow} port ${portId} seq ${seq} ${message.constant} ${words}`));
  }
};

/** Tells whoever watches. */
export interface Observer {
  sent(bytes: Uint8Array): void;
  received(buffer: Uint8Array, end: number): void;
  /** What came unasked. */
  event(buffer: Uint8Array, end: number): void;
  overrun(): void;
}

export const observing = (types: Registry, portId: number): Observer => {
  const datagram = (bytes: Uint8Array): DatagramEvent => ({
    protocol: types.name,
    portId,
    bytes,
    get messages() {
      return decodeWith(types, bytes, { byteOrder: HOST_ORDER });
    },
  });
  // What NODE_DEBUG says does not change, and to ask is 50 ns.
  const isLogged = log.enabled;
  return {
    sent(bytes) {
      if (isLogged) logged(types, ">", portId, bytes);
      if (requests.hasSubscribers) requests.publish(datagram(bytes.slice()));
    },
    received(buffer, end) {
      if (isLogged) logged(types, "<", portId, buffer.subarray(0, end));
      if (replies.hasSubscribers) replies.publish(datagram(buffer.slice(0, end)));
    },
    event(buffer, end) {
      if (isLogged) logged(types, "*", portId, buffer.subarray(0, end));
      if (events.hasSubscribers) events.publish(datagram(buffer.slice(0, end)));
    },
    overrun() {
      if (isLogged) log("< port %d overrun", portId);
      if (overruns.hasSubscribers) overruns.publish({ protocol: types.name, portId } satisfies OverrunEvent);
    },
  };
};
