// What every `nlkit network` command begins with: whose networks, as whom, and whether for real.
import type { Command } from "commander";
import { printable } from "../../codec/text.ts";
import type { Networks } from "../../network/networks.ts";
import type { Reaped } from "../../network/watch.ts";
import type { NetnsRef } from "../../socket/index.ts";
import { begin } from "../begin.ts";
import { UsageError } from "../failure.ts";
import { hasPrivileges } from "../lab-privileges.ts";
import { netnsRef } from "../netns-ref.ts";
import { type OutputOptions, withOutput } from "../output-options.ts";
import { reapedLines } from "./text.ts";

/** Which namespace. */
export interface HostOption {
  readonly host?: string;
}
/** How a command that changes something prints. */
export interface ChangeOptions extends HostOption, OutputOptions {
  readonly dryRun?: boolean;
}

/** Adds --host. */
export const withHost = (command: Command): Command =>
  command.option("--host <netns>", "namespace that the bridges are in; default: the present one");

/** Adds --host, --dry-run and the forms of its output. */
export const withChange = (command: Command): Command =>
  withOutput(withHost(command).option("--dry-run", "print the messages instead of sending them"));

/** The namespace that --host means. */
export const hostOf = ({ host }: HostOption): NetnsRef | undefined =>
  host === undefined ? undefined : netnsRef(host, "--host");

/** Loaded when it is needed: `nlkit decode` gets by without native code. */
export const live = (): Promise<typeof import("../../network/index.ts")> => import("../../network/index.ts");

/** Only who may change networks can look at them; asking nf_tables takes the same right. */
const checkPrivileges = (what: string): void => {
  if (process.platform !== "linux") throw new UsageError(`${what} needs Linux; this is ${process.platform}`);
  if (hasPrivileges()) return;
  throw new UsageError(
    `${what} needs root (CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_ADMIN), or \`unshare -Urnm\` around it`,
  );
};

/**
 * Opens the networks of a host's namespace, and closes them behind the command.
 * @param what the command: "network create"
 * @param options which namespace, for real or not
 * @param run the command
 * @throws UsageError not root, no such namespace; what `run` throws
 */
export const withNetworks = async <T>(
  what: string,
  options: ChangeOptions,
  run: (networks: Networks) => Promise<T>,
): Promise<T> => {
  const { dryRun = false, details, hex, flat } = options;
  if (!dryRun && (details ?? hex ?? flat) === true) throw new UsageError("-d, -x and --flat are for --dry-run");
  checkPrivileges(what);
  const host = hostOf(options);
  const { Host, Networks, rehearsal } = await live();
  const report = dryRun ? (await import("./rehearse.ts")).rehearsalPrinter(host, options) : undefined;
  const { openSocket } = await import("../../socket/index.ts");
  const how = report === undefined ? {} : rehearsal(openSocket, report);
  // A firewall of somebody else: no error, and the reason why a network that is right carries nothing.
  const onWarning = (message: string): void => void process.stderr.write(`nlkit: ${printable(message)}\n`);
  // What the call was not about: whoever wonders where it is shall have read it.
  const onReaped = (reaped: Reaped): void => {
    for (const line of reapedLines(reaped))
      process.stderr.write(`nlkit: ${line}: its link was gone, or never finished\n`);
  };
  const open = () => new Host({ netns: host, onWarning, onReaped, ...how });
  const networks = new Networks(begin(`${what} --host`, options.host ?? "", open));
  try {
    return await run(networks);
  } finally {
    networks.close();
  }
};
