// What `nlkit lab` does: builds two namespaces on the bridge of a third, shows every message, proves it with echo requests, takes it down.
import { readFileSync, writeFileSync } from "node:fs";
import { printable } from "../codec/text.ts";
import {
  type Lab,
  liveMachine,
  planLab,
  planRecorded,
  recordingMachine,
  replayMachine,
  runLab,
  whyLost,
} from "../network/index.ts";
import { HOST_ORDER } from "../socket/libc.ts";
import { WITHOUT_ROOT } from "./begin.ts";
import { EXIT, Interrupted, UsageError } from "./failure.ts";
import type { LabCommandOptions } from "./lab.ts";
import { hasPrivileges, inUserNamespace, runInUserNamespace, userNamespacesWork } from "./lab-privileges.ts";
import { reporter } from "./lab-report.ts";

const say = (line: string): void => void process.stderr.write(`${printable(line)}\n`);

/** Where a recorded run stands, for systems that cannot make one. It was made on a little-endian machine. */
const RECORDED = new URL("../../fixtures/lab.txt", import.meta.url);

/** An AbortSignal for Ctrl-C and its like: the lab stops between two steps and is taken down. */
const interrupted = (): AbortSignal => {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => controller.abort(new Interrupted(signal)));
  }
  process.stdout.on("error", () => controller.abort(new Error("nobody reads the output any more")));
  return controller.signal;
};

const run = async (options: LabCommandOptions, exit: (code: number) => void): Promise<void> => {
  const recorder = options.record === undefined ? undefined : recordingMachine(liveMachine);
  const machine = options.replay ? replayMachine(readFileSync(RECORDED, "utf8")) : (recorder?.machine ?? liveMachine);
  const lab =
    options.replay || recorder
      ? planRecorded(machine)
      : planLab(machine, { here: options.here === true, id: process.pid, bridge: options.bridge });
  const signal = interrupted();
  const report = reporter(options.hex === true, options.replay ? "little" : HOST_ORDER);
  const answered = await runLab(lab, { machine, report, signal }, () => options.keep === true && keep(lab, signal));
  if (!answered) {
    exit(EXIT.FAILED);
    say("nlkit: an echo request was not answered");
    const reason = whyLost(lab);
    if (reason !== undefined) say(`nlkit: ${reason} Or run without --here.`);
  }
  if (recorder !== undefined && options.record !== undefined) writeFileSync(options.record, recorder.text());
  // Also when there was no step left to stop at: what had to be cleaned up is.
  if (signal.reason instanceof Interrupted) throw signal.reason;
  if (answered && options.keep !== true)
    report({ kind: "note", text: "every echo was answered; nothing is left behind" });
};

/**
 * Says where things are; in a user namespace, which ends with its last process, stays until interrupted.
 * @returns whether the lab stays up
 */
const keep = async (lab: Lab, signal: AbortSignal): Promise<boolean> => {
  const inside = lab.host === "" ? "" : `ip netns exec ${lab.host} `;
  const [a, b] = lab.ends;
  const [address] = b.address.split("/");
  say(`kept: ${lab.host === "" ? "in the present namespace" : `host namespace ${lab.host}`}, ${a.netns}, ${b.netns}`);
  if (!inUserNamespace()) {
    say(`  ip netns exec ${a.netns} ping ${address}`);
    say(`  ${inside}bridge fdb show br ${lab.bridge}`);
    say(`  nlkit lab down ${lab.host === "" ? "--here" : lab.host}`);
    return true;
  }
  say(`  nsenter -t ${process.pid} -U -n -m --preserve-credentials ip netns exec ${a.netns} ping ${address}`);
  say("  it lives in a user namespace of this process: Ctrl-C takes it down");
  if (signal.aborted) return false;
  await new Promise((resolve) => {
    const alive = setInterval(() => {}, 1 << 30);
    signal.addEventListener("abort", () => resolve(clearInterval(alive)), { once: true });
  });
  return false;
};

/** Runs it as whoever we are: root, a user with user namespaces, or neither. */
export const up = async (options: LabCommandOptions, exit: (code: number) => void): Promise<void> => {
  if (options.replay === true) return run(options, exit);
  if (process.platform === "linux" && hasPrivileges()) return run(options, exit);
  const why =
    process.platform === "linux" ? "this user may not make network namespaces" : `this is ${process.platform}`;
  if (options.here === true) {
    const needs = "--here changes the present namespace, which needs root (CAP_NET_ADMIN, CAP_SYS_ADMIN)";
    throw new UsageError(`${needs}: ${why}. ${WITHOUT_ROOT}`);
  }
  if (process.platform === "linux" && userNamespacesWork()) {
    say("not root: running inside a user namespace of our own (unshare -Urnm)");
    exit(await runInUserNamespace());
    return;
  }
  say(`nlkit: ${why}, and user namespaces are refused: replaying a recorded run`);
  await run({ ...options, replay: true, keep: false }, exit);
};
