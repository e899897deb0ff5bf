// Twenty processes at one network, some of them killed; two that make the same one; and one process for a long time.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { Networks } from "../../src/network/networks.ts";
import { live, useNetns, withNetns } from "../support/live.ts";
import { withProgram } from "../support/program.ts";

const COUNT = 20;
const KILLED = 5;

/** Waits for a line, then makes one call. */
const PROGRAM = `
  import { Networks } from "./src/network/networks.ts";
  const [, , host, what, argument] = process.argv;
  await using networks = await Networks.open({ netns: host });
  console.log("ready");
  await new Promise((resolve) => process.stdin.once("data", resolve));
  process.stdin.destroy();
  try {
    if (what === "connect") {
      const port = 8000 + Number(argument.split("-").at(-1));
      await networks.connect("web", { netns: argument, ports: [port + ":80"] });
    }
    else await networks.create({ name: argument, internal: true });
    console.log("done");
  } catch (error) {
    console.log(error.code + " " + error.message);
  }`;

interface Started {
  readonly child: ChildProcess;
  /** What it said in the end. */
  readonly said: Promise<string>;
}
const start = async (program: string, ...args: readonly string[]): Promise<Started> => {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk) => (text += chunk));
  child.stdin.on("error", () => {});
  await once(child.stdout, "data");
  const said = once(child, "close").then(() => text.replace("ready\n", "").trim());
  return { child, said };
};
const go = ({ child }: Started): unknown => child.stdin?.write("go\n");

const pings = (from: string, address: string): boolean => {
  try {
    const args = ["netns", "exec", from, "ping", "-c1", "-W2", "-q", address];
    execFileSync("ip", args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

live("many processes", () => {
  const [host = "", ...spaces] = useNetns(COUNT + 1);
  const clean = { hasTables: false, networks: [], lost: [], strays: [], broken: [] };
  afterEach(async () => {
    await using networks = await Networks.open({ netns: host });
    for (const { config } of await networks.list()) await networks.delete(config.name, { force: true });
  });

  test("20 connect at once, and 5 of them are killed", { timeout: 120_000 }, () =>
    withProgram(PROGRAM, async (program) => {
      await using networks = await Networks.open({ netns: host });
      await networks.create(
        { name: "web", ipv6: true, subnets: ["10.78.0.0/24", "fd78::/64"] },
        { enableForwarding: true },
      );
      const started = await Promise.all(spaces.map((netns) => start(program, host, "connect", netns)));
      const begin = performance.now();
      for (const one of started) go(one);
      // Somewhere in the time that all of them take.
      const victims = started.slice(0, KILLED);
      await Promise.all(
        victims.map(async ({ child }) => {
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 2000));
          child.kill("SIGKILL");
        }),
      );
      const said = await Promise.all(started.map((one) => one.said));
      console.log(
        `20 processes: ${(performance.now() - begin).toFixed(0)} ms, ${said.filter((text) => text === "done").length} done`,
      );
      expect(said.slice(KILLED)).toEqual(Array(COUNT - KILLED).fill("done"));

      // No stuck lock; what the dead left half done goes.
      await networks.reap({ timeout: 5000 });
      const { config, endpoints } = await networks.inspect("web");
      expect(endpoints.every(({ health }) => health === "up")).toBe(true);
      const there = endpoints.map(({ config: { netns } }) => netns);
      expect(there).toEqual(expect.arrayContaining(spaces.slice(KILLED)));
      for (const key of ["ipv4", "ipv6", "mac", "port"] as const) {
        expect(new Set(endpoints.map((one) => one.config[key])).size, key).toBe(endpoints.length);
      }
      // Every one that lives reaches its gateway, and is reached.
      for (const { config: one } of endpoints) {
        for (const family of ["ipv4", "ipv6"] as const) {
          expect(pings(one.netns, config[family]?.gateway ?? ""), `${one.netns} to its gateway`).toBe(true);
          expect(pings(host, one[family] ?? ""), `${one.netns} from the host`).toBe(true);
        }
      }
      const nft = (what: string): string =>
        execFileSync("ip", ["netns", "exec", host, "nft", ...what.split(" ")], { encoding: "utf8" });
      for (const { config: one } of endpoints) {
        expect(nft("list map inet nlkit published4_any")).toContain(`${one.ports[0]?.hostPort} : ${one.ipv4} . 80`);
      }
      // Whoever was killed has nothing left, or all of it; the links of all others are gone.
      const links = JSON.parse(execFileSync("ip", ["-n", host, "-j", "link"], { encoding: "utf8" })) as {
        ifname: string;
      }[];
      expect(
        links
          .map(({ ifname }) => ifname)
          .filter((name) => name.startsWith("nlk"))
          .sort(),
      ).toEqual(endpoints.map((one) => one.config.port).sort());
      // The namespaces of those that are dead can be connected again.
      for (const netns of spaces.slice(0, KILLED)) {
        if (!there.includes(netns)) await networks.connect("web", { netns, announce: 0 });
      }
      expect((await networks.inspect("web")).endpoints).toHaveLength(COUNT);
      await networks.delete("web", { force: true });
      expect(await networks.state()).toMatchObject(clean);
    }),
  );

  test("two make the same network: one does, the other is told", () =>
    withProgram(PROGRAM, async (program) => {
      for (let round = 0; round < 3; round++) {
        const both = await Promise.all([
          start(program, host, "create", "same"),
          start(program, host, "create", "same"),
        ]);
        for (const one of both) go(one);
        const said = (await Promise.all(both.map((one) => one.said))).sort();
        expect(said).toEqual(['EXISTS there is a network "same" already', "done"]);
        await using networks = await Networks.open({ netns: host });
        expect(await networks.list()).toHaveLength(1);
        await networks.delete("same");
      }
    }));

  const descriptors = (): number => readdirSync("/proc/self/fd").length;
  test("200 times on and off: no descriptor and no memory is kept", { timeout: 120_000 }, () =>
    withNetns(async (netns) => {
      setFlagsFromString("--expose-gc");
      const gc = runInNewContext("gc") as () => void;
      const heap = async (): Promise<number> => {
        // What is closed in the background is closed by then.
        await new Promise((resolve) => setTimeout(resolve, 100));
        gc();
        return process.memoryUsage().heapUsed;
      };
      await using networks = await Networks.open({ netns: host });
      await networks.create({ name: "web", ipv6: true }, { enableForwarding: true });
      const cycle = async (): Promise<void> => {
        await networks.connect("web", { netns, ports: ["8080:80"] });
        await networks.disconnect("web", netns);
      };
      for (let i = 0; i < 20; i++) await cycle();
      const before = { heap: await heap(), descriptors: descriptors() };
      for (let i = 0; i < 200; i++) await cycle();
      const after = { heap: await heap(), descriptors: descriptors() };
      const grown = (after.heap - before.heap) / 1024;
      console.log(
        `200 cycles: heap ${grown.toFixed(0)} KiB more, descriptors ${before.descriptors} -> ${after.descriptors}`,
      );
      expect(after.descriptors).toBe(before.descriptors);
      // A cycle that kept as much as its own messages would be 200 times 4 KiB.
      expect(grown).toBeLessThan(400);
      await networks.delete("web");
      expect(await networks.state()).toMatchObject(clean);
    }),
  );
});
