// A datagram on its way to a socket, and what faults make of it.
import { NLM_F } from "../codec/control.ts";
import { forgedAck, framesOf, halfOf, readdressed } from "./fake-bytes.ts";
import type { ReplyFault, ReplyPart } from "./faults.ts";

/** Who sent it, from where. */
export interface Origin {
  /** nl_pid; 0 is the kernel. */
  readonly sender: number;
  /** The namespace; undefined: the socket's own. */
  readonly nsid: number | undefined;
}
/** A datagram. */
export interface Item extends Origin {
  readonly bytes: Uint8Array;
  /** When it can be received, by performance.now(). */
  readonly due: number;
  /** Longer than any buffer. */
  readonly cut: boolean;
}

/** Far from every number that is in use. */
const ELSEWHERE = 0x4000_0000;
const DELAY = 5;

/** What arrives in its place. */
export const changed = (item: Item, part: ReplyPart, fault: ReplyFault, portId: number): Item[] => {
  const { bytes } = item;
  switch (fault.kind) {
    case "delay":
      return [{ ...item, due: performance.now() + (fault.ms ?? DELAY) }];
    case "duplicate":
      return [item, item];
    case "half":
      return [{ ...item, bytes: halfOf(bytes, fault.keep) }];
    case "truncate":
      return [{ ...item, cut: true }];
    case "forge": {
      const pid = portId + ELSEWHERE;
      if (part === "event") return [{ ...item, sender: pid }, item];
      return [{ ...item, bytes: forgedAck({ seq: framesOf(bytes)[0]?.seq ?? 0, pid }) }, item];
    }
    case "event":
      return [{ ...item, bytes: readdressed(bytes, () => ({ seq: 0, pid: 0 })) }, item];
    case "wrongSeq":
      return [{ ...item, bytes: readdressed(bytes, ({ seq }) => ({ seq: (seq + ELSEWHERE) >>> 0 })) }];
    case "wrongPort":
      return [{ ...item, bytes: readdressed(bytes, ({ pid }) => ({ pid: (pid + ELSEWHERE) >>> 0 })) }];
    case "interrupt":
      return [{ ...item, bytes: readdressed(bytes, ({ flags }) => ({ flags: flags | NLM_F.DUMP_INTR })) }];
    default:
      return [item];
  }
};
