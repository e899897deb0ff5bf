// How datagrams come and go. Everything above is written against this interface alone.

/** A netlink socket, or something that answers like one. Every call is synchronous; none waits. */
export interface Transport {
  /** The port that answers are addressed to: nl_pid of the socket. */
  readonly portId: number;
  /**
   * Hands one datagram over. The kernel does the work inside this call and has answered when it returns.
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
  /** Lets go of the socket. Calling it twice is harmless. */
  close(): void;
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
  close: () => inner.close(),
});
