// Every socket, datagram and sysctl of a call, in turn: refused, done without an answer, or the last thing that its process did. Whatever comes
// of it, nothing of ours is left, or the next call sees to it. In the short run a step meets one of the three, with NLKIT_LONG=1 all.
import { expect } from "vitest";
import type { Networks } from "../../src/network/networks.ts";
import { clean } from "./network-calls.ts";
import { MODES, Strike, struckNetworks } from "./network-faults.ts";
import type { TestHost } from "./network-host.ts";
import type { FaultCall } from "./network-subject.ts";

const LONG = process.env["NLKIT_LONG"] === "1";

/** What is called, and how. */
export interface Called {
  readonly machine: TestHost;
  /** Somebody else's, who prepares and clears up. */
  readonly networks: Networks;
  readonly call: FaultCall;
  /** For messages. */
  readonly name: string;
  /** By somebody who has made changes before, and remembers what there is. */
  readonly warm?: boolean;
}

/** Runs a call once for each of its steps, with a fault there. */
export const faultEverywhere = async ({ machine, networks, call: one, name, warm = false }: Called): Promise<void> => {
  const before = await machine.look();
  const run = async (strike: Strike): Promise<unknown> => {
    await one.prepare?.(networks);
    const faulty = struckNetworks(machine.host, strike);
    try {
      if (warm) for (let i = 0; i < 3; i++) await faulty.reap();
      strike.arm();
      await one.call(faulty);
      return undefined;
    } catch (error) {
      return error;
    } finally {
      faulty.close();
    }
  };
  const counted = new Strike(-1, "fail");
  expect(await run(counted)).toBeUndefined();
  const steps = counted.asked;
  await clean(one, networks, before, machine.look, { what: name, fulfilled: true, dead: false }, true);
  for (let at = 0; at < steps.length; at++) {
    for (const [i, mode] of MODES.entries()) {
      if (!LONG && at % MODES.length !== i) continue;
      const what = `${name}${warm ? ", warm" : ""}: ${mode} at ${at} of ${steps.length}, ${steps[at]}`;
      const error = await run(new Strike(at, mode));
      if (error !== undefined) expect(String(error), what).toMatch(/EMFILE|ENOBUFS|EIO|its answer is lost/);
      const fate = { what, fulfilled: error === undefined, dead: mode === "dead" };
      await clean(one, networks, before, machine.look, fate, at % 2 === 0);
    }
  }
};
