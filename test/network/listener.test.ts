// Who has a port: sockets of every shape, and what bind(2) says of the same address.
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { SOCK } from "../../src/attrs/diag/socket.ts";
import { AF } from "../../src/attrs/families.ts";
import { Rtnetlink, Sockets } from "../../src/client/index.ts";
import { type HostPort, portTaken, takenPort } from "../../src/network/listener.ts";
import { socketIn } from "../../src/socket/descriptor.ts";
import { spawnIn } from "../../src/socket/index.ts";
import { libc } from "../../src/socket/libc.ts";
import { live, withNetns } from "../support/live.ts";

/** Holds sockets until it is killed. */
const holder = `
const net = require("net"), dgram = require("dgram");
const at = (port, host, more) => new Promise((go) => net.createServer().listen({ port, host, ...more }, go));
const udp = (type, port, host, more) => new Promise((go) => dgram.createSocket({ type, ...more }).bind(port, host, go));
Promise.all([
  at(8080, "0.0.0.0"), at(8081, "127.0.0.1"), at(8082, "::"), at(8083, "::", { ipv6Only: true }), at(8084, "::1"),
  at(8085, "::ffff:127.0.0.1"),
  udp("udp4", 5300, "0.0.0.0"), udp("udp6", 5301, "::", {}), udp("udp6", 5302, "::", { ipv6Only: true }),
  new Promise((go) => { const u = dgram.createSocket("udp4").bind(5303, "127.0.0.1", () => u.connect(9, "127.0.0.1", go)); }),
]).then(() => console.log("ready"));`;

/** Binds each of the addresses in turn, with sockets of one family, as a published port is of one; prints the errnos' names. */
const binder = `
const net = require("net"), dgram = require("dgram");
const tcp = ({ port, address }) => new Promise((go) => {
  const s = net.createServer().on("error", (e) => go(e.code)).listen({ port, host: address, ipv6Only: true }, () => s.close(() => go("ok")));
});
const udp = ({ port, address }) => new Promise((go) => {
  const six = address.includes(":");
  const s = dgram.createSocket({ type: six ? "udp6" : "udp4", ipv6Only: six });
  s.on("error", (e) => go(e.code)).bind(port, address, () => s.close(() => go("ok")));
});
(async () => {
  const said = [];
  for (const one of JSON.parse(process.argv[1])) said.push(await (one.protocol === "tcp" ? tcp : udp)(one));
  console.log(JSON.stringify(said));
})();`;
const bindAll = (netns: string, ports: readonly HostPort[]): Promise<string[]> => {
  const child = spawnIn(netns, process.execPath, ["-e", binder, JSON.stringify(ports)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve) => child.stdout?.once("data", (text: Buffer) => resolve(JSON.parse(String(text)))));
};

live("a port's holder", () => {
  test("what is in the way is what bind(2) meets", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await rtnl.links.up("lo");
      await rtnl.addresses.add("lo", "10.0.0.1/32");
      await rtnl.addresses.add("lo", "fd00::1/128");
      const child = spawnIn(netns, process.execPath, ["-e", holder], { stdio: ["ignore", "pipe", "inherit"] });
      try {
        if (child.stdout !== null) await once(child.stdout, "data");
        await using sockets = await Sockets.open({ netns });
        const asked: HostPort[] = [];
        for (const address of ["0.0.0.0", "127.0.0.1", "10.0.0.1", "::", "::1", "fd00::1"]) {
          for (let port = 8080; port <= 8086; port++) asked.push({ protocol: "tcp", address, port });
          for (let port = 5300; port <= 5303; port++) asked.push({ protocol: "udp", address, port });
        }
        const ours = await Promise.all(asked.map(async (port) => (await takenPort(sockets, [port])) !== undefined));
        const kernel = (await bindAll(netns, asked)).map((code) => code === "EADDRINUSE");
        const differ = asked.filter((_, i) => ours[i] !== kernel[i]);
        expect(differ).toEqual([]);
        expect(ours.filter(Boolean).length).toBeGreaterThan(20);
        expect(ours.filter((taken) => !taken).length).toBeGreaterThan(20);
        const web: HostPort = { protocol: "tcp", address: "0.0.0.0", port: 8080 };
        const found = await takenPort(sockets, [web]);
        expect(found).toEqual({ ...web, holder: { address: "0.0.0.0", pid: child.pid, command: "node" } });
        if (found !== undefined) expect(portTaken(found)).toBe(`tcp 0.0.0.0:8080 is taken by node (pid ${child.pid})`);
        expect(await takenPort(sockets, [{ protocol: "udp", address: "10.0.0.1", port: 5301 }])).toMatchObject({
          holder: { address: "::" },
        });
        expect(await takenPort(sockets, [{ protocol: "sctp", address: "0.0.0.0", port: 8080 }])).toBeUndefined();
        await expect(takenPort(sockets, [{ ...web, address: "somewhere" }])).rejects.toThrow(RangeError);
      } finally {
        const gone = once(child, "close");
        child.kill();
        await gone;
      }
    }));

  test("a socket that is bound and does not listen yet", () =>
    withNetns(async (netns) => {
      await using sockets = await Sockets.open({ netns });
      const fd = socketIn(netns, AF.INET, SOCK.STREAM, 0);
      try {
        // struct sockaddr_in: family, port 8090, 0.0.0.0.
        const name = new Uint8Array(16);
        new Uint16Array(name.buffer, 0, 1)[0] = AF.INET;
        new DataView(name.buffer).setUint16(2, 8090);
        expect(libc().bind(fd, name, name.length)).toBe(0);
        const found = await takenPort(sockets, [{ protocol: "tcp", address: "10.0.0.1", port: 8090 }]);
        expect(found).toMatchObject({ holder: { address: "0.0.0.0", pid: process.pid } });
      } finally {
        libc().close(fd);
      }
    }));
});

describe("words", () => {
  test("IPv6 in brackets, hostile names escaped, nobody named where nobody is seen", () => {
    const port: HostPort = { protocol: "udp", address: "fd00::1", port: 53 };
    const holderOf = { address: "::", pid: 7, command: "a\u001b]0;\u202e" };
    expect(portTaken({ ...port, holder: holderOf })).toBe("udp [fd00::1]:53 is taken by a\\u001b]0;\\u202e (pid 7)");
    expect(portTaken({ ...port, holder: { address: "::", pid: undefined, command: undefined } })).toBe(
      "udp [fd00::1]:53 is taken by the kernel, or a process that may not be looked into",
    );
  });
});
