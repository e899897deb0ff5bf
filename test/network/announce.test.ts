// Announcements on a real link: what goes out, what neighbours make of it, when it ends.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { type Announcing, announce } from "../../src/network/announce.ts";
import { SystemError } from "../../src/socket/errors.ts";
import { openNetns } from "../../src/socket/netns.ts";
import { live, useNetns } from "../support/live.ts";
import { runProgram } from "../support/program.ts";

const ip = (netns: string, ...args: string[]): string =>
  execFileSync("ip", ["-n", netns, ...args], { encoding: "utf8" });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Descriptors of this process; an announcement's sockets are among them. */
const sockets = (): number => readdirSync("/proc/self/fd").length;

const MAC = "02:00:00:00:00:01";
const SOMEWHERE: Announcing = { netns: "nowhere", index: 1, mac: MAC, addresses: ["192.0.2.1"] };

describe("refused before anything is sent", () => {
  test.each([
    ["count", { count: 4 }],
    ["count", { count: -1 }],
    ["count", { count: 1.5 }],
    ["interval", { interval: 99 }],
    ["interval", { interval: 2001 }],
  ])("%s of %j", (word, options) => {
    expect(() => announce(SOMEWHERE, options)).toThrow(word);
  });
  test.each(["192.0.2.1/24", "", "01:02:03:04", "fd00::g"])("address %j", (address) => {
    expect(() => announce({ ...SOMEWHERE, addresses: [address] })).toThrow(/is no/);
  });
  test.each(["02:00:00:00:00", "192.0.2.1", "x"])("link-layer address %j", (mac) => {
    expect(() => announce({ ...SOMEWHERE, mac })).toThrow(/is no/);
  });
  test("also where nothing would be sent", () => {
    expect(() => announce({ ...SOMEWHERE, addresses: ["x"] }, { count: 0 })).toThrow(/is no/);
  });
});

live("on a link", () => {
  const [here = "", there = ""] = useNetns(2);
  let what: Announcing = SOMEWHERE;
  beforeAll(() => {
    ip(here, "link", "add", "e0", "address", MAC, "type", "veth", "peer", "name", "e0", "netns", there);
    for (const netns of [here, there]) ip(netns, "link", "set", "e0", "up");
    ip(here, "addr", "add", "192.0.2.1/24", "dev", "e0");
    ip(here, "addr", "add", "fd00::1/64", "dev", "e0", "nodad");
    ip(here, "addr", "add", "fe80::1/64", "dev", "e0", "nodad");
    ip(there, "addr", "add", "192.0.2.9/24", "dev", "e0");
    ip(there, "addr", "add", "fd00::9/64", "dev", "e0", "nodad");
    const [{ ifindex }] = JSON.parse(ip(here, "-j", "link", "show", "e0")) as [{ ifindex: number }];
    what = { netns: here, index: ifindex, mac: MAC, addresses: ["192.0.2.1", "fd00::1", "fe80::1"] };
  });

  /** What tshark sees of ARP and advertisements at the other end, one line a packet. */
  const capture = async (count: number, run: () => Promise<void>): Promise<string[][]> => {
    const fields = ["eth.src", "eth.dst", "arp.opcode", "arp.src.hw_mac", "arp.src.proto_ipv4", "arp.dst.hw_mac"];
    fields.push("arp.dst.proto_ipv4", "arp.isgratuitous", "ipv6.src", "ipv6.dst", "ipv6.hlim", "icmpv6.nd.na.flag");
    fields.push("icmpv6.nd.na.target_address", "icmpv6.opt.linkaddr", "icmpv6.checksum.status");
    const args = ["netns", "exec", there, "tshark", "-n", "-l", "-i", "e0", "-c", `${count}`, "-a", "duration:20"];
    const filter = [
      "-f",
      "arp or (icmp6 and ip6[40] == 136)",
      "-T",
      "fields",
      ...fields.flatMap((field) => ["-e", field]),
    ];
    const child: ChildProcess = spawn("ip", [...args, ...filter]);
    let text = "";
    child.stdout?.on("data", (chunk) => (text += chunk));
    const ended = new Promise((resolve) => child.once("close", resolve));
    await new Promise<void>((resolve) => {
      child.stderr?.on("data", (chunk) => /Capturing on|Capture started/.test(String(chunk)) && resolve());
      child.once("close", () => resolve());
    });
    // "Capturing" is said a moment before it is so.
    await pause(300);
    await run();
    await ended;
    return (
      text
        .trimEnd()
        .split("\n")
        // Older versions print a flag as 1, newer ones as True.
        .map((line) => line.split("\t").map((field) => (field === "True" ? "1" : field)))
    );
  };

  test("what goes out, as tshark reads it", async () => {
    const seen = await capture(6, () => announce(what, { count: 2, interval: 100, onWarning: fail }).done);
    const arp = [MAC, "ff:ff:ff:ff:ff:ff", "1", MAC, "192.0.2.1", "00:00:00:00:00:00", "192.0.2.1", "1"];
    const advertisement = (address: string) => [
      "33:33:00:00:00:01",
      address,
      "ff02::1",
      "255",
      "0x20000000",
      address,
      MAC,
      "1",
    ];
    const nothing = (count: number): string[] => Array.from({ length: count }, () => "");
    const round = [
      [...arp, ...nothing(7)],
      ...["fd00::1", "fe80::1"].map((address) => {
        const [to = "", ...rest] = advertisement(address);
        return [MAC, to, ...nothing(6), ...rest];
      }),
    ];
    expect(seen).toEqual([...round, ...round]);
  });

  test("neighbours that know an older link-layer address take the new one, in the first round", async () => {
    const known = ["192.0.2.1", "fd00::1"];
    for (const address of known) {
      ip(there, "neigh", "replace", address, "lladdr", "02:00:00:00:00:77", "dev", "e0", "nud", "stale");
    }
    await announce(what, { count: 1, onWarning: fail }).done;
    await vi.waitFor(() => {
      for (const address of known) expect(ip(there, "neigh", "show", address)).toContain(MAC);
    });
  });

  test("the first round is sent before it returns; the others later, as long as it is still so", async () => {
    const before = sockets();
    const sent = (): number =>
      (JSON.parse(ip(here, "-j", "-s", "link", "show", "e0")) as Counted)[0].stats64.tx.packets;
    const begin = sent();
    const answers = [true, false];
    const stillIs = vi.fn(async () => answers.shift() ?? false);
    const announcement = announce(what, { interval: 100, stillIs, onWarning: fail });
    // IPv6 says something of its own now and then.
    expect(sent() - begin).toBeGreaterThanOrEqual(3);
    expect(sockets()).toBe(before + 2);
    await announcement.done;
    expect(stillIs).toHaveBeenCalledTimes(2);
    expect(sent() - begin).toBeGreaterThanOrEqual(6);
    expect(sent() - begin).toBeLessThan(9);
    expect(sockets()).toBe(before);
  });

  test("stopped: nothing more, also while it asks whether it is still so", async () => {
    const stillIs = vi.fn(() => {
      announcement.stop();
      return true;
    });
    const before = sockets();
    const announcement = announce(what, { interval: 100, stillIs, onWarning: fail });
    await announcement.done;
    await pause(150);
    expect(stillIs).toHaveBeenCalledTimes(1);
    expect(sockets()).toBe(before);
    announcement.stop();
    await announcement.done;
  });

  test("each family alone has one socket; none at all none", async () => {
    const before = sockets();
    const two = ["192.0.2.1", "fd00::1"].map((address) => announce({ ...what, addresses: [address] }));
    expect(sockets()).toBe(before + 2);
    for (const one of two) one.stop();
    await Promise.all(two.map(({ done }) => done));
    await announce({ ...what, addresses: [] }).done;
    await announce(what, { count: 0 }).done;
    expect(sockets()).toBe(before);
  });

  test("fifty at once: their packet sockets are closed behind the caller's back, all of them", async () => {
    const before = sockets();
    const all = Array.from({ length: 50 }, () => announce(what, { count: 1, onWarning: fail }));
    // Each takes the kernel some 14 ms to close; those of ICMPv6 are closed on the spot.
    expect(sockets()).toBe(before + 50);
    await Promise.all(all.map(({ done }) => done));
    expect(sockets()).toBe(before);
  });

  test("the namespace's descriptor is needed only until it returns", async () => {
    const ns = openNetns(here);
    const announcement = announce({ ...what, netns: { fd: ns.fd } }, { interval: 100, onWarning: fail });
    ns.close();
    await announcement.done;
  });

  test("what cannot be sent is a warning that names it", async () => {
    const warnings: Error[] = [];
    const onWarning = (error: Error): void => void warnings.push(error);
    const announcing = announce({ ...what, addresses: ["fd00::abcd", "192.0.2.1"] }, { count: 1, onWarning });
    await announcing.done;
    expect(warnings.map(({ message }) => message)).toEqual([
      "bind advertisement of fd00::abcd: EADDRNOTAVAIL (address not available)",
    ]);
    warnings.length = 0;
    await announce({ ...what, index: 4711 }, { count: 2, interval: 100, onWarning }).done;
    expect(warnings.every((error) => error instanceof SystemError)).toBe(true);
    // IPv6 at once, when the socket is made; IPv4 each time.
    expect(warnings.map(({ message }) => message.replace(/:.*/, ""))).toEqual([
      "setsockopt IPV6_MULTICAST_IF 4711",
      "sendto gratuitous ARP for 192.0.2.1",
      "sendto gratuitous ARP for 192.0.2.1",
    ]);
    warnings.length = 0;
    await announce({ ...what, netns: "nlkit-test-there-is-none" }, { onWarning }).done;
    expect(warnings.map((error) => (error as SystemError).code)).toEqual(["ENOENT", "ENOENT"]);
  });

  test("a failure of the look ends it, as a warning; what the warning's receiver throws is an uncaughtException", async () => {
    const onWarning = vi.fn(() => {
      throw new Error("from onWarning");
    });
    const caught = vi.fn();
    const listeners = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.once("uncaughtException", caught);
    try {
      const stillIs = (): boolean => {
        throw new Error("no look");
      };
      await announce(what, { interval: 100, stillIs, onWarning }).done;
      await pause(10);
    } finally {
      process.removeAllListeners("uncaughtException");
      for (const listener of listeners) process.on("uncaughtException", listener);
    }
    expect(onWarning).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: "no look" }));
    expect(caught).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: "from onWarning" }),
      "uncaughtException",
    );
  });

  test("it does not keep the process alive", async () => {
    const program = `
      import { announce } from "./src/network/announce.ts";
      announce(JSON.parse(process.argv[2]), { interval: 2000, onWarning: (error) => { throw error; } });
      process.on("exit", () => console.log("ended after", Math.round(performance.now() - begin)));
      const begin = performance.now();`;
    const { code, stdout, stderr } = await runProgram(program, [JSON.stringify(what)]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(Number(/\d+/.exec(stdout)?.[0])).toBeLessThan(1500);
  });
});

type Counted = [{ readonly stats64: { readonly tx: { readonly packets: number } } }];
const fail = (error: Error): never => {
  throw error;
};
