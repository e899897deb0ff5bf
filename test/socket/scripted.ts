// A transport whose other end a test writes: what the kernel would say, when, and what it fails with.
import { SystemError } from "../../src/socket/errors.ts";
import type { Transport } from "../../src/socket/transport.ts";

/** A datagram to receive, or an errno to fail with. */
export type Delivery = Uint8Array | number;

/** What a test sees of it, and does to it. */
export interface Scripted extends Transport {
  /** Every datagram that was sent. */
  readonly sent: Uint8Array[];
  /** Is somebody waiting? Then the process would be kept alive. */
  readonly waiting: boolean;
  readonly closed: boolean;
  /** Puts something on the queue, and wakes who waits. */
  deliver(...what: Delivery[]): void;
}

export const PORT = 4711;

/**
 * @param answer what is there at once when a datagram is sent; by default nothing
 */
export const scripted = (answer: (request: Uint8Array, index: number) => Delivery[] = () => []): Scripted => {
  const queue: Delivery[] = [];
  const sent: Uint8Array[] = [];
  let wake: ((error?: Error) => void) | undefined;
  let closed = false;
  return {
    portId: PORT,
    sent,
    get waiting() {
      return wake !== undefined;
    },
    get closed() {
      return closed;
    },
    send(datagram) {
      sent.push(datagram.slice());
      queue.push(...answer(datagram, sent.length - 1));
    },
    receive(buffer) {
      const next = queue.shift();
      if (next === undefined) return undefined;
      if (typeof next === "number") throw new SystemError("recv", next);
      buffer.set(next.subarray(0, buffer.length));
      return next.length;
    },
    wait(callback) {
      wake = callback;
    },
    block: () => queue.length > 0,
    cancel() {
      wake = undefined;
    },
    close() {
      closed = true;
    },
    deliver(...what) {
      queue.push(...what);
      const callback = wake;
      wake = undefined;
      callback?.();
    },
  };
};
