// Takes away what the dead leave as soon as they die: whoever wants that runs this, in the foreground. Without it the next change does it.
import type { LinkAttrs } from "../attrs/route/link.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import type { Rtnetlink } from "../client/rtnetlink.ts";
import { ConnectionClosed } from "../socket/errors.ts";
import type { EventItem } from "../socket/subscription.ts";
import { GROUP } from "./firewall/names.ts";
import type { LockOptions } from "./lock.ts";
import type { EndpointConfig, NetworkConfig } from "./model.ts";

/** What was taken away. */
export interface Reaped {
  /** Networks whose bridge was gone. */
  readonly networks: readonly NetworkConfig[];
  /** Endpoints whose link was gone, and those of such networks. */
  readonly endpoints: readonly EndpointConfig[];
}
/** What a watch has to tell. */
export type ReaperEvent = ReaperNotice | ReaperFailure | ReaperSuccess;
/** Something to know. */
export interface ReaperNotice {
  /**
   * `listening`: what dies from here on is noticed. `overrun`: more happened than the buffer could hold, and it looks at everything
   * instead.
   */
  readonly kind: "listening" | "overrun";
}
/** Something was taken away. */
export interface ReaperSuccess extends Reaped {
  /** Which of them it is. */
  readonly kind: "reaped";
}
/** It could not be done, and is tried again. */
export interface ReaperFailure {
  /** Which of them it is. */
  readonly kind: "failed";
  /** Whatever was thrown. */
  readonly error: unknown;
}
/** How to watch. */
export interface ReaperOptions {
  /** Gets what happens. */
  readonly report: (event: ReaperEvent) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Milliseconds until what failed is tried again. */
const AGAIN = 1000;
/** Bytes that unread events may take. */
const BUFFER = 4 * 1024 * 1024;

/** Our groups: what became of other links is not worth a lock. An overrun may have been anything. */
const isWorthALook = (item: EventItem<RouteMessageType>): boolean => {
  if (item.action === "overrun") return true;
  if (item.message.name !== "RTM_DELLINK") return false;
  const { group } = item.message.attrs as LinkAttrs;
  return group === GROUP.PORT || group === GROUP.BRIDGE;
};

/** Waits, unless the signal comes first. */
const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done, { once: true });
  });

/**
 * Reaps at every death, one at a time: deaths while it is at work are one more round together.
 * @param rtnl of the host's namespace
 * @param reap does it
 * @param options who hears of it; what ends it
 * @throws the signal's reason; SystemError, ConnectionClosed
 */
export const keepReaping = async (
  rtnl: Pick<Rtnetlink, "subscribe">,
  reap: (options: LockOptions) => Promise<Reaped>,
  { report, signal }: ReaperOptions,
): Promise<never> => {
  signal.throwIfAborted();
  // Listening first: who dies between the first look and the first event would be missed.
  const events = rtnl.subscribe(["LINK"], { receiveBuffer: BUFFER });
  const stop = (): void => events.close();
  signal.addEventListener("abort", stop, { once: true });
  let isDue = true;
  let isRunning = false;
  let running: Promise<void> | undefined;
  const rounds = async (): Promise<void> => {
    isRunning = true;
    while (isDue && !signal.aborted) {
      isDue = false;
      try {
        const reaped = await reap({ signal });
        if (reaped.networks.length + reaped.endpoints.length > 0) report({ kind: "reaped", ...reaped });
      } catch (error) {
        if (signal.aborted) break;
        report({ kind: "failed", error });
        isDue = true;
        await pause(AGAIN, signal);
      }
    }
    // Not behind an await: an event that comes in between would find it running still, and nobody would look.
    isRunning = false;
  };
  const start = (): void => {
    if (!isRunning) running = rounds();
  };
  try {
    report({ kind: "listening" });
    start();
    for await (const item of events) {
      if (!isWorthALook(item)) continue;
      if (item.action === "overrun") report({ kind: "overrun" });
      isDue = true;
      start();
    }
    signal.throwIfAborted();
    throw new ConnectionClosed();
  } finally {
    signal.removeEventListener("abort", stop);
    events.close();
    await running;
  }
};
