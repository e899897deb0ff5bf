// A host whose kernel fails at the N-th thing that is asked of it: a socket opened, a datagram sent, a sysctl written.
import { Host } from "../../src/network/host.ts";
import { Networks } from "../../src/network/networks.ts";
import { writeSysctl } from "../../src/network/sysctl.ts";
import { SystemError } from "../../src/socket/errors.ts";
import { openSocket } from "../../src/socket/netlink-socket.ts";
import type { Transport } from "../../src/socket/transport.ts";

/**
 * `fail`: it is refused and nothing has happened. `lost`: it has happened, and its answer never comes. `dead`: it and all that follows is not
 * done: what SIGKILL leaves.
 */
export const MODES = ["fail", "lost", "dead"] as const;
export type Mode = (typeof MODES)[number];

const ENOBUFS = 105;
const EMFILE = 24;
const EIO = 5;
const NLM_F_DUMP = 0x300;

/** A dump's pieces are made when there is room for them: none is ever lost. */
const isDump = (datagram: Uint8Array): boolean => {
  const view = new DataView(datagram.buffer, datagram.byteOffset);
  return (view.getUint16(6, true) & NLM_F_DUMP) === NLM_F_DUMP && view.getUint32(0, true) === datagram.length;
};

/** Counts, and strikes at one number. */
export class Strike {
  /** What has been asked for so far. */
  readonly asked: string[] = [];
  readonly #at: number;
  readonly #mode: Mode;
  /**
   * @param at which one, counted from 0; -1: none
   * @param mode how
   */
  constructor(at: number, mode: Mode) {
    this.#at = at;
    this.#mode = mode;
  }
  #armed = false;
  /** From here on. */
  arm(): void {
    this.#armed = true;
  }
  /** Undefined: all is well. */
  next(what: string): Mode | undefined {
    if (!this.#armed) return undefined;
    const number = this.asked.push(what) - 1;
    if (this.#at < 0) return undefined;
    return number === this.#at || (this.#mode === "dead" && number > this.#at) ? this.#mode : undefined;
  }
}

const types = (datagram: Uint8Array): string => {
  const view = new DataView(datagram.buffer, datagram.byteOffset);
  const all: number[] = [];
  for (let at = 0; at < datagram.length; at += (view.getUint32(at, true) + 3) & ~3)
    all.push(view.getUint16(at + 4, true));
  return [...new Set(all)].join(",");
};

const struck = (inner: Transport, strike: Strike): Transport => {
  let lost = false;
  return {
    portId: inner.portId,
    send(datagram) {
      const mode = strike.next(`send ${types(datagram)}`);
      if (mode === "fail" || mode === "dead") throw new SystemError("send", ENOBUFS);
      inner.send(datagram);
      if (mode !== "lost" || isDump(datagram)) return;
      const buffer = new Uint8Array(65536);
      while (inner.receive(buffer) !== undefined);
      lost = true;
    },
    receive(buffer) {
      if (!lost) return inner.receive(buffer);
      lost = false;
      throw new SystemError("recv", ENOBUFS);
    },
    wait: (wake) => inner.wait(wake),
    cancel: () => inner.cancel(),
    block: (milliseconds) => inner.block(milliseconds),
    close: () => inner.close(),
    events: inner.events,
  };
};

/**
 * Networks of a host on which something goes wrong.
 * @param netns the host's
 * @param strike when and how
 */
export const struckNetworks = (netns: string, strike: Strike): Networks =>
  new Networks(
    new Host({
      netns,
      open: (options) => {
        const mode = strike.next(`open ${options.protocol}`);
        if (mode === "fail" || mode === "dead") throw new SystemError("socket", EMFILE);
        return struck(openSocket(options), strike);
      },
      writeSysctl: (where, name, value, ifname) => {
        const mode = strike.next(`write ${name}`);
        if (mode === "fail" || mode === "dead") throw new SystemError("write", EIO, name);
        const wrote = writeSysctl(where, name, value, ifname);
        if (mode === "lost") throw new SystemError("write", EIO, name);
        return wrote;
      },
    }),
  );
