// Waiting for carrier, ports and addresses: what ends a wait, and that packets pass then.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Rtnetlink } from "../../src/client/index.ts";
import { BR_STATE, IFA_F } from "../../src/index.ts";
import { NotReady } from "../../src/network/not-ready.ts";
import { addressesReady, carrierUp, portForwarding } from "../../src/network/ready.ts";
import { live, withNetns } from "../support/live.ts";

const SOON = { timeout: 5000 };
const ip = (netns: string, ...args: string[]): void => void execFileSync("ip", ["-n", netns, ...args]);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Fails when a promise settles too early; then does what it waits for. */
const stillWaits = async (promise: Promise<unknown>): Promise<void> => {
  const early = await Promise.race([
    promise.then(
      () => "done",
      (error: unknown) => error,
    ),
    pause(60).then(() => "waits"),
  ]);
  expect(early).toBe("waits");
};
/** What a wait is refused with. */
const refusal = (promise: Promise<unknown>): Promise<NotReady> =>
  promise.then(
    () => Promise.reject(new Error("it was not refused")),
    (error: unknown) => {
      expect(error).toBeInstanceOf(NotReady);
      return error as NotReady;
    },
  );

/** A namespace with a bridge (up), a port p0 (up) and its other end e0 (down), and their indexes. */
const withPort = (
  run: (world: { netns: string; rtnl: Rtnetlink; bridge: number; port: number; end: number }) => Promise<void>,
): Promise<void> =>
  withNetns(async (netns) => {
    await using rtnl = await Rtnetlink.open({ netns });
    await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
    const peer = { attrs: { ifname: "e0" } };
    await rtnl.links.add({ ifname: "p0", linkinfo: { kind: "veth", data: { veth: { peer } } } });
    await rtnl.links.setMaster("p0", "br0");
    for (const link of ["br0", "p0"]) await rtnl.links.up(link);
    const [bridge = 0, port = 0, end = 0] = await Promise.all(
      ["br0", "p0", "e0"].map((link) => rtnl.links.index(link)),
    );
    await run({ netns, rtnl, bridge, port, end });
  });

live("carrier", () => {
  test("comes with the other end, and is there then; asked again, it is there at once", () =>
    withPort(async ({ rtnl, port, end }) => {
      const before = readdirSync("/proc/self/fd").length;
      const up = carrierUp(rtnl, port, SOON);
      await stillWaits(up);
      await rtnl.links.up(end);
      await up;
      expect((await rtnl.links.get(port)).attrs.operstate).toBe(6);
      await carrierUp(rtnl, port, { timeout: 0 });
      expect(readdirSync("/proc/self/fd").length).toBe(before);
    }));

  test("of what says no more than UNKNOWN: lo", () =>
    withPort(async ({ rtnl }) => {
      const up = carrierUp(rtnl, 1, SOON);
      await stillWaits(up);
      await rtnl.links.up(1);
      await up;
      expect((await rtnl.links.get(1)).attrs.operstate).toBe(0);
    }));

  test("does not come in time", () =>
    withPort(async ({ rtnl, port }) => {
      const error = await refusal(carrierUp(rtnl, port, { timeout: 50 }));
      expect(error.message).toBe(`link ${port} (p0): it has no carrier after 50 ms`);
      expect(error).toMatchObject({ what: "carrier", index: port, ifname: "p0", reason: "timeout", timeout: 50 });
    }));

  test("the link goes meanwhile, or is not there", () =>
    withPort(async ({ rtnl, port }) => {
      const gone = refusal(carrierUp(rtnl, port, SOON));
      await pause(30);
      await rtnl.links.delete(port);
      expect((await gone).message).toBe(`link ${port} (p0): there is no such link`);
      expect(await refusal(carrierUp(rtnl, 4711, SOON))).toMatchObject({ index: 4711, reason: "gone" });
    }));

  test("a signal ends it, before and meanwhile", () =>
    withPort(async ({ rtnl, port }) => {
      await expect(carrierUp(rtnl, port, { ...SOON, signal: AbortSignal.abort("no") })).rejects.toBe("no");
      const control = new AbortController();
      const wait = carrierUp(rtnl, port, { ...SOON, signal: control.signal });
      await stillWaits(wait);
      control.abort("enough");
      await expect(wait).rejects.toBe("enough");
    }));
});

live("forwarding", () => {
  test("comes with carrier", () =>
    withPort(async ({ rtnl, port, end }) => {
      const ready = portForwarding(rtnl, port, SOON);
      await stillWaits(ready);
      await rtnl.links.up(end);
      expect(await ready).toBe(true);
      const { attrs } = await rtnl.links.get(port);
      expect(attrs.linkinfo?.slaveData?.bridge?.state).toBe(BR_STATE.FORWARDING);
      expect(await portForwarding(rtnl, port, { timeout: 0 })).toBe(true);
    }));

  test("of a port that somebody disabled: only AF_BRIDGE tells", () =>
    withPort(async ({ rtnl, port, end }) => {
      await rtnl.links.up(end);
      await portForwarding(rtnl, port, SOON);
      await rtnl.links.set(port, { protinfo: { bridge: { state: BR_STATE.DISABLED } } });
      const ready = portForwarding(rtnl, port, SOON);
      await stillWaits(ready);
      await rtnl.links.set(port, { protinfo: { bridge: { state: BR_STATE.FORWARDING } } });
      expect(await ready).toBe(true);
    }));

  test("is not waited for under STP", () =>
    withPort(async ({ rtnl, bridge, port, end }) => {
      await rtnl.links.set(bridge, { linkinfo: { kind: "bridge", data: { bridge: { stpState: 1 } } } });
      await rtnl.links.up(end);
      expect(await portForwarding(rtnl, port, SOON)).toBe(false);
    }));

  test("of what is no port, or none any more", () =>
    withPort(async ({ rtnl, port, end }) => {
      const error = await refusal(portForwarding(rtnl, end, SOON));
      expect(error.message).toBe(`link ${end} (e0): it is no port of a bridge`);
      const left = refusal(portForwarding(rtnl, port, SOON));
      await pause(30);
      await rtnl.links.setMaster(port, undefined);
      expect(await left).toMatchObject({ what: "forwarding", index: port, reason: "no port" });
    }));

  test("does not come in time", () =>
    withPort(async ({ rtnl, port }) => {
      const error = await refusal(portForwarding(rtnl, port, { timeout: 50 }));
      expect(error.message).toBe(`link ${port} (p0): its bridge port does not forward after 50 ms`);
    }));
});

live("addresses", () => {
  test("tentative ones, and those that need no detection, in any spelling", () =>
    withPort(async ({ netns, rtnl, end }) => {
      await rtnl.links.up(end);
      ip(netns, "addr", "add", "fd00::1/64", "dev", "e0");
      ip(netns, "addr", "add", "fd00::2/64", "dev", "e0", "nodad");
      ip(netns, "addr", "add", "fd00::3", "peer", "fd00::4", "dev", "e0");
      ip(netns, "addr", "add", "192.0.2.1/24", "dev", "e0");
      await addressesReady(rtnl, end, ["FD00:0::2", "192.0.2.1"], { timeout: 0 });
      await addressesReady(rtnl, end, [], { timeout: 0 });
      const ready = addressesReady(rtnl, end, ["fd00::1", "fd00:0:0::3", "192.0.2.1", "fd00::2"], SOON);
      await stillWaits(ready);
      await ready;
      const flags = (await rtnl.addresses.list({ link: end })).map(({ attrs }) => attrs.flags ?? 0);
      expect(flags).toHaveLength(5);
      // The link-local address, which was not asked for, may take longer.
      expect(flags.filter((some) => (some & IFA_F.TENTATIVE) !== 0).length).toBeLessThanOrEqual(1);
    }));

  test("another has it: told at once, by name", () =>
    withPort(async ({ netns, rtnl, bridge, port, end }) => {
      ip(netns, "addr", "add", "fd00::1/64", "dev", "br0", "nodad");
      await withNetns(async (inside) => {
        await rtnl.links.setNetns(end, inside);
        await using there = await Rtnetlink.open({ netns: inside });
        const index = await there.links.index("e0");
        await there.links.up(index);
        await carrierUp(rtnl, bridge, SOON);
        await portForwarding(rtnl, port, SOON);
        ip(inside, "addr", "add", "fd00::2/64", "dev", "e0");
        ip(inside, "addr", "add", "fd00::1/64", "dev", "e0");
        const error = await refusal(addressesReady(there, index, ["fd00::2", "fd00::1"], SOON));
        expect(error).toMatchObject({ what: "address", index, address: "fd00::1", reason: "dadfailed" });
        expect(error.message).toBe(
          `link ${index}: fd00::1 is taken: duplicate address detection found another owner on the network`,
        );
        // One with a lifetime is taken away.
        ip(inside, "addr", "del", "fd00::1/64", "dev", "e0");
        ip(inside, "addr", "add", "fd00::1/64", "dev", "e0", "valid_lft", "100", "preferred_lft", "100");
        const lost = await refusal(addressesReady(there, index, ["fd00::1"], SOON));
        expect(lost).toMatchObject({ address: "fd00::1", reason: "absent" });
      });
    }));

  test("not there: waited for, until it comes, goes again, or the time is over", () =>
    withPort(async ({ netns, rtnl, end }) => {
      const comes = addressesReady(rtnl, end, ["192.0.2.1"], SOON);
      await stillWaits(comes);
      ip(netns, "addr", "add", "192.0.2.1/24", "dev", "e0");
      await comes;
      // Down: tentative for ever.
      ip(netns, "addr", "add", "fd00::1/64", "dev", "e0");
      const goes = refusal(addressesReady(rtnl, end, ["fd00::1"], SOON));
      await pause(30);
      ip(netns, "addr", "del", "fd00::1/64", "dev", "e0");
      expect(await goes).toMatchObject({ address: "fd00::1", reason: "absent" });
      const late = await refusal(addressesReady(rtnl, end, ["192.0.2.1", "192.0.2.2"], { timeout: 40 }));
      expect(late.message).toBe(`link ${end}: it has no address 192.0.2.2`);
      ip(netns, "addr", "add", "fd00::1/64", "dev", "e0");
      const tentative = await refusal(addressesReady(rtnl, end, ["fd00:0::1"], { timeout: 40 }));
      expect(tentative.message).toBe(`link ${end}: duplicate address detection of fd00:0::1 is not over after 40 ms`);
    }));

  test("the link goes, or is not there", () =>
    withPort(async ({ rtnl, end }) => {
      const gone = refusal(addressesReady(rtnl, end, ["fd00::1"], SOON));
      await pause(30);
      await rtnl.links.delete(end);
      expect((await gone).reason).toBe("gone");
      expect((await refusal(addressesReady(rtnl, 4711, ["fd00::1", "192.0.2.1"], SOON))).reason).toBe("gone");
    }));

  test.each(["fd00::1/64", "x", ""])("%j is none", async (address) => {
    await withPort(async ({ rtnl, end }) => {
      await expect(addressesReady(rtnl, end, [address], SOON)).rejects.toThrow(/is no/);
    });
  });
});

describe("words", () => {
  test("a name from the kernel cannot forge them", () => {
    const error = new NotReady({ what: "carrier", index: 3, ifname: "a\u001b[2J", reason: "gone", timeout: 1 });
    expect(error.message).toBe("link 3 (a\\u001b[2J): there is no such link");
    expect(error).toMatchObject({ name: "NotReady", code: "NOT_READY" });
  });
});
