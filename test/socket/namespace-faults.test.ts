// When making or leaving a namespace fails: what is left, what is said, and when the process ends.
import { existsSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { addNetns } from "../../src/socket/named-netns.ts";
import { comeHome, netnsPath } from "../../src/socket/netns.ts";
import { live } from "../support/live.ts";

const fault = vi.hoisted(() => ({
  home: undefined as string | undefined,
  unlink: undefined as Error | undefined,
  write: undefined as Error | undefined,
  calls: undefined as object | undefined,
}));
vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  return {
    ...real,
    // The namespace of this thread cannot be opened: no descriptors left.
    openSync: (path: string, ...rest: [string]) =>
      real.openSync(path.endsWith("/ns/net") ? (fault.home ?? path) : path, ...rest),
    unlinkSync: (path: string) => {
      if (fault.unlink === undefined) return real.unlinkSync(path);
      throw fault.unlink;
    },
    writeSync: (...args: Parameters<typeof real.writeSync>) => {
      if (fault.write === undefined) return real.writeSync(...args);
      throw fault.write;
    },
  };
});
vi.mock("../../src/socket/libc.ts", async (original) => {
  const real = await original<typeof import("../../src/socket/libc.ts")>();
  return { ...real, libc: () => ({ ...real.libc(), ...fault.calls }) };
});
const mend = (): void =>
  void Object.assign(fault, { home: undefined, unlink: undefined, write: undefined, calls: undefined });
afterEach(mend);

live("a namespace that cannot be made", () => {
  const name = `nlkit-test-${process.pid}-fault`;
  const failure = (): unknown => {
    try {
      addNetns(name);
    } catch (error) {
      return error;
    }
    return undefined;
  };
  test.each<[string, Partial<typeof fault>, object]>([
    ["home cannot be opened", { home: "/proc/no-such-file" }, { syscall: "open", code: "ENOENT" }],
    ["unshare is refused", { calls: { unshare: () => -1 } }, { syscall: "unshare" }],
    [
      "mount is refused",
      { calls: { mount: (...[from]: string[]) => (from?.startsWith("/proc") ? -1 : 0) } },
      { syscall: "mount" },
    ],
  ])("%s: the reason is told, and no file is left", (_name, how, expected) => {
    Object.assign(fault, how);
    expect(failure()).toMatchObject({ name: "SystemError", ...expected });
    expect(existsSync(netnsPath(name))).toBe(false);
  });
  test("the file cannot be taken away either: the first reason is told", async () => {
    Object.assign(fault, { home: "/proc/no-such-file", unlink: new Error("cannot unlink") });
    expect(failure()).toMatchObject({ name: "SystemError", syscall: "open", code: "ENOENT" });
    mend();
    const { deleteNetns } = await import("../../src/socket/named-netns.ts");
    deleteNetns(name);
  });
});

describe("a thread that cannot come home", () => {
  test.each([
    ["says so and aborts", undefined],
    ["aborts where it cannot say so", new Error("EPIPE")],
  ])("%s", (_name, write) => {
    const abort = vi.fn(() => {
      throw new Error("aborted");
    });
    Object.assign(fault, { calls: { setns: () => -1, abort }, write });
    expect(() => comeHome(0)).toThrow("aborted");
    expect(abort).toHaveBeenCalledOnce();
  });
});
