// How much the kernel sent: what a filter is there for.
import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** Runs something, and counts the messages that this process receives meanwhile over any connection. */
export const received = async (run: () => Promise<unknown>): Promise<number> => {
  let count = 0;
  const listen = (event: unknown): void => {
    count += (event as { messages: readonly object[] }).messages.length;
  };
  subscribe("nlkit:reply", listen);
  try {
    await run();
  } finally {
    unsubscribe("nlkit:reply", listen);
  }
  return count;
};
