// The links of the host as they are now, for callers that ask often: listed once, then kept by events. The kernel tells of a change before the call that
// made it returns, so whoever reads what is there to be read has heard of everything that was done before. Nothing waits and nothing polls.
import { AF } from "../attrs/families.ts";
import { RTNLGRP } from "../attrs/route/groups.ts";
import { route } from "../attrs/route/messages.ts";
import type { Link } from "../client/links.ts";
import { decodeWith } from "../codec/message.ts";
import type { EventTransport, Transport } from "../socket/transport.ts";
import type { LinkChange } from "./known-state.ts";

/** Bytes that unread events may take; when there are more, links are listed again. */
const ROOM = 1024 * 1024;
/** Bytes that one event may have. */
const LONGEST = 64 * 1024;
/** Of nlmsghdr and ifinfomsg: nlmsg_type, ifi_family, ifi_index. */
const AT = { TYPE: 4, FAMILY: 16, INDEX: 20, LEAST: 32 } as const;
const RTM = { NEWLINK: 16, DELLINK: 17 } as const;
const ORDER = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** One subscription, read when links are asked for. */
export class KnownLinks {
  readonly #events: EventTransport;
  readonly #fields: readonly string[];
  /** Where events are read to, one behind the other, until all are there: a copy of each would have to be collected. */
  #buffer: Uint8Array = new Uint8Array(4 * LONGEST);
  #links: Map<number, Link> | undefined;

  /**
   * @param open of a transport of the host
   * @param fields which attributes of a link are wanted
   */
  constructor(open: NonNullable<Transport["events"]>, fields: readonly string[]) {
    this.#events = open({ groups: [RTNLGRP.LINK], receiveBuffer: ROOM });
    this.#fields = fields;
  }

  /** All links, as of the last `changes`. */
  get all(): readonly Link[] {
    return [...(this.#links?.values() ?? [])];
  }

  /**
   * What has changed since this was last asked for.
   * @param list lists all links
   * @returns undefined: nobody knows, all have been listed anew
   */
  async changes(list: () => Promise<readonly Link[]>): Promise<readonly LinkChange[] | undefined> {
    const changes = this.#read();
    if (changes !== undefined && this.#links !== undefined) return changes;
    // Where listing fails, nothing is known.
    this.#links = undefined;
    const listed = await list();
    this.#links = new Map(listed.map((link) => [link.header.index, link]));
    return undefined;
  }

  /** Takes what events say, the last word on each link. Undefined: some are lost. */
  #read(): readonly LinkChange[] | undefined {
    const last = new Map<number, Uint8Array | undefined>();
    try {
      for (let at = 0; ; ) {
        if (this.#buffer.length - at < LONGEST) {
          this.#buffer = new Uint8Array(4 * LONGEST);
          at = 0;
        }
        const room = this.#buffer.subarray(at);
        const length = this.#events.receive(room);
        if (length === undefined) break;
        if (length > room.length) return undefined;
        if (this.#events.sender === 0 && this.#sort(room.subarray(0, length), last)) at += length;
      }
    } catch {
      return undefined;
    }
    const links = this.#links;
    if (links === undefined) return [];
    return [...last].flatMap(([index, bytes]) => {
      const was = links.get(index);
      this.#take(links, index, bytes);
      const is = links.get(index);
      return was === is ? [] : [[was, is] as const];
    });
  }

  /** An event is one message. Those of AF_BRIDGE tell of a port, with a part of what there is. True: its bytes are wanted. */
  #sort(bytes: Uint8Array, last: Map<number, Uint8Array | undefined>): boolean {
    if (bytes.length < AT.LEAST || bytes[AT.FAMILY] === AF.BRIDGE) return false;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const index = view.getInt32(AT.INDEX, ORDER);
    const type = view.getUint16(AT.TYPE, ORDER);
    if (type === RTM.NEWLINK) last.set(index, bytes);
    if (type === RTM.DELLINK) last.set(index, undefined);
    return type === RTM.NEWLINK;
  }

  #take(links: Map<number, Link>, index: number, bytes: Uint8Array | undefined): void {
    if (bytes === undefined) links.delete(index);
    else {
      const options = { fields: this.#fields, byteOrder: ORDER ? "little" : "big" } as const;
      const [link] = decodeWith(route, bytes, options);
      if (link?.name === "RTM_NEWLINK") links.set(index, link);
    }
  }

  /** Stops listening. */
  close(): void {
    this.#events.close();
  }
}
