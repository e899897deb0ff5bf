// What networks are built with: conversations with the kernel in the host's namespace and in those of endpoints. Everything that changes
// anything goes through here, so that a rehearsal can look like the real thing.
import { fstatSync, statSync } from "node:fs";
import { sockDiag } from "../attrs/diag/messages.ts";
import { conntrack } from "../attrs/netfilter/conntrack/messages.ts";
import { nftables } from "../attrs/netfilter/nftables/messages.ts";
import { route } from "../attrs/route/messages.ts";
import { Conntrack } from "../client/conntrack.ts";
import { Nftables } from "../client/nft/nftables.ts";
import { Rtnetlink } from "../client/rtnetlink.ts";
import { Sockets } from "../client/sockets.ts";
import { Connection } from "../socket/connection.ts";
import { openSocket, type SocketOptions } from "../socket/netlink-socket.ts";
import { HOME, type NetnsHandle, type NetnsRef, openNetns } from "../socket/netns.ts";
import type { Transport } from "../socket/transport.ts";
import { Announcements } from "./announcements.ts";
import { Memory, RememberedNftables } from "./memory.ts";
import { readSysctl, writeSysctl } from "./sysctl.ts";
import type { Reaped } from "./watch.ts";

/** Opens a netlink socket. */
export type OpenTransport = (options: SocketOptions) => Transport;
/** Reads a sysctl: a namespace, its name, the link that IFNAME in the name stands for. */
export type ReadSysctl = typeof readSysctl;
/** Writes a sysctl: a namespace, its name, the value, the link that IFNAME in the name stands for. False: it had that value. */
export type WriteSysctl = typeof writeSysctl;

/** A sysctl of some namespace. */
export interface SysctlPlace {
  /** What IFNAME in its name stands for. */
  readonly ifname?: string | undefined;
  /** Default: the host's. */
  readonly netns?: NetnsRef | undefined;
}

/** Where and how. */
export interface HostOptions {
  /** The namespace that bridges are in. Default: the present one. */
  readonly netns?: NetnsRef | undefined;
  /** How sockets are opened. Default: really. */
  readonly open?: OpenTransport | undefined;
  /** How sysctls are read. Default: really. */
  readonly readSysctl?: ReadSysctl | undefined;
  /** How sysctls are written. Default: really. */
  readonly writeSysctl?: WriteSysctl | undefined;
  /** Gets, a line each, what is no error and keeps a network from working: a firewall of somebody else. Default: process.emitWarning. */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** Gets what dead endpoints and networks left and a call took away before it did its own. Default: nobody is told. */
  readonly onReaped?: ((reaped: Reaped) => void) | undefined;
  /** Nothing is really changed, so nothing is waited for or announced: `rehearsal`. Default: false. */
  readonly isRehearsal?: boolean | undefined;
}

/** The namespace that bridges are in, and the way to others. */
export class Host implements Disposable {
  /** rtnetlink of the host's namespace. */
  readonly rtnl: Rtnetlink;
  /** Nothing is really changed: what was removed is still there, what was made is not. */
  readonly isRehearsal: boolean;
  /**
   * What need not be read again.
   * @internal
   */
  readonly memory: Memory;
  /**
   * Those that are under way.
   * @internal
   */
  readonly announcements: Announcements = new Announcements();
  readonly #open: OpenTransport;
  readonly #read: ReadSysctl;
  readonly #write: WriteSysctl;
  readonly #netns: NetnsHandle | undefined;
  #netnsId: string | undefined;
  /** Tells what is no error. */
  readonly warn: (message: string) => void;
  /** Tells what was taken away on the way. */
  readonly tellReaped: (reaped: Reaped) => void;
  #idle: Nftables | undefined;
  #conntrack: Conntrack | undefined;
  #closed = false;

  /**
   * @param options where and how
   * @throws SystemError ENOENT for a namespace that does not exist
   */
  constructor(options: HostOptions = {}) {
    const { netns } = options;
    this.warn = options.onWarning ?? ((message) => process.emitWarning(message));
    this.tellReaped = options.onReaped ?? (() => {});
    this.isRehearsal = options.isRehearsal === true;
    this.#open = options.open ?? openSocket;
    this.#read = options.readSysctl ?? readSysctl;
    this.#write = options.writeSysctl ?? writeSysctl;
    // Held open: its name may go, and a pid be somebody else's, while it is used.
    this.#netns = netns === undefined ? undefined : openNetns(netns);
    const transport = this.#open({ protocol: route.protocol, netns: this.netns });
    this.rtnl = new Rtnetlink(new Connection(transport, route));
    // Of a rehearsal nothing is done that could be remembered.
    this.memory = new Memory(this.isRehearsal ? undefined : transport.events);
  }

  /** The namespace, for sockets; undefined: the present one. */
  get netns(): NetnsRef | undefined {
    return this.#netns === undefined ? undefined : { fd: this.#netns.fd };
  }

  /** Inode of the namespace's file. */
  get netnsId(): string {
    // That of the thread may be another by now; that of a descriptor may not.
    if (this.#netns === undefined) return String(statSync(HOME, { bigint: true }).ino);
    this.#netnsId ??= String(fstatSync(this.#netns.fd, { bigint: true }).ino);
    return this.#netnsId;
  }

  /** rtnetlink of some namespace. */
  rtnetlink(netns: NetnsRef | undefined): Rtnetlink {
    return new Rtnetlink(new Connection(this.#open({ protocol: route.protocol, netns }), route));
  }
  /** nf_tables of the host's namespace, on a socket of its own. */
  nftables(): Nftables {
    return new Nftables(new Connection(this.#open({ protocol: nftables.protocol, netns: this.netns }), nftables));
  }
  /**
   * The same, on a socket that was used before if there is one. Closing one costs 10 ms (6.18: it waits until nobody looks at what was
   * deleted over any), so one is kept.
   */
  borrowNftables(): Nftables {
    const idle = this.#idle;
    this.#idle = undefined;
    return idle ?? new RememberedNftables(this.nftables().connection, this.memory);
  }
  /** Keeps one for the next who borrows. */
  giveBack(nft: Nftables): void {
    if (this.#closed || this.#idle !== undefined) nft.close();
    else this.#idle = nft;
  }
  /** Connection tracking of the host's namespace: one socket, closed with this, for the same reason. */
  conntrack(): Conntrack {
    this.#conntrack ??= new Conntrack(
      new Connection(this.#open({ protocol: conntrack.protocol, netns: this.netns }), conntrack),
    );
    return this.#conntrack;
  }
  /** Sockets of the host's namespace. */
  sockets(): Sockets {
    return new Sockets(new Connection(this.#open({ protocol: sockDiag.protocol, netns: this.netns }), sockDiag));
  }

  /** A sysctl, of the host's namespace unless another is named; undefined: there is none. */
  sysctl(name: string, { ifname, netns = this.netns }: SysctlPlace = {}): string | undefined {
    return this.#read(netns, name, ifname);
  }
  /** Writes a sysctl, of the host's namespace unless another is named. False: it had that value. */
  setSysctl(name: string, value: string, { ifname, netns = this.netns }: SysctlPlace = {}): boolean {
    return this.#write(netns, name, value, ifname);
  }
  /** The same, for what a kernel may lack: IPv6. */
  setSysctlIfThere(name: string, value: string, place: SysctlPlace = {}): boolean {
    const present = this.#read(place.netns ?? this.netns, name, place.ifname);
    return present !== undefined && present !== value && this.setSysctl(name, value, place);
  }

  /**
   * Is that link of the host still there? When this is closed nobody can say: then it counts as there.
   * @param index which
   * @param ifname its name: the number may be another's by now
   */
  async isThere(index: number, ifname: string): Promise<boolean> {
    if (this.#closed) return true;
    try {
      return (await this.rtnl.links.get(index)).attrs.ifname === ifname;
    } catch {
      return false;
    }
  }

  /** Closes what it holds. */
  [Symbol.dispose](): void {
    this.#closed = true;
    this.#idle?.close();
    this.#conntrack?.close();
    this.memory.close();
    this.rtnl.close();
    this.#netns?.close();
  }
}
