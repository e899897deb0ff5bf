// The same with the kernel itself: at the N-th datagram or sysctl of a process strace returns an errno, or sends SIGKILL. The short run takes
// the first, the last, one in the middle and two that change from day to day; with NLKIT_LONG=1 all.
import { afterAll, beforeAll, expect, test } from "vitest";
import { strace } from "../../scripts/strace.ts";
import { Networks } from "../../src/network/networks.ts";
import { live } from "../support/live.ts";
import { clean } from "../support/network-calls.ts";
import { useHost } from "../support/network-host.ts";
import { type Place, placesOf, SUBJECT } from "../support/network-strace.ts";
import { faultCalls, withNetworks, withoutNetworks } from "../support/network-subject.ts";
import { withProgram } from "../support/program.ts";

const LONG = process.env["NLKIT_LONG"] === "1";
const DAY = Math.floor(Date.now() / 86_400_000);

const sample = (all: readonly Place[]): Place[] => {
  const n = all.length;
  const taken = new Set([0, n - 1, n >> 1, (DAY * 7) % n, (DAY * 7 + 3) % n]);
  return all.filter((_, i) => LONG || taken.has(i));
};

live("a process is refused a system call, or killed in it", () => {
  const machine = useHost(2);
  const [a = "", b = ""] = machine.others;
  let networks: Networks;
  beforeAll(async () => {
    networks = await Networks.open({ netns: machine.host });
  });
  afterAll(async () => {
    await withoutNetworks(networks);
    networks.close();
  });

  const everywhere = async (name: string, program: string): Promise<void> => {
    const one = faultCalls(a, b)[name];
    if (one === undefined) throw new Error(name);
    const command = [process.execPath, program, machine.host, a, b, name];
    const before = await machine.look();
    await one.prepare?.(networks);
    const { places, stdout } = await placesOf(command);
    expect(stdout).toBe("ok");
    expect(places.length).toBeGreaterThan(4);
    await clean(one, networks, before, machine.look, { what: name, fulfilled: true, dead: false }, true);
    for (const [i, { what, only, syscall, when }] of sample(places).entries()) {
      for (const fault of ["error=ENOBUFS", "signal=KILL"]) {
        const place = `${name}: ${what}: ${fault}`;
        await one.prepare?.(networks);
        const ended = await strace([...only, "-e", `inject=${syscall}:${fault}:when=${when}`], command);
        if (!ended.killed) expect(ended.stdout, place).toMatch(/^ok$|ENOBUFS/);
        // A call fewer may have been needed than when they were counted.
        else expect(fault).toBe("signal=KILL");
        const fate = { what: place, fulfilled: ended.stdout === "ok", dead: ended.killed };
        await clean(one, networks, before, machine.look, fate, i % 2 === 0);
      }
    }
  };

  test("create, delete, connect, disconnect", { timeout: LONG ? 600_000 : 120_000 }, () =>
    withProgram(SUBJECT, async (program) => {
      await everywhere("create", program);
      await everywhere("delete", program);
      await withNetworks(networks, a, (script) => machine.sh(machine.host, script));
      // What has to be there again after each: the other network's default routes.
      const defaults = machine.sh(a, "ip -4 route show default; ip -6 route show default");
      expect(defaults.trim().split("\n")).toHaveLength(2);
      await everywhere("connect", program);
      await everywhere("disconnect", program);
    }),
  );
});
