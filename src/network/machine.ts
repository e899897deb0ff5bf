// What a lab is built on: namespaces, conversations with the kernel, echo requests. The live one, and (in replay.ts) a recorded one.

import { route } from "../attrs/route/messages.ts";
import { Rtnetlink } from "../client/rtnetlink.ts";
import { Connection } from "../socket/connection.ts";
import { ping } from "../socket/icmp.ts";
import { addNetns, deleteNetns, listNetns } from "../socket/named-netns.ts";
import { openSocket } from "../socket/netlink-socket.ts";
import { type NetnsHandle, openNetns } from "../socket/netns.ts";
import { recording, type Seen } from "../socket/transport.ts";

/** Namespaces of a machine, by name; "" is the present one. */
export interface Machine {
  /** Names of `ip netns`. */
  names(): readonly string[];
  /** Makes a namespace. */
  add(name: string): void;
  /** Takes a namespace's name away, and with it the namespace. */
  delete(name: string): void;
  /** Opens a namespace, to move links into. */
  open(name: string): NetnsHandle;
  /**
   * Talks to rtnetlink inside a namespace.
   * @param name "" for the present one
   * @param see gets every datagram
   */
  talk(name: string, see: (datagram: Seen) => void): Rtnetlink;
  /**
   * ICMP echo from inside a namespace.
   * @returns milliseconds; undefined when nothing came back
   */
  echo(name: string, address: string, sequence: number): Promise<number | undefined>;
}

/** This machine. */
export const liveMachine: Machine = {
  names: listNetns,
  add: addNetns,
  delete: deleteNetns,
  open: (name) => openNetns(name),
  talk(name, see) {
    const netns = name === "" ? undefined : name;
    const transport = recording(openSocket({ protocol: route.protocol, netns }), see);
    return new Rtnetlink(new Connection(transport, route));
  },
  echo: (name, address, sequence) => ping({ netns: name === "" ? undefined : name, address, sequence }),
};
