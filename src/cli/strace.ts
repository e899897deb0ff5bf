// Running strace and reading along. What it writes comes through a named pipe: the command keeps its own descriptors, all of them.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outlive } from "./child.ts";
import { UsageError } from "./failure.ts";

/** Calls that carry datagrams, and those that make, copy and close descriptors; "?": not every machine has them. */
const CALLS =
  "sendto,sendmsg,sendmmsg,?send,recvfrom,recvmsg,?recvmmsg,?recvmmsg_time64,?recv,read,write,readv,writev," +
  "socket,close,dup,?dup2,dup3,fcntl,?fcntl64,clone,?clone3,?fork,?vfork";

/** What of strace's options makes its log readable for us: every byte, descriptors by protocol, times, threads. */
const OPTIONS = [
  ..."-f -ttt -T -yy -q".split(" "),
  ...["-e", `trace=${CALLS}`, "-e", "read=all", "-e", "write=all", "-e", "signal=none"],
];

/** What to trace. */
export type Target = { readonly command: readonly string[] } | { readonly pids: readonly number[] };

/** A child that may be ended early. */
export interface Strace {
  /** Its log, as it comes. */
  readonly log: AsyncIterable<Uint8Array>;
  /** The exit code of the command, or 128 and the number of the signal that ended it. */
  readonly ended: Promise<number>;
  /** Lets go of the processes it is attached to. */
  detach(): void;
}

const MISSING =
  "trace needs strace, which is not there (Debian, Ubuntu: apt install strace; Fedora: dnf install strace)";

const makePipe = (folder: string): string => {
  const path = join(folder, "log");
  execFileSync("mkfifo", ["-m", "600", path], { stdio: "ignore" });
  return path;
};

/** Whoever cannot be found or run: strace's own words begin with its name, and end with exit code 1, as a command's may. */
const check = (target: Target): void => {
  try {
    execFileSync("strace", ["-V"], { stdio: "ignore" });
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") throw new UsageError(MISSING);
  }
  if ("pids" in target) return;
  const [file = ""] = target.command;
  try {
    execFileSync("sh", ["-c", 'command -v -- "$1"', "sh", file], { stdio: "ignore" });
  } catch {
    throw new UsageError(`no such command: ${file}`);
  }
};

/**
 * How long strace may take to let go. It waits for each process to stop, and one in vfork(2) waits for a child that strace has stopped:
 * then neither goes on (strace 6.1, one time in twenty). A tracer that dies is let go of by the kernel, and everything runs on.
 */
const PATIENCE = 500;

const detach = (child: ChildProcess | undefined): void => {
  child?.kill("SIGTERM");
  const timer = setTimeout(() => child?.kill("SIGKILL"), PATIENCE);
  child?.once("exit", () => clearTimeout(timer));
};

/**
 * Starts strace.
 * @param target a command, or processes
 * @throws UsageError when strace or the command is not there
 */
export const startStrace = (target: Target): Strace => {
  check(target);
  const folder = mkdtempSync(join(tmpdir(), "nlkit-trace-"));
  const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;
  let child: ChildProcess | undefined;
  try {
    const path = makePipe(folder);
    // Both ends: reading must not end before strace has opened its own.
    const reading = openSync(path, O_RDONLY | O_NONBLOCK);
    const held = openSync(path, O_WRONLY | O_NONBLOCK);
    const log = new Socket({ fd: reading, readable: true, writable: false });
    const what =
      "pids" in target ? target.pids.flatMap((pid) => ["-p", String(pid)]) : ["--seccomp-bpf", "--", ...target.command];
    const ended = outlive(() => {
      // What the command prints is not what we print.
      child = spawn("strace", [...OPTIONS, "-o", path, ...what], { stdio: ["inherit", 2, "inherit"] });
      return child;
    }).finally(() => {
      closeSync(held);
      rmSync(folder, { recursive: true });
    });
    return { log, ended, detach: () => detach(child) };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
};
