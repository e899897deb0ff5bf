// nlkit lab: builds two namespaces on the bridge of a third, shows every message, proves it with echo requests, takes it down.
import { readFileSync, writeFileSync } from "node:fs";
import { type Command, Option } from "commander";
import { printable } from "../codec/text.ts";
import type { FoundLab, Lab, LeftAlone } from "../network/index.ts";
import { WITHOUT_ROOT } from "./begin.ts";
import { EXIT, Interrupted, UsageError } from "./failure.ts";
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

const say = (line: string): void => void process.stderr.write(`${printable(line)}\n`);

/** Where a recorded run stands, for systems that cannot make one. It was made on a little-endian machine. */
const RECORDED = new URL("../../fixtures/lab.txt", import.meta.url);

/** Loaded when they are needed: `nlkit decode` gets by without native code. */
const live = async () => ({
  ...(await import("../network/index.ts")),
  ...(await import("../socket/libc.ts")),
});

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
  const network = await live();
  const recorder = options.record === undefined ? undefined : network.recordingMachine(network.liveMachine);
  const machine = options.replay
    ? network.replayMachine(readFileSync(RECORDED, "utf8"))
    : (recorder?.machine ?? network.liveMachine);
  const lab =
    options.replay || recorder
      ? network.planRecorded(machine)
      : network.planLab(machine, { here: options.here === true, id: process.pid, bridge: options.bridge });
  const signal = interrupted();
  const report = reporter(options.hex === true, options.replay ? "little" : network.HOST_ORDER);
  const answered = await network.runLab(
    lab,
    { machine, report, signal },
    () => options.keep === true && keep(lab, signal),
  );
  if (!answered) {
    exit(EXIT.FAILED);
    say("nlkit: an echo request was not answered");
    const reason = network.whyLost(lab);
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

const NONE = "there is no kept lab here";
const NOT_ROOT =
  "lab down needs root (CAP_NET_ADMIN, CAP_SYS_ADMIN). What an ordinary user's lab makes ends with its command: nothing is left of it";

/** "removes nlkit-lab-4711 (br0 br-veth0 br-veth1 ns1 ns2)", and so on for each. */
const removes = (labs: readonly FoundLab[]): string => {
  const texts = labs.map(({ lab, made }) => {
    const ends = made.namespaces.filter((name) => name !== lab.host);
    return `${lab.host === "" ? "the lab of the present namespace" : lab.host} (${[...made.links, ...ends].join(" ")})`;
  });
  return `removes ${texts.join(", ")}`;
};

/** Why something was left alone, and what to do about it. */
const leftText = ({ netns, pid }: LeftAlone): string =>
  pid === undefined
    ? `${netns} left alone: it holds links that are not the lab's. If they may go: ip netns delete ${netns}`
    : `${netns} left alone: process ${pid} runs. If that is no nlkit, name it: nlkit lab down ${netns}`;

const down = async (
  name: string | undefined,
  options: LabCommandOptions,
  exit: (code: number) => void,
): Promise<void> => {
  const network = await live();
  const machine = network.liveMachine;
  if (process.platform === "linux" && !hasPrivileges()) throw new UsageError(NOT_ROOT);
  if (name !== undefined && !network.HOST_NAME.test(name)) throw new UsageError(`"${name}" is no lab's host namespace`);
  if (name !== undefined && !machine.names().includes(name)) throw new UsageError(`there is no lab ${name}`);
  const hosts = name !== undefined ? [name] : options.here === true ? [""] : network.keptHosts(machine);
  const report = reporter(options.hex === true, network.HOST_ORDER);
  // A reader that leaves does not stop it half-way.
  process.stdout.on("error", () => {});
  // Who names a lab means it.
  const isRunning = name === undefined ? network.isRunning : undefined;
  const announce = (labs: readonly FoundLab[]): void => report({ kind: "note", text: printable(removes(labs)) });
  const { removed, left } = await network.removeKeptLabs(hosts, { machine, report, isRunning, announce });
  if (removed + left.length === 0) throw new UsageError(NONE);
  for (const one of left) say(`nlkit: ${leftText(one)}`);
  if (left.length > 0) exit(EXIT.FAILED);
};

/** Runs it as whoever we are: root, a user with user namespaces, or neither. */
const runAnywhere = async (options: LabCommandOptions, exit: (code: number) => void): Promise<void> => {
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

/** Adds the subcommand. */
export const addLab = (program: Command, exit: (code: number) => void): void => {
  const lab = program
    .command("lab")
    .description(
      "build two namespaces on the bridge of a third over netlink, message by message, and prove it with ICMP echo",
    )
    .option("-x, --hex", "annotated hexdump of every request and reply")
    .option("--keep", "leave it up: `nlkit lab down` removes it")
    .option(
      "--here",
      "the bridge in the present namespace, instead of a third, nlkit-lab-PID, that stands in for the host",
    )
    .option("--bridge <name>", "what to call the bridge", "br0")
    .addOption(new Option("--record <file>", "write the run down").hideHelp())
    .addOption(new Option("--replay", "show the recorded run").hideHelp())
    .action(async (options: LabCommandOptions) => (options.replay ? run(options, exit) : runAnywhere(options, exit)));
  lab
    .command("down [host]")
    .description("remove every kept lab, or only the one whose host namespace is named: nlkit-lab-PID")
    .option("-x, --hex", "annotated hexdump of every request and reply")
    .option("--here", "the one in the present namespace")
    .action((host: string | undefined, options: LabCommandOptions) => down(host, options, exit));
};
