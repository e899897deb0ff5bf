// A transport that answers from a recording, in the recording's order.
import type { Registry } from "../codec/registry.ts";
import { SystemError } from "./errors.ts";
import { EINVAL } from "./libc.ts";
import { differenceOf } from "./replay-difference.ts";
import type { Transport } from "./transport.ts";

/** What was said to the kernel, and what it said back. */
export interface RecordedExchange {
  /** The datagram that was sent. */
  readonly request: Uint8Array;
  /** The datagrams that came back. */
  readonly replies: readonly Uint8Array[];
}

/** A request that the recording does not have next. */
export class ReplayMismatch extends Error {
  /** Always "ReplayMismatch". */
  override readonly name = "ReplayMismatch";
  /** Which exchange, counted from 0. */
  readonly index: number;
  /** What the recording has; undefined: it is at its end. */
  readonly expected: Uint8Array | undefined;
  /** What was sent. */
  readonly found: Uint8Array;
  /**
   * @param index which exchange
   * @param expected what the recording has
   * @param found what was sent
   * @param types whose messages they are: for the sentence that says what differs
   */
  constructor(index: number, expected: Uint8Array | undefined, found: Uint8Array, types?: Registry) {
    const what = expected === undefined ? "the recording has ended" : differenceOf(expected, found, types);
    super(`exchange ${index}: ${what}`);
    this.index = index;
    this.expected = expected;
    this.found = found;
  }
}

const PORT = 1;
const SEQ = 8;
const PID = 12;

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The same datagram with nlmsg_seq and nlmsg_pid of its first message set to 0: those differ from run to run. */
const anonymous = (bytes: Uint8Array): string => {
  const copy = bytes.slice();
  if (copy.length >= 16) copy.fill(0, SEQ, PID + 4);
  return Buffer.from(copy).toString("hex");
};

/** A recorded reply as an answer to this request: seq and port are the request's. */
const addressed = (reply: Uint8Array, seq: number): Uint8Array => {
  const copy = reply.slice();
  const dv = view(copy);
  for (let at = 0; at + 16 <= copy.length; ) {
    const length = dv.getUint32(at, true);
    if (length < 16 || length > copy.length - at) break;
    dv.setUint32(at + SEQ, seq, true);
    dv.setUint32(at + PID, PORT, true);
    at += (length + 3) & ~3;
  }
  return copy;
};

const ended = (): SystemError => new SystemError("recv", EINVAL, "the recording has no more replies");

/**
 * A transport that has one conversation and no other: each request must be the recording's next, nlmsg_seq and nlmsg_pid aside.
 * Little-endian recordings.
 * @param exchanges the recording
 * @param types whose messages they are, `route`: a mismatch then says what differs by name. Default: by number
 * @throws ReplayMismatch from `send`
 */
export const replaying = (exchanges: readonly RecordedExchange[], types?: Registry): Transport => {
  const queue: Uint8Array[] = [];
  let next = 0;
  let waking: NodeJS.Immediate | undefined;
  const cancel = (): void => clearImmediate(waking);
  return {
    portId: PORT,
    send(datagram) {
      const recorded = exchanges[next];
      if (recorded === undefined || anonymous(recorded.request) !== anonymous(datagram)) {
        throw new ReplayMismatch(next, recorded?.request, datagram.slice(), types);
      }
      next++;
      const seq = view(datagram).getUint32(SEQ, true);
      queue.push(...recorded.replies.map((reply) => addressed(reply, seq)));
    },
    receive(buffer) {
      const datagram = queue.shift();
      if (datagram === undefined) return undefined;
      buffer.set(datagram.subarray(0, buffer.length));
      return datagram.length;
    },
    // A recording has said all it has to say: whoever still waits would wait for ever.
    wait(wake) {
      cancel();
      waking = setImmediate(wake, ended());
    },
    block() {
      if (queue.length === 0) throw ended();
      return true;
    },
    cancel,
    close: cancel,
  };
};
