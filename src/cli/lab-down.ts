// What `nlkit lab down` does: removes labs that were kept, and what is left of others.
import { printable } from "../codec/text.ts";
import {
  type FoundLab,
  HOST_NAME,
  isRunning,
  keptHosts,
  type LeftAlone,
  liveMachine,
  removeKeptLabs,
} from "../network/index.ts";
import { HOST_ORDER } from "../socket/libc.ts";
import { EXIT, UsageError } from "./failure.ts";
import type { LabCommandOptions } from "./lab.ts";
import { hasPrivileges } from "./lab-privileges.ts";
import { reporter } from "./lab-report.ts";

const say = (line: string): void => void process.stderr.write(`${printable(line)}\n`);

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

/**
 * Removes what was kept.
 * @param name the host namespace of one lab; undefined: every lab
 * @param options what the user chose
 * @param exit told of what was left alone
 */
export const down = async (
  name: string | undefined,
  options: LabCommandOptions,
  exit: (code: number) => void,
): Promise<void> => {
  if (process.platform === "linux" && !hasPrivileges()) throw new UsageError(NOT_ROOT);
  if (name !== undefined && !HOST_NAME.test(name)) throw new UsageError(`"${name}" is no lab's host namespace`);
  if (name !== undefined && !liveMachine.names().includes(name)) throw new UsageError(`there is no lab ${name}`);
  const hosts = name !== undefined ? [name] : options.here === true ? [""] : keptHosts(liveMachine);
  const report = reporter(options.hex === true, HOST_ORDER);
  // A reader that leaves does not stop it half-way.
  process.stdout.on("error", () => {});
  // Who names a lab means it.
  const stillRuns = name === undefined ? isRunning : undefined;
  const announce = (labs: readonly FoundLab[]): void => report({ kind: "note", text: printable(removes(labs)) });
  const { removed, left } = await removeKeptLabs(hosts, {
    machine: liveMachine,
    report,
    isRunning: stillRuns,
    announce,
  });
  if (removed + left.length === 0) throw new UsageError(NONE);
  for (const one of left) say(`nlkit: ${leftText(one)}`);
  if (left.length > 0) exit(EXIT.FAILED);
};
