// Every socket, datagram and sysctl of every call, in turn: refused, done without an answer, or the last thing that its process did. Whatever
// comes of it, nothing of ours is left, or the next call sees to it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { NetworkError } from "../../src/network/errors.ts";
import { Networks } from "../../src/network/networks.ts";
import { live } from "../support/live.ts";
import { MODES, type Mode, Strike, struckNetworks } from "../support/network-faults.ts";
import { difference, useHost } from "../support/network-host.ts";

type Call = (networks: Networks) => Promise<unknown>;

/** One kind of call, from a state to another and back. */
interface Case {
  readonly name: string;
  /** Brings about what the call needs. */
  readonly prepare?: Call;
  readonly call: Call;
  /** Takes back what the call made; nothing to do where it takes away itself. */
  readonly undo?: Call;
  /** What else cleans up after one that was killed. Default: any other change. */
  readonly clean?: Call;
}

live("faults", () => {
  const machine = useHost(2);
  const [a = "", b = ""] = machine.others;
  let networks: Networks;
  let before: string[];
  beforeAll(async () => {
    networks = await Networks.open({ netns: machine.host });
  });
  afterAll(async () => {
    for (const { config } of await networks.list()) await networks.delete(config.name, { force: true });
    networks.close();
  });

  const web = { name: "web", ipv6: true, subnets: ["10.77.0.0/24", "fd77::/64"] } as const;
  const forwarding = { enableForwarding: true } as const;
  const endpoint = {
    netns: a,
    gatewayPriority: 5,
    ports: ["8080:80", "127.0.0.1:8081:81/udp"],
    routes: [{ dst: "10.99.0.0/16", gateway: "10.77.0.1" }],
    sysctls: { "net.ipv4.conf.IFNAME.log_martians": "1" },
    announce: 0,
  };
  const connect: Call = (on) => on.connect("web", endpoint);
  const disconnect: Call = (on) => on.disconnect("web", a);

  /** Runs a call for every N and mode until N is beyond its end. */
  const everywhere = async (
    { name, prepare, call, undo, clean = (on) => on.reap() }: Case,
    modes: readonly Mode[] = MODES,
  ): Promise<void> => {
    const count = new Strike(-1, "fail");
    await prepare?.(networks);
    const counting = struckNetworks(machine.host, count);
    await call(counting);
    counting.close();
    await undo?.(networks);
    const seen: string[] = [];
    expect(difference(before, machine.look()), `${name}: without a fault`).toEqual([]);
    for (const mode of modes) {
      // Number 0 opens the Host itself.
      for (let at = 1; at < count.asked.length; at++) {
        const what = `${name}, ${mode} at ${at} of ${count.asked.length} (${count.asked[at]})`;
        await prepare?.(networks);
        const strike = new Strike(at, mode);
        const faulty = struckNetworks(machine.host, strike);
        const error: unknown = await call(faulty).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        faulty.close();
        seen.push(error === undefined ? "fulfilled" : String((error as { code?: unknown }).code));
        if (error !== undefined) {
          expect(String(error), what).toMatch(/EMFILE|ENOBUFS|EIO|its answer is lost/);
          // Alive, it has taken back what it made.
          if (undo !== undefined && mode !== "dead") expect(difference(before, machine.look()), what).toEqual([]);
        }
        if (error === undefined) await undo?.(networks);
        else if (undo !== undefined && at % 2 === 0) {
          // The same again, by somebody else. It may have been finished when its process died.
          await call(networks).catch((reason: unknown) => {
            if (!(mode === "dead" && reason instanceof NetworkError && reason.code === "EXISTS")) throw reason;
          });
          await undo(networks);
        } else if (undo !== undefined) {
          await clean(networks);
          if (mode === "dead") await undo(networks).catch(isNotFound);
        } else {
          await call(networks).catch((reason: unknown) => {
            if (mode !== "dead") throw reason;
            isNotFound(reason);
          });
        }
        expect(difference(before, machine.look()), what).toEqual([]);
      }
    }
    console.log(`${name}: ${count.asked.length} steps: ${count.asked.join("; ")}\n${tally(seen)}`);
  };
  const isNotFound = (reason: unknown): void => {
    if (!(reason instanceof NetworkError && reason.code === "NOT_FOUND")) throw reason;
  };
  const tally = (all: readonly string[]): string =>
    [...new Set(all)].map((one) => `${one}: ${all.filter((other) => other === one).length}`).join(", ");

  test("create and delete", { timeout: 300_000 }, async () => {
    before = machine.look();
    await everywhere({
      name: "create",
      call: (on) => on.create(web, forwarding),
      undo: (on) => on.delete("web"),
      clean: (on) => on.prune(),
    });
    await everywhere({
      name: "delete",
      prepare: (on) => on.create(web, forwarding),
      call: (on) => on.delete("web"),
    });
    await everywhere({
      name: "delete with force",
      prepare: async (on) => {
        await on.create(web, forwarding);
        await connect(on);
        await on.connect("web", { netns: b, announce: 0 });
      },
      call: (on) => on.delete("web", { force: true }),
    });
  });

  test("connect and disconnect, where another network has the default route", { timeout: 300_000 }, async () => {
    await networks.create({ name: "zz", ipv6: true }, forwarding);
    await networks.create(web);
    await networks.connect("zz", { netns: a, announce: 0 });
    // The bridge's link-local address comes with its first carrier.
    await connect(networks);
    await disconnect(networks);
    before = machine.look();
    await everywhere({ name: "connect", call: connect, undo: disconnect });
    await everywhere({ name: "disconnect", prepare: connect, call: disconnect });
  });
});
