// The calls whose faults are tested, from a state and back to it, and what has to be so after a fault.
import { expect } from "vitest";
import { NetworkError } from "../../src/network/errors.ts";
import type { Networks } from "../../src/network/networks.ts";
import { difference } from "./network-host.ts";
import type { Call, FaultCall } from "./network-subject.ts";

/** How a call ended that met a fault. */
export interface Fate {
  /** For messages: which fault. */
  readonly what: string;
  readonly fulfilled: boolean;
  /** Its process died, so that it could take nothing back. */
  readonly dead: boolean;
}

const unless = (code: "EXISTS" | "NOT_FOUND", allowed: boolean) => (reason: unknown) => {
  if (!(allowed && reason instanceof NetworkError && reason.code === code)) throw reason;
};

/**
 * Holds that nothing is left of a call, at once or after the next one. The next is the same again, or something that only cleans up.
 * @param call which
 * @param networks somebody else's
 * @param before what there was
 * @param look what there is
 * @param fate how it ended
 * @param same whether the next call is the same again
 */
export const clean = async (
  { call, again: repeat = call, undo, clean: sweep = (on: Networks) => on.reap() }: FaultCall,
  networks: Networks,
  before: readonly string[],
  look: () => Promise<string[]>,
  { what, fulfilled, dead }: Fate,
  same: boolean,
): Promise<void> => {
  // Whoever was killed at the very end may have finished, and was not heard of.
  const again: Call = (on) => repeat(on).catch(unless(undo === undefined ? "NOT_FOUND" : "EXISTS", dead));
  if (fulfilled) await undo?.(networks);
  else if (undo === undefined) await again(networks);
  else if (dead && same) {
    await again(networks);
    await undo(networks);
  } else if (dead) {
    await sweep(networks);
    await undo(networks).catch(unless("NOT_FOUND", true));
  }
  // Alive, it has taken back what it made.
  expect(difference(before, await look()), what).toEqual([]);
};
