// One at a time: who holds the lock, who waits, and what becomes of it when its holder dies.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { Networks } from "../../src/network/networks.ts";
import { live, useNetns } from "../support/live.ts";
import { withProgram } from "../support/program.ts";

/** Takes the lock, says so, and holds it until it is killed. */
const HOLDER = `
  import { Host } from "./src/network/host.ts";
  import { acquireLock } from "./src/network/lock.ts";
  const host = new Host({ netns: process.argv[2] });
  await acquireLock(host);
  console.log(process.pid);
  setInterval(() => {}, 1000);`;

const held = async <T>(netns: string, run: (kill: () => void, pid: number) => Promise<T>): Promise<T> =>
  withProgram(HOLDER, async (program) => {
    const child = spawn(process.execPath, [program, netns], { stdio: ["ignore", "pipe", "inherit"] });
    const gone = once(child, "close");
    try {
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      return await run(() => child.kill("SIGKILL"), Number(String(line)));
    } finally {
      child.kill("SIGKILL");
      await gone;
    }
  });

live("the lock", () => {
  const [host = ""] = useNetns(1);
  const web = { name: "web", internal: true } as const;

  test("a holder that is killed frees it", () =>
    held(host, async (kill) => {
      await using networks = await Networks.open({ netns: host });
      let killed = 0;
      setTimeout(() => {
        killed = performance.now();
        kill();
      }, 200);
      await networks.create(web, { timeout: 20_000 });
      const late = performance.now() - killed;
      console.log(`lock: got ${late.toFixed(0)} ms after its holder was killed`);
      expect(killed).toBeGreaterThan(0);
      expect(late).toBeLessThan(5000);
      await networks.delete("web");
    }));

  test("it times out, and the error names the holder; meanwhile everything can be read", () =>
    held(host, async (_kill, pid) => {
      await using networks = await Networks.open({ netns: host });
      expect(await networks.list()).toEqual([]);
      const begin = performance.now();
      await expect(networks.create(web, { timeout: 300 })).rejects.toMatchObject({
        name: "NetworkError",
        code: "LOCKED",
        message: expect.stringContaining(`${pid}`),
      });
      expect(performance.now() - begin).toBeGreaterThan(290);
      expect(await networks.list()).toEqual([]);
    }));

  test("a table of its name that nobody owns is taken over", async () => {
    execFileSync("nsenter", [
      `--net=/run/netns/${host}`,
      "nft",
      "add table inet nlkit-lock; add chain inet nlkit-lock c",
    ]);
    await using networks = await Networks.open({ netns: host });
    await networks.create(web, { timeout: 5000 });
    await networks.delete("web");
    expect(execFileSync("nsenter", [`--net=/run/netns/${host}`, "nft", "list", "tables"], { encoding: "utf8" })).toBe(
      "",
    );
  });

  test("a signal ends the wait", () =>
    held(host, async () => {
      await using networks = await Networks.open({ netns: host });
      const reason = new Error("enough");
      const abort = new AbortController();
      setTimeout(() => abort.abort(reason), 100);
      await expect(networks.create(web, { signal: abort.signal })).rejects.toBe(reason);
      await expect(networks.create(web, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    }));

  test("one process: calls at once take turns, and its next call finds the lock free", async () => {
    await using networks = await Networks.open({ netns: host });
    await using others = await Networks.open({ netns: host });
    const names = ["a", "b", "c", "d"];
    await Promise.all(names.map((name, i) => (i % 2 ? networks : others).create({ ...web, name })));
    expect((await networks.list()).map(({ config }) => config.name)).toEqual(names);
    const same = await Promise.allSettled([networks, others, networks].map((on) => on.create(web)));
    expect(same.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of same) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "EXISTS" });
    }
    await Promise.all([...names, "web"].map((name) => networks.delete(name)));
    expect(await networks.state()).toMatchObject({ hasTables: false, networks: [], strays: [] });
  });
});
