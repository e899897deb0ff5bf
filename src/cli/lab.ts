// nlkit lab: builds a network of two namespaces, shows every message, proves it with echo requests, takes it down.
import { readFileSync, writeFileSync } from "node:fs";
import { type Command, Option } from "commander";
import { printable } from "../codec/text.ts";
import { UsageError } from "./failure.ts";
import { hasPrivileges, inUserNamespace, runInUserNamespace, userNamespacesWork } from "./lab-privileges.ts";
import { reporter } from "./lab-report.ts";

/** What the user chose. */
export interface LabCommandOptions {
  readonly hex?: boolean;
  readonly keep?: boolean;
  readonly here?: boolean;
  readonly bridge?: string;
  readonly record?: string;
  readonly replay?: boolean;
}

type Network = typeof import("../network/index.ts");
type Lab = import("../network/index.ts").Lab;
type Machine = import("../network/index.ts").Machine;

const say = (line: string): void => void process.stderr.write(`${printable(line)}\n`);

/** Where a recorded run stands, for systems that cannot make one. */
const RECORDED = new URL("../../fixtures/lab.txt", import.meta.url);

/** An AbortSignal for Ctrl-C and its like: the lab stops between two steps and is taken down. */
const interrupted = (): AbortSignal => {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => controller.abort(new Error(`stopped by ${signal}`)));
  }
  process.stdout.on("error", () => controller.abort(new Error("nobody reads the output any more")));
  return controller.signal;
};

/** Why bridged packets may be lost although the network is right. */
const blockedBy = (bridge: string): string | undefined => {
  try {
    const on = readFileSync("/proc/sys/net/bridge/bridge-nf-call-iptables", "utf8").trim() === "1";
    return on
      ? "bridge-nf-call-iptables is 1 here: packets between the bridge's ports pass the FORWARD chain, and a DROP there loses them. " +
          `Allow them (iptables -I FORWARD -i ${bridge} -o ${bridge} -j ACCEPT), or run without --here.`
      : undefined;
  } catch {
    return undefined;
  }
};

/** The recorded run's names are part of the recording. */
const recordedPlan = (network: Network, machine: Machine): Lab => network.planLab(machine, { here: false, id: 1 });

const run = async (options: LabCommandOptions, exit: (code: number) => void): Promise<void> => {
  const network = await import("../network/index.ts");
  const recorder = options.record === undefined ? undefined : network.recordingMachine(network.liveMachine);
  const machine = options.replay
    ? network.replayMachine(readFileSync(RECORDED, "utf8"))
    : (recorder?.machine ?? network.liveMachine);
  const lab =
    options.replay || recorder
      ? recordedPlan(network, machine)
      : network.planLab(machine, { here: options.here === true, id: process.pid, bridge: options.bridge });
  const signal = interrupted();
  const report = reporter(options.hex === true);
  const made = { links: [], namespaces: [] };
  let answered = false;
  try {
    await network.buildLab(lab, made, { machine, report, signal });
    answered = await network.proveLab(lab, { machine, report, signal });
    if (!answered) {
      exit(1);
      say("nlkit: an echo request was not answered");
      const reason = lab.host === "" ? blockedBy(lab.bridge) : undefined;
      if (reason !== undefined) say(`nlkit: ${reason}`);
    }
    if (options.keep === true) await keep(lab, signal);
  } finally {
    if (options.keep !== true || !answered || inUserNamespace())
      await network.removeLab(lab, made, { machine, report });
  }
  if (recorder !== undefined && options.record !== undefined) writeFileSync(options.record, recorder.text());
  if (answered && options.keep !== true)
    report({ kind: "note", text: "every echo was answered; nothing is left behind" });
};

/** Says where things are; in a user namespace, which ends with its last process, stays until interrupted. */
const keep = async (lab: Lab, signal: AbortSignal): Promise<void> => {
  const inside = lab.host === "" ? "" : `ip netns exec ${lab.host} `;
  const [a, b] = lab.ends;
  say(`kept: ${lab.host === "" ? "in the present namespace" : `host namespace ${lab.host}`}, ${a.netns}, ${b.netns}`);
  if (!inUserNamespace()) {
    say(`  ip netns exec ${a.netns} ping ${b.address.split("/")[0]}`);
    say(`  ${inside}bridge fdb show br ${lab.bridge}`);
    say(`  nlkit lab down${lab.host === "" ? " --here" : ""}`);
    return;
  }
  say(
    `  nsenter -t ${process.pid} -U -n -m --preserve-credentials ip netns exec ${a.netns} ping ${b.address.split("/")[0]}`,
  );
  say("  it lives in a user namespace of this process: Ctrl-C takes it down");
  if (signal.aborted) return;
  await new Promise((resolve) => {
    const alive = setInterval(() => {}, 1 << 30);
    signal.addEventListener("abort", () => resolve(clearInterval(alive)), { once: true });
  });
};

const down = async (name: string | undefined, options: LabCommandOptions): Promise<void> => {
  const network = await import("../network/index.ts");
  const machine = network.liveMachine;
  const hosts =
    name !== undefined
      ? [name]
      : options.here === true
        ? [""]
        : machine.names().filter((n) => network.HOST_NAME.test(n));
  if (hosts.length === 0) throw new UsageError("there is no kept lab here");
  for (const host of hosts) {
    if (host !== "" && !network.HOST_NAME.test(host)) throw new UsageError(`"${host}" is no lab's host namespace`);
    if (host !== "" && !machine.names().includes(host)) throw new UsageError(`there is no lab ${host}`);
    const pid = Number(network.HOST_NAME.exec(host)?.[1] ?? 0);
    if (name === undefined && pid > 0 && isRunning(pid)) {
      say(`nlkit: ${host} left alone: process ${pid} runs. If that is no nlkit, name it: nlkit lab down ${host}`);
      continue;
    }
    const { lab, made } = await network.findLab(machine, host);
    if (made.links.length + made.namespaces.length === 0) throw new UsageError("there is no kept lab here");
    await network.removeLab(lab, made, { machine, report: reporter(options.hex === true) });
  }
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
};

/** Runs it as whoever we are: root, a user with user namespaces, or neither. */
const runAnywhere = async (options: LabCommandOptions, exit: (code: number) => void): Promise<void> => {
  if (process.platform === "linux" && hasPrivileges()) return run(options, exit);
  const why =
    process.platform === "linux" ? "this user may not make network namespaces" : `this is ${process.platform}`;
  if (options.here === true) throw new UsageError(`--here changes the present namespace, which needs root: ${why}`);
  if (process.platform === "linux" && userNamespacesWork()) {
    say("not root: running inside a user namespace of our own (unshare -Urnm)");
    exit(await runInUserNamespace());
    return;
  }
  say(`nlkit: ${why}, and user namespaces are refused: replaying a recorded run`);
  await run({ ...options, replay: true, keep: false }, exit);
};

/** Adds the subcommand. */
export const addLab = (program: Command, exit: (code: number) => void): void => {
  const lab = program
    .command("lab")
    .description("build a network of two namespaces over netlink, message by message, and prove it with ICMP echo")
    .option("-x, --hex", "annotated hexdump of every request and reply")
    .option("--keep", "leave it up: `nlkit lab down` removes it")
    .option("--here", "in the present namespace, instead of one of its own that stands in for the host")
    .option("--bridge <name>", "what to call the bridge", "br0")
    .addOption(new Option("--record <file>", "write the run down").hideHelp())
    .addOption(new Option("--replay", "show the recorded run").hideHelp())
    .action(async (options: LabCommandOptions) => (options.replay ? run(options, exit) : runAnywhere(options, exit)));
  lab
    .command("down [host]")
    .description("remove kept labs: all of them, or the one whose host namespace is named")
    .option("-x, --hex", "annotated hexdump of every request and reply")
    .option("--here", "the one in the present namespace")
    .action((host: string | undefined, options: LabCommandOptions) => down(host, options));
};
