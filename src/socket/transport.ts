// How datagrams come and go. Everything above is written against this interface alone.

/** A netlink socket, or something that answers like one. Every call is synchronous; only `block` waits. */
export interface Transport {
  /** The port that answers are addressed to: nl_pid of the socket. */
  readonly portId: number;
  /**
   * Hands one datagram over. The kernel does the work inside this call and has answered when it returns.
   * @param datagram true only during the call: the next one is written in the same place. Copy what you keep.
   * @throws SystemError
   */
  send(datagram: Uint8Array): void;
  /**
   * Takes one datagram, if there is one.
   * @param buffer where to put it
   * @returns its length, which is more than the buffer's when it was cut; undefined when there is none
   * @throws SystemError ENOBUFS when datagrams were lost
   */
  receive(buffer: Uint8Array): number | undefined;
  /**
   * Calls back, once, when there is something to receive. Keeps the process alive until then.
   * @param wake gets an error when waiting failed
   */
  wait(wake: (error?: Error) => void): void;
  /** Calls a pending `wait` off. */
  cancel(): void;
  /**
   * Blocks the thread until there is something to receive: what the synchronous forms of a request wait with.
   * @param milliseconds at most; Infinity for no limit
   * @returns false when the time is over
   * @throws SystemError
   */
  block(milliseconds: number): boolean;
  /** Lets go of the socket. Calling it twice is harmless. */
  close(): void;
  /**
   * Opens a socket for events in the same namespace. Absent: this transport has none.
   * @throws SystemError
   */
  readonly events?: ((options: EventSocketOptions) => EventTransport) | undefined;
}

/** What a socket for events hears. */
export interface EventSocketOptions {
  /** Multicast groups, by number. */
  readonly groups: readonly number[];
  /** Of every namespace that has an id in this one too: NETLINK_LISTEN_ALL_NSID. Default: false. */
  readonly allNamespaces?: boolean | undefined;
  /** Bytes that unread events may take: SO_RCVBUFFORCE. Default: the system's, 212,992, which holds a few hundred events. */
  readonly receiveBuffer?: number | undefined;
}

/** A transport that listens. It does not say who is right: whoever reads looks at the sender. */
export interface EventTransport extends Pick<Transport, "portId" | "receive" | "wait" | "cancel" | "close"> {
  /** Port of the sender of the datagram that was received last: 0 is the kernel. */
  readonly sender: number;
  /** Id of the namespace that it came from; undefined: the socket's own. */
  readonly nsid: number | undefined;
}

/** A datagram on its way, as a recorder sees it. */
export interface Seen {
  /** ">" to the kernel, "<" from it. */
  readonly direction: ">" | "<";
  /** A copy. */
  readonly bytes: Uint8Array;
}

/**
 * The same transport, with every datagram shown to `see`.
 * @param inner what does the work
 * @param see gets a copy of each datagram
 */
export const recording = (inner: Transport, see: (datagram: Seen) => void): Transport => ({
  portId: inner.portId,
  send(datagram) {
    see({ direction: ">", bytes: datagram.slice() });
    inner.send(datagram);
  },
  receive(buffer) {
    const length = inner.receive(buffer);
    if (length !== undefined) see({ direction: "<", bytes: buffer.slice(0, length) });
    return length;
  },
  wait: (wake) => inner.wait(wake),
  cancel: () => inner.cancel(),
  block: (milliseconds) => inner.block(milliseconds),
  close: () => inner.close(),
  events: inner.events,
});
