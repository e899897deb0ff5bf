// ICMP echo: whom it may be sent to, what it waits for, and what it does not wait for.
import { execFileSync } from "node:child_process";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { echoRequest, isReply, ping } from "../../src/socket/icmp.ts";
import { live, useNetns } from "../support/live.ts";

const fault = vi.hoisted(() => ({ poll: undefined as Error | undefined, polls: 0 }));
vi.mock("../../src/socket/descriptor.ts", async (original) => {
  const real = await original<typeof import("../../src/socket/descriptor.ts")>();
  const pollReadable: typeof real.pollReadable = (...args) => {
    fault.polls++;
    if (fault.poll !== undefined) throw fault.poll;
    return real.pollReadable(...args);
  };
  return { ...real, pollReadable };
});
afterEach(() => Object.assign(fault, { poll: undefined, polls: 0 }));

describe("addresses", () => {
  test.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "1.2.3.",
    "0x1.2.3.4",
    " 1.2.3.4",
    "1e1.2.3.4",
    "01:02:03:04",
    "::1",
  ])("%j is none", async (address) => {
    await expect(ping({ address })).rejects.toThrow(RangeError);
  });
});

describe("replies", () => {
  /** A reply as a raw socket gives it: behind an IPv4 header. */
  const reply = (id: number, sequence: number, from: readonly number[]): Uint8Array => {
    const packet = new Uint8Array(20 + 64);
    packet[0] = 0x45;
    packet.set(from, 12);
    packet.set(echoRequest(id, sequence), 20);
    // Type 0 for 8: the checksum grows by as much, in the high byte.
    const view = new DataView(packet.buffer, 20);
    view.setUint8(0, 0);
    const sum = view.getUint16(2) + 0x0800;
    view.setUint16(2, (sum & 0xffff) + (sum >>> 16));
    return packet;
  };
  const from = Uint8Array.of(192, 0, 2, 1);
  test("is one: same host, id and sequence, and a right checksum", () => {
    expect(isReply(reply(7, 1, [...from]), from, 7, 1)).toBe(true);
    expect(isReply(reply(8, 1, [...from]), from, 7, 1)).toBe(false);
    expect(isReply(reply(7, 2, [...from]), from, 7, 1)).toBe(false);
    expect(isReply(reply(7, 1, [192, 0, 2, 2]), from, 7, 1)).toBe(false);
    expect(isReply(reply(7, 1, [...from]).fill(1, 60, 61), from, 7, 1)).toBe(false);
    expect(isReply(Uint8Array.of(0x45), from, 7, 1)).toBe(false);
  });
});

live("on a link without a far end", () => {
  const [netns = ""] = useNetns(1);
  beforeAll(() => {
    const ip = (...args: string[]) => execFileSync("ip", ["-n", netns, ...args]);
    ip("link", "set", "lo", "up");
    // To nowhere: what is sent is never answered.
    ip("link", "add", "v0", "type", "veth", "peer", "name", "v1");
    ip("link", "set", "v0", "up");
    ip("link", "set", "v1", "up");
    ip("addr", "add", "192.0.2.1/24", "dev", "v0");
    ip("neigh", "add", "192.0.2.9", "lladdr", "02:00:00:00:00:09", "dev", "v0");
  });

  test("a time limit holds", async () => {
    const begin = performance.now();
    expect(await ping({ netns, address: "192.0.2.9", timeout: 50 })).toBeUndefined();
    expect(performance.now() - begin).toBeGreaterThanOrEqual(45);
  });
  test("without a limit it waits, and does not spin", async () => {
    const endless = ping({ netns, address: "192.0.2.9", timeout: Infinity });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(fault.polls).toBe(1);
    // It waits as long as this process: nobody will ever answer.
    expect(await Promise.race([endless, "waits"])).toBe("waits");
    execFileSync("ip", ["-n", netns, "addr", "add", "192.0.2.9/32", "dev", "lo"]);
    expect(await ping({ netns, address: "192.0.2.9", timeout: Infinity })).toBeGreaterThan(0);
  });
  test("ten at once take their own replies", async () => {
    const echoes = Array.from({ length: 10 }, () => ping({ netns, address: "127.0.0.1" }));
    for (const ms of await Promise.all(echoes)) expect(ms).toBeGreaterThan(0);
  });
  test("where there is nothing to poll: the reason, and no timer that rings later", async () => {
    const unhandled = vi.fn();
    process.on("uncaughtException", unhandled);
    try {
      fault.poll = new Error("no poll");
      await expect(ping({ netns, address: "192.0.2.77", timeout: 20 })).rejects.toBe(fault.poll);
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(unhandled).not.toHaveBeenCalled();
    } finally {
      process.off("uncaughtException", unhandled);
    }
  });
});
