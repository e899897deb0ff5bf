// Announces an endpoint's addresses on its network: gratuitous ARP and unsolicited neighbour advertisements, so that nobody goes on
// sending to the link-layer address that an earlier owner of the address had.
import { AF } from "../attrs/families.ts";
import { familyOf } from "../client/prefix.ts";
import { hardwareBytes, ipBytes } from "../codec/address.ts";
import type { NetnsRef } from "../socket/netns.ts";
import { Icmp6Sender, PacketSender, type RawSocketOptions } from "../socket/raw-socket.ts";
import { ALL_NODES, BROADCAST, ETH_P_ARP, gratuitousArp, neighbourAdvertisement } from "./announce-packets.ts";

/** What is announced. */
export interface Announcing {
  /** The namespace that the link is in. Read only before `announce` returns: a descriptor may be closed then. */
  readonly netns: NetnsRef;
  /** The link's index there. */
  readonly index: number;
  /** Its link-layer address: "02:42:ac:11:00:02". */
  readonly mac: string;
  /** Its addresses, IPv4 and IPv6, without their length. */
  readonly addresses: readonly string[];
}
/** How it is announced. */
export interface AnnounceOptions {
  /** How often, 0 to 3. Default: 3. */
  readonly count?: number | undefined;
  /** Milliseconds from one round to the next, 100 to 2000. Default: 1000. */
  readonly interval?: number | undefined;
  /**
   * Is it still true: the link there, its address the same? Asked before each repetition; false ends the announcement, and so does a
   * failure, which is a warning.
   */
  readonly stillIs?: (() => Promise<boolean> | boolean) | undefined;
  /** Gets what could not be sent, and why (SystemError). Default: process.emitWarning. What it throws becomes an uncaughtException. */
  readonly onWarning?: ((error: Error) => void) | undefined;
}
/** An announcement under way. */
export interface Announcement {
  /**
   * Resolves when the last round was sent, or when it was stopped, and the sockets are closed; never rejects. The repetitions do not
   * keep the process alive: a program that has nothing else to do ends before them, awaiting this or not.
   */
  readonly done: Promise<void>;
  /**
   * Ends it now and closes its sockets, in the background. Until then they keep the namespace in being, also when its last process and
   * name are gone: to be called when the endpoint goes.
   */
  stop(): void;
}

const COUNT = 3;
const INTERVAL = 1000;

const within = (name: string, value: number, least: number, most: number): void => {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} is ${value}, not a whole number from ${least} to ${most}`);
};

/** A socket. */
interface Closable {
  close(): void | Promise<void>;
}
/** One packet of a round. */
type Send = () => void;

/** An Ethernet address as bytes. */
const ethernet = (mac: string): Uint8Array => {
  const own = hardwareBytes(mac);
  if (own.length !== 6) throw new RangeError(`${JSON.stringify(mac)} is no Ethernet address`);
  return own;
};

/** An address, in the forms that are needed. */
interface Announced {
  readonly text: string;
  readonly family: number;
  readonly bytes: Uint8Array;
}
const announced = (text: string): Announced => ({ text, family: familyOf(text), bytes: ipBytes(text) });

/** What is sent each round, and how to let go of it. A family whose socket cannot be made is a warning, and left out. */
const prepare = (
  link: RawSocketOptions,
  mac: Uint8Array,
  addresses: readonly Announced[],
  warn: (error: unknown) => void,
): { readonly sends: readonly Send[]; close(): Promise<unknown> } => {
  const open: Closable[] = [];
  const make = <T extends Closable>(wanted: number, create: () => T): T | undefined => {
    if (!addresses.some(({ family }) => family === wanted)) return undefined;
    try {
      const sender = create();
      open.push(sender);
      return sender;
    } catch (error) {
      warn(error);
      return undefined;
    }
  };
  const arp = make(AF.INET, () => new PacketSender(link, ETH_P_ARP));
  const icmp6 = make(AF.INET6, () => new Icmp6Sender(link));
  const sends = addresses.flatMap(({ text, family, bytes }): Send[] => {
    if (family === AF.INET) {
      const packet = gratuitousArp(mac, bytes);
      return arp === undefined ? [] : [() => arp.send(packet, BROADCAST, `gratuitous ARP for ${text}`)];
    }
    const packet = neighbourAdvertisement(mac, bytes);
    return icmp6 === undefined ? [] : [() => icmp6.send(packet, bytes, ALL_NODES, `advertisement of ${text}`)];
  });
  return { sends, close: () => Promise.all(open.map((sender) => sender.close())) };
};

/**
 * Announces addresses: an ARP announcement for each IPv4 one (RFC 5227 3), an unsolicited neighbour advertisement from each IPv6 one
 * (RFC 4861 7.2.6). The first round is sent before it returns; the others follow in the background.
 *
 * That something could not be sent is a warning, never an error: the network works without, once old entries of others have aged. An
 * IPv6 address that is still tentative is refused by the kernel (EADDRNOTAVAIL): await `addressesReady` first.
 *
 * Every packet goes to every port of the bridge, inside the call that sends it: 0.1 ms with ten ports, 10 ms with a thousand (measured on
 * Linux 6.18). Who connects many endpoints at once may want `count: 1`.
 * @param what link, addresses
 * @param options how often, until when, who is told
 * @throws RangeError, EncodeError for what is no address, no link-layer address, or out of range; before anything is sent
 */
export const announce = (what: Announcing, options: AnnounceOptions = {}): Announcement => {
  const { count = COUNT, interval = INTERVAL, stillIs, onWarning = process.emitWarning } = options;
  within("count", count, 0, 3);
  within("interval", interval, 100, 2000);
  const warn = (error: unknown): void => {
    try {
      onWarning(error instanceof Error ? error : new Error(String(error)));
    } catch (thrown) {
      // Not here: whoever connects an endpoint must not fail for it, and the sockets have to be closed.
      setImmediate(() => {
        throw thrown;
      });
    }
  };
  const mac = ethernet(what.mac);
  const addresses = what.addresses.map(announced);
  if (count === 0) return { done: Promise.resolve(), stop: () => {} };
  const { sends, close } = prepare(what, mac, addresses, warn);
  let left = sends.length === 0 ? 0 : count;
  let timer: NodeJS.Timeout | undefined;
  let finish: () => void = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const stop = (): void => {
    left = 0;
    clearTimeout(timer);
    void close().then(finish);
  };
  const round = (): void => {
    for (const send of left > 0 ? sends : []) {
      try {
        send();
      } catch (error) {
        warn(error);
      }
    }
    if (--left <= 0) stop();
    else timer = setTimeout(() => void again(), interval).unref();
  };
  const again = async (): Promise<void> => {
    try {
      // Stopped while it was looked at: round() sees that.
      if ((await stillIs?.()) === false) left = 0;
    } catch (error) {
      warn(error);
      left = 0;
    }
    round();
  };
  round();
  return { done, stop };
};
