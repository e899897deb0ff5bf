// A call on networks in a process of its own, under strace: counted, made to fail, or killed at one system call.
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The process: `HOST A B CALL`. It prints what went wrong, or "ok". */
export const SUBJECT = `
  import { Networks } from "./src/network/networks.ts";
  import { faultCalls } from "./test/support/network-subject.ts";
  const [, , host, a, b, name] = process.argv;
  await using networks = await Networks.open({ netns: host });
  try {
    await faultCalls(a, b)[name].call(networks);
    console.log("ok");
  } catch (error) {
    console.log(String(error));
  }`;

/** How it ended. */
export interface Traced {
  readonly stdout: string;
  readonly killed: boolean;
  /** strace's log. */
  readonly log: string;
}

let made = 0;
/**
 * Runs a program under strace.
 * @param options of strace
 * @param command what to run
 */
export const strace = async (options: readonly string[], command: readonly string[]): Promise<Traced> => {
  const file = join(tmpdir(), `nlkit-test-strace-${process.pid}-${made++}`);
  try {
    const child = spawn("strace", ["-f", "-qq", "-o", file, ...options, ...command], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let stdout = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    const signal = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (_code, by) => resolve(by));
    });
    return { stdout: stdout.trim(), killed: signal === "SIGKILL", log: readFileSync(file, "utf8") };
  } finally {
    rmSync(file, { force: true });
  }
};

/** A system call at which something goes wrong. */
export interface Place {
  /** For messages. */
  readonly what: string;
  /** Which calls strace looks at. */
  readonly only: readonly string[];
  /** Of inject: "sendto". */
  readonly syscall: string;
  /** The N-th of them. */
  readonly when: number;
}

/**
 * Every datagram that a program sends, and every sysctl that it writes, in a run without faults. The kernel begins a write to ip_forward
 * anew as often as the lock of rtnetlink is held by somebody, and strace shows each of them: a file counts once.
 */
export const placesOf = async (command: readonly string[]): Promise<{ places: Place[]; stdout: string }> => {
  const { log, stdout } = await strace(["-y", "-e", "trace=sendto,sendmsg,sendmmsg,write,pwrite64,writev"], command);
  if (/ (sendmsg|sendmmsg)\(/.test(log)) throw new Error("it sends by other calls too");
  const sends = log.match(/ sendto\(/g)?.length ?? 0;
  const files = new Set(
    [...log.matchAll(/ (?:write|pwrite64|writev)\(\d+<(\/proc\/sys\/[^>]+)>/g)].map(([, file = ""]) => file),
  );
  return {
    stdout,
    places: [
      ...Array.from({ length: sends }, (_, i) => ({
        what: `send ${i + 1} of ${sends}`,
        only: ["-e", "trace=sendto"],
        syscall: "sendto",
        when: i + 1,
      })),
      ...[...files].map((file) => ({
        what: `write ${file}`,
        only: ["-e", "trace=write", "-P", file],
        syscall: "write",
        when: 1,
      })),
    ],
  };
};
