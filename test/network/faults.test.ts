// Every socket, datagram and sysctl of every call, in turn: refused, done without an answer, or the last thing that its process did. Whatever
// comes of it, nothing of ours is left, or the next call sees to it. In the short run a step meets one of the three, with NLKIT_LONG=1 all.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Networks } from "../../src/network/networks.ts";
import { live } from "../support/live.ts";
import { clean } from "../support/network-calls.ts";
import { MODES, Strike, struckNetworks } from "../support/network-faults.ts";
import { useHost } from "../support/network-host.ts";
import { faultCalls, withNetworks, withoutNetworks } from "../support/network-subject.ts";

const LONG = process.env["NLKIT_LONG"] === "1";

live("a fault at every step", () => {
  const machine = useHost(2);
  const [a = "", b = ""] = machine.others;
  const calls = faultCalls(a, b);
  let networks: Networks;
  beforeAll(async () => {
    networks = await Networks.open({ netns: machine.host });
  });
  afterAll(async () => {
    await withoutNetworks(networks);
    networks.close();
  });

  /** Warm: by somebody who has made changes before, and remembers what there is. */
  const everywhere = async (name: string, warm = false): Promise<void> => {
    const one = calls[name];
    if (one === undefined) throw new Error(name);
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

  for (const name of ["create", "delete", "delete with force"]) {
    test(name, { timeout: 300_000 }, () => everywhere(name));
    test(`${name}, warm`, { timeout: 300_000 }, () => everywhere(name, true));
  }
  test("connect and disconnect", { timeout: 600_000 }, async () => {
    await withNetworks(networks, a, (script) => machine.sh(machine.host, script));
    // What has to be there again after each: the other network's default routes.
    const defaults = machine.sh(a, "ip -4 route show default; ip -6 route show default");
    expect(defaults.trim().split("\n")).toHaveLength(2);
    await everywhere("connect");
    await everywhere("disconnect");
    await everywhere("connect", true);
    await everywhere("disconnect", true);
  });
});
