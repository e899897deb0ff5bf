// Who listens where: as ss says it.
import { execFileSync } from "node:child_process";
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { Rtnetlink } from "../../src/client/index.ts";
import { Sockets } from "../../src/client/sockets.ts";
import { spawnIn } from "../../src/socket/index.ts";
import { live, withNetns } from "../support/live.ts";

/** A line of `ss -tuanpH` as facts. */
const lines = (netns: string): string[] =>
  execFileSync("ip", ["netns", "exec", netns, "ss", "-tuanpeH"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [netid, state, recv, send, local, remote] = line.split(/\s+/);
      const inode = /ino:(\d+)/.exec(line)?.[1] ?? "0";
      const pids = [...line.matchAll(/\("([^"]*)",pid=(\d+),fd=(\d+)\)/g)].map((m) => m.slice(1).join("/"));
      return [netid, state, recv, send, local, remote, inode, ...pids.sort()].join(" ");
    })
    .sort();
const STATES = [
  "",
  "ESTAB",
  "SYN-SENT",
  "SYN-RECV",
  "FIN-WAIT-1",
  "FIN-WAIT-2",
  "TIME-WAIT",
  "UNCONN",
  "CLOSE-WAIT",
  "LAST-ACK",
  "LISTEN",
  "CLOSING",
];
const program = `
const net = require("net"), dgram = require("dgram");
const a = net.createServer().listen(8080, "127.0.0.1", () => {
  const b = net.createServer((c) => c.resume()).listen(8081, "::", () => {
    const c = net.connect(8080, "127.0.0.1", () => {
      const u = dgram.createSocket("udp4").bind(5353, "127.0.0.1", () => {
        const v = dgram.createSocket({ type: "udp6", ipv6Only: true }).bind(5354, "::1", () => console.log("ready"));
      });
    });
  });
});`;

live("sockets", () => {
  test("agree with ss, field by field, and a port's holder is named", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await rtnl.links.up("lo");
      const child = spawnIn(netns, process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
      try {
        await new Promise((resolve) => child.stdout?.once("data", resolve));
        await using sockets = await Sockets.open({ netns });
        const all = await sockets.list({ processes: true });
        const ours = all
          .map(({ protocol, header, holders = [] }) => {
            const shown = (text: string, port: number): string => {
              const address =
                text === "::" && header.family === 10
                  ? protocol === "tcp"
                    ? "*"
                    : "[::]"
                  : text.includes(":")
                    ? `[${text}]`
                    : text;
              return `${address}:${port === 0 ? "*" : port}`;
            };
            const pids = holders.map(({ command, pid, fd }) => `${command}/${pid}/${fd}`).sort();
            const head = [protocol, STATES[header.state], header.rqueue, header.wqueue];
            return [
              ...head,
              shown(header.src, header.sport),
              shown(header.dst, header.dport),
              header.inode,
              ...pids,
            ].join(" ");
          })
          .sort();
        expect(ours).toEqual(lines(netns));
        expect(ours.length).toBe(6);
        const [listener] = await sockets.listeners({ port: 8080, processes: true });
        expect(listener).toMatchObject({ protocol: "tcp", header: { src: "127.0.0.1", sport: 8080 } });
        expect(listener?.holders).toEqual([expect.objectContaining({ pid: child.pid, command: "node" })]);
        expect(await sockets.listeners({ port: 9 })).toEqual([]);
      } finally {
        const gone = new Promise((resolve) => child.once("close", resolve));
        child.kill();
        await gone;
      }
    }));

  test("destroy: both sides see it reset", async () => {
    const server = createServer((socket) => socket.on("error", () => {})).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const client = connect(port, "127.0.0.1");
    const reset = new Promise((resolve) => client.once("error", (error: NodeJS.ErrnoException) => resolve(error.code)));
    await new Promise((resolve) => client.once("connect", resolve));
    await using sockets = await Sockets.open();
    const [mine] = (await sockets.list({ protocols: ["tcp"] })).filter(
      ({ header }) => header.sport === client.localPort,
    );
    expect(mine?.header.dport).toBe(port);
    if (mine !== undefined) await sockets.destroy(mine);
    expect(await reset).toBe("ECONNABORTED");
    if (mine !== undefined) await expect(sockets.destroy(mine)).rejects.toMatchObject({ code: "ENOENT" });
    server.close();
  });

  test("unix sockets have their names", async () => {
    const name = `\0nlkit-test-${process.pid}`;
    const server = createServer().listen(name);
    await new Promise((resolve) => server.once("listening", resolve));
    await using sockets = await Sockets.open();
    // Node fills the name up with NULs, to the length of sun_path.
    const names = (await sockets.unix()).map(({ attrs }) => attrs.name?.replace(/\0+$/, ""));
    expect(names).toContain(name);
    server.close();
  });
});
