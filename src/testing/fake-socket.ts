// The receiving half of a netlink socket: a queue with a limit, ENOBUFS when it ran over, and the faults of a datagram's way.
import { SystemError } from "../socket/errors.ts";
import type { EventTransport } from "../socket/transport.ts";
import { lengthened } from "./fake-bytes.ts";
import { changed, type Item, type Origin } from "./fake-item.ts";
import { concerns, type FaultPlan, type ReplyFault, type ReplyPart } from "./faults.ts";

/** net.core.rmem_default: 256 acks of 832 bytes. */
const RECEIVE_BUFFER = 212_992;
/** What a small datagram takes of it, and what the kernel keeps beside a larger one. */
const SMALL = 832;
const SMALL_BYTES = 192;
const OVERHEAD = 320;
const EBADF = 9;
const EDEADLK = 35;
const ENOBUFS = 105;

const truesize = (bytes: number): number =>
  bytes <= SMALL_BYTES ? SMALL : 2 ** Math.ceil(Math.log2(bytes + OVERHEAD)) + OVERHEAD;

const sleep = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};

const KERNEL: Origin = { sender: 0, nsid: undefined };
/** One that only listens: what `events` gives. */
export class FakeSocket implements EventTransport {
  /** nl_pid of the socket. */
  readonly portId: number;
  /** Port of the sender of the datagram that was received last. */
  sender = 0;
  /** Id of the namespace that it came from. */
  nsid: number | undefined;
  /** What goes wrong with it. */
  protected readonly faults: FaultPlan;
  /** The largest buffer that was received into: the kernel makes the pieces of a dump no larger. */
  protected largest = 0;
  readonly #limit: number;
  #queue: Item[] = [];
  /** Changes places with whatever comes next. */
  #held: Item | undefined;
  #memory = 0;
  #congested = false;
  #errors: number[] = [];
  #closed = false;
  #wake: ((error?: Error) => void) | undefined;
  #unschedule: (() => void) | undefined;
  constructor(portId: number, faults: FaultPlan, receiveBuffer: number = RECEIVE_BUFFER) {
    this.portId = portId;
    this.faults = faults;
    this.#limit = receiveBuffer;
  }

  /** Has it been closed? */
  get closed(): boolean {
    return this.#closed;
  }
  /** Is somebody waiting? Unlike a real socket it does not keep the process alive. */
  get waiting(): boolean {
    return this.#wake !== undefined;
  }
  /** Datagrams that have not been received. */
  get unread(): number {
    return this.#queue.length + (this.#held === undefined ? 0 : 1);
  }
  /** Does the kernel put no more on it? */
  protected get full(): boolean {
    return this.#memory >= this.#limit;
  }

  /** Drops what comes, until all has been received that is there; the next receive fails with ENOBUFS. */
  overrun(): void {
    if (this.#congested) return;
    this.#congested = true;
    this.fail(ENOBUFS);
  }

  /** Lets a receive fail. */
  protected fail(errno: number): void {
    this.#errors.push(errno);
    this.#schedule();
  }

  /** The kernel has a datagram for it. */
  protected put(bytes: Uint8Array, part: ReplyPart, origin: Origin = KERNEL): void {
    if (this.#closed) return;
    let item: Item | undefined = { bytes, due: 0, cut: false, ...origin };
    for (const fault of this.faults.take(concerns(part))) {
      item = this.#struck(item, part, fault);
      if (item === undefined) return;
    }
    this.#push(item, part);
  }

  /** What a fault leaves of it. */
  #struck(item: Item, part: ReplyPart, fault: ReplyFault): Item | undefined {
    switch (fault.kind) {
      case "lose":
        return undefined;
      case "overrun":
        this.overrun();
        return undefined;
      case "reorder":
        this.#release();
        this.#held = item;
        this.#schedule();
        return undefined;
      case "stall":
        this.stall();
        return item;
      default: {
        const [last, ...before] = changed(item, part, fault, this.portId).reverse();
        for (const each of before.reverse()) this.#push(each, part);
        return last;
      }
    }
  }

  /** A dump stops for ever. */
  protected stall(): void {}

  #push(item: Item, part: ReplyPart): void {
    const size = truesize(item.bytes.length);
    // A dump's pieces are made only while there is room.
    const room = !this.#congested && (this.#memory === 0 || this.#memory + size <= this.#limit);
    if (!room && part !== "dump" && part !== "done") {
      this.overrun();
      return;
    }
    this.#memory += size;
    this.#queue.push(item);
    this.#release();
    this.#schedule();
  }

  #release(): void {
    if (this.#held === undefined) return;
    this.#queue.push(this.#held);
    this.#memory += truesize(this.#held.bytes.length);
    this.#held = undefined;
  }

  /** Milliseconds until something can be received; Infinity: nothing is on its way. */
  #due(): number {
    if (this.#errors.length > 0) return 0;
    if (this.#queue.length === 0) this.#release();
    const [first] = this.#queue;
    return first === undefined ? Number.POSITIVE_INFINITY : Math.max(0, first.due - performance.now());
  }

  /**
   * Takes one datagram, if there is one.
   * @param buffer where to put it
   * @throws SystemError ENOBUFS when some were lost, EBADF when it is closed, what a fault says
   */
  receive(buffer: Uint8Array): number | undefined {
    if (this.#closed) throw new SystemError("recv", EBADF);
    this.largest = Math.max(this.largest, buffer.length);
    const errno = this.faults.errno("receive") ?? this.#errors.shift();
    if (this.#queue.length === 0) this.#congested = false;
    if (errno !== undefined) throw new SystemError("recv", errno);
    if (this.#due() > 0 || this.faults.strikes("again")) return undefined;
    const item = this.#queue.shift() as Item;
    this.#memory -= truesize(item.bytes.length);
    if (this.#queue.length === 0) this.#congested = false;
    if (this.#memory <= this.#limit / 2) this.more();
    const bytes = item.cut ? lengthened(item.bytes, buffer.length) : item.bytes;
    buffer.set(bytes.subarray(0, buffer.length));
    this.sender = item.sender;
    this.nsid = item.nsid;
    return bytes.length;
  }

  /** There is room again: a dump goes on. */
  protected more(): void {}

  /**
   * Calls back, from the event loop, when there is something to receive.
   * @param wake gets what a fault of kind "poll" says
   * @throws SystemError what a fault of kind "wait" says
   */
  wait(wake: (error?: Error) => void): void {
    this.cancel();
    const errno = this.faults.errno("wait");
    if (errno !== undefined) throw new SystemError("poll", errno);
    this.#wake = wake;
    const failed = this.faults.errno("poll");
    if (failed !== undefined) this.#soon(0, () => this.#call(new SystemError("poll", failed)));
    else if (this.faults.strikes("wake")) this.#soon(0, () => this.#call());
    else this.#schedule();
  }

  #schedule(): void {
    if (this.#wake === undefined) return;
    const due = this.#due();
    if (due === Number.POSITIVE_INFINITY) return;
    this.#soon(due, () => {
      // A timer may come a moment early.
      if (this.#due() > 0) this.#schedule();
      else this.#call();
    });
  }

  #soon(milliseconds: number, run: () => void): void {
    this.#unschedule?.();
    if (milliseconds === 0) {
      const immediate = setImmediate(run);
      this.#unschedule = () => clearImmediate(immediate);
    } else {
      const timer = setTimeout(run, Math.ceil(milliseconds));
      this.#unschedule = () => clearTimeout(timer);
    }
  }

  #call(error?: Error): void {
    const wake = this.#wake;
    this.cancel();
    wake?.(error);
  }
  /** Calls a pending `wait` off. */
  cancel(): void {
    this.#wake = undefined;
    this.#unschedule?.();
    this.#unschedule = undefined;
  }

  /**
   * Blocks the thread until there is something to receive.
   * @param milliseconds at most
   * @throws SystemError what a fault says; EDEADLK when there is no limit and nothing on its way
   */
  block(milliseconds: number): boolean {
    const errno = this.faults.errno("block");
    if (errno !== undefined) throw new SystemError("poll", errno);
    if (this.faults.strikes("wake")) return true;
    const due = this.#due();
    const time = Math.min(due, milliseconds);
    if (time === Number.POSITIVE_INFINITY) throw new SystemError("poll", EDEADLK, "nothing is on its way");
    if (time > 0) sleep(time);
    return due <= milliseconds;
  }

  /** Lets go of everything. */
  close(): void {
    this.#closed = true;
    this.cancel();
    this.#queue = [];
    this.#held = undefined;
  }
}
