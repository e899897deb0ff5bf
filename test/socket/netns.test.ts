// Namespaces: entered and left, named and listed, shared with `ip netns`.
import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { route } from "../../src/index.ts";
import {
  addNetns,
  Connection,
  deleteNetns,
  execNetns,
  listNetns,
  type NetnsRef,
  netnsPath,
  openNetns,
  openSocket,
  ping,
  spawnIn,
} from "../../src/socket/index.ts";
import { live, useNetns, withNetns } from "../support/live.ts";

const ip = (...args: string[]): string => execFileSync("ip", args, { encoding: "utf8" });
/** The namespaces of every thread of this process: one, if all are at home. */
const threads = (): string[] => [
  ...new Set(readdirSync("/proc/self/task").map((task) => readlinkSync(`/proc/self/task/${task}/ns/net`))),
];
const descriptors = (): number => readdirSync("/proc/self/fd").length;
const linkNames = async (netns: NetnsRef): Promise<(string | undefined)[]> => {
  await using connection = Connection.open(route, { netns });
  const { messages } = await connection.dump({ name: "RTM_GETLINK" });
  return messages.map((message) => (message.name === "RTM_NEWLINK" ? message.attrs.ifname : undefined));
};

describe("names", () => {
  test.each(["", ".", "..", "a/b", "/", "a\0b", "x".repeat(256)])("%j is none", (name) => {
    expect(() => netnsPath(name)).toThrow(RangeError);
    expect(() => addNetns(name)).toThrow(RangeError);
    expect(() => deleteNetns(name)).toThrow(RangeError);
    expect(() => execNetns(name, ["true"])).toThrow(RangeError);
  });
});

live("as `ip netns` has them", () => {
  test("ours are theirs, theirs are ours", () => {
    const name = `nlkit-test-${process.pid}-interop`;
    addNetns(name);
    try {
      expect(ip("netns")).toContain(name);
      ip("-n", name, "link", "set", "lo", "up");
      expect(() => addNetns(name)).toThrow(expect.objectContaining({ name: "SystemError", code: "EEXIST" }));
    } finally {
      ip("netns", "delete", name);
    }
    expect(listNetns()).not.toContain(name);
    ip("netns", "add", name);
    expect(listNetns()).toContain(name);
    deleteNetns(name);
    expect(ip("netns")).not.toContain(name);
    expect(existsSync(`/run/netns/${name}`)).toBe(false);
    expect(() => deleteNetns(name)).toThrow(expect.objectContaining({ code: "ENOENT" }));
  });

  test("exec: inside, with its own /sys and its own files of /etc", () =>
    withNetns(async (name) => {
      ip("-n", name, "link", "add", "only-here", "type", "bridge");
      mkdirSync(`/etc/netns/${name}`, { recursive: true });
      writeFileSync(`/etc/netns/${name}/hosts`, "192.0.2.1 from-netns\n");
      try {
        const child = execNetns(name, ["sh", "-c", "ls /sys/class/net; cat /etc/hosts; exit 7"]);
        let text = "";
        for await (const chunk of child.stdout ?? []) text += chunk;
        const code = await new Promise((resolve) =>
          child.exitCode === null ? child.once("exit", resolve) : resolve(child.exitCode),
        );
        expect(text.split("\n")).toEqual(expect.arrayContaining(["lo", "only-here", "192.0.2.1 from-netns"]));
        expect(text).not.toContain("eth0");
        expect(code).toBe(7);
      } finally {
        rmSync(`/etc/netns/${name}`, { recursive: true });
      }
    }));

  test("by name, path, pid and descriptor", () =>
    withNetns(async (name) => {
      ip("-n", name, "link", "add", "marker", "type", "bridge");
      const child = spawnIn(name, "sleep", ["60"]);
      const fd = openSync(`/run/netns/${name}`, "r");
      try {
        const pid = child.pid ?? 0;
        for (const ref of [name, `/run/netns/${name}`, pid, { pid }, { fd }])
          expect(await linkNames(ref)).toContain("marker");
      } finally {
        child.kill();
        closeSync(fd);
      }
    }));

  test("what is no namespace is refused", () => {
    const code = (ref: NetnsRef): string => {
      try {
        openNetns(ref).close();
        return "opened";
      } catch (error) {
        return (error as { code?: string }).code ?? (error as Error).name;
      }
    };
    expect(code("nlkit-test-nowhere")).toBe("ENOENT");
    expect(code("/etc/hostname")).toBe("EINVAL");
    expect(code("/proc/self/ns/mnt")).toBe("EINVAL");
    expect(code(2 ** 22 + 1)).toBe("ENOENT");
    expect(code(0)).toBe("RangeError");
    expect(code(1.5)).toBe("RangeError");
  });
});

live("every thread comes home", () => {
  const [name = ""] = useNetns(1);
  test("after a socket, a child, an echo, a failure", async () => {
    const [home] = threads();
    const before = descriptors();
    for (let i = 0; i < 20; i++) openSocket({ protocol: 0, netns: name }).close();
    expect(() => openSocket({ protocol: 999, netns: name })).toThrow(
      expect.objectContaining({ code: "EPROTONOSUPPORT" }),
    );
    const child = spawnIn(name, "true", []);
    await new Promise((resolve) => child.once("exit", resolve));
    expect(() => spawnIn(name, "", [])).toThrow();
    ip("-n", name, "link", "set", "lo", "up");
    expect(await ping({ netns: name, address: "127.0.0.1" })).toBeGreaterThan(0);
    await expect(ping({ netns: name, address: "192.0.2.1" })).rejects.toMatchObject({ code: "ENETUNREACH" });
    await withNetns(() => undefined);
    expect(threads()).toEqual([home]);
    // Closed poll handles give their memory back a turn of the loop later; descriptors are closed at once.
    expect(descriptors()).toBeLessThanOrEqual(before + 1);
  });

  test("from a worker thread, which has a namespace of its own to come home to", async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `
          import { readdirSync, readlinkSync } from "node:fs";
          import { parentPort, workerData } from "node:worker_threads";
          import { addNetns, Connection, deleteNetns } from "./src/socket/index.ts";
          import { route } from "./src/index.ts";
          addNetns(workerData + "-w");
          const connection = Connection.open(route, { netns: workerData });
          const { messages } = await connection.dump({ name: "RTM_GETLINK" });
          connection.close();
          deleteNetns(workerData + "-w");
          parentPort.postMessage({
            links: messages.map((m) => m.attrs.ifname),
            threads: [...new Set(readdirSync("/proc/self/task").map((t) => readlinkSync("/proc/self/task/" + t + "/ns/net")))],
          });`,
        resolveDir: ".",
      },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "es2022",
      packages: "external",
      write: false,
    });
    writeFileSync(".tmp-worker.mjs", outputFiles[0]?.text ?? "");
    try {
      const worker = new Worker("./.tmp-worker.mjs", { workerData: name });
      const said = await new Promise((resolve, reject) => {
        worker.once("message", resolve);
        worker.once("error", reject);
      });
      expect(said).toEqual({ links: expect.arrayContaining(["lo"]), threads: threads() });
      await worker.terminate();
    } finally {
      rmSync(".tmp-worker.mjs");
    }
  });
});

live("the event loop", () => {
  const run = (code: string, timeout = 10_000): { status: number | null; stdout: string; signal: string | null } =>
    spawnSync(
      "node",
      [
        "--input-type=module",
        "-e",
        `import { Connection } from "./dist/socket/index.js"; import { route } from "./dist/index.js"; ${code}`,
      ],
      {
        encoding: "utf8",
        timeout,
      },
    );
  test("an idle connection keeps no process alive", () => {
    const { status, stdout } = run(
      'const c = Connection.open(route); const { messages } = await c.dump({ name: "RTM_GETLINK" }); console.log(messages.length > 0);',
    );
    expect(stdout).toBe("true\n");
    expect(status).toBe(0);
  });
  test("a pending request does, without a timer", () => {
    // A live socket whose request is dropped on the way: nothing will ever come.
    const { signal, stdout } = run(
      `import { openSocket } from "./dist/socket/index.js";
       const real = openSocket({ protocol: 0 });
       const deaf = { portId: real.portId, send() {}, receive: (b) => real.receive(b), wait: (w) => real.wait(w), cancel: () => real.cancel(), close: () => real.close() };
       new Connection(deaf, route, { timeout: Infinity }).dump({ name: "RTM_GETLINK" }).finally(() => console.log("settled"));`,
      1000,
    );
    expect(signal).toBe("SIGTERM");
    expect(stdout).toBe("");
  });
});
