// What was waited for and did not come, as facts.
import { plain } from "../codec/text.ts";

/** What can be waited for. */
export type Awaited = "carrier" | "forwarding" | "address";
/** Why the wait has ended. */
export type NotReadyReason = "timeout" | "gone" | "absent" | "dadfailed" | "no port";

/** What is known of a wait that ended without. */
export interface NotReadyFacts {
  /** What was awaited. */
  readonly what: Awaited;
  /** The link's index. */
  readonly index: number;
  /** Its name, where it is known. */
  readonly ifname?: string | undefined;
  /** The address that was awaited, of several the first that is not ready. */
  readonly address?: string | undefined;
  /**
   * "timeout": not in time. "gone": the link is not there (any more). "absent": the link has no such address, or no longer; it does
   * not lose one that is permanent to another owner, but one with a lifetime. "dadfailed": somebody else on the network has the address
   * (RFC 4862 5.4.5). "no port": the link is no port of a bridge.
   */
  readonly reason: NotReadyReason;
  /** Milliseconds that were allowed. */
  readonly timeout: number;
}

const AWAITED: { readonly [K in Awaited]: (address: string) => string } = {
  carrier: () => "it has no carrier",
  forwarding: () => "its bridge port does not forward",
  address: (address) => `duplicate address detection of ${address} is not over`,
};
const REASONS: { readonly [K in NotReadyReason]: (facts: NotReadyFacts, address: string) => string } = {
  timeout: ({ what, timeout }, address) => `${AWAITED[what](address)} after ${timeout} ms`,
  gone: () => "there is no such link",
  absent: (_facts, address) => `it has no address ${address}`,
  dadfailed: (_facts, address) => `${address} is taken: duplicate address detection found another owner on the network`,
  "no port": () => "it is no port of a bridge",
};

/** A link, a port or an address is not ready. */
export class NotReady extends Error implements NotReadyFacts {
  /** Always "NotReady". */
  override readonly name = "NotReady";
  /** For matching. */
  readonly code = "NOT_READY";
  /** What was awaited. */
  readonly what: Awaited;
  /** The link's index. */
  readonly index: number;
  /** Its name, where it is known. */
  readonly ifname: string | undefined;
  /** The address. */
  readonly address: string | undefined;
  /** Why the wait has ended. */
  readonly reason: NotReadyReason;
  /** Milliseconds that were allowed. */
  readonly timeout: number;
  /** @param facts what is known */
  constructor(facts: NotReadyFacts) {
    const named = facts.ifname === undefined ? "" : ` (${plain(facts.ifname)})`;
    super(`link ${facts.index}${named}: ${REASONS[facts.reason](facts, plain(facts.address ?? ""))}`);
    this.what = facts.what;
    this.index = facts.index;
    this.ifname = facts.ifname;
    this.address = facts.address;
    this.reason = facts.reason;
    this.timeout = facts.timeout;
  }
}
