// nlkit network check: why does one namespace not reach the other?
import type { Command } from "commander";
import { jsonLine } from "../../capture/json.ts";
import { printable } from "../../codec/text.ts";
import type { Finding } from "../../network/check/finding.ts";
import { EXIT } from "../failure.ts";
import { print } from "../stdout.ts";
import { type HostOption, hostOf, live, withHost, withNetworks } from "./session.ts";

interface CheckCommandOptions extends HostOption {
  readonly json?: true;
  readonly port?: string;
}

/** One line: what is wrong, and the command that mends it. */
const lineOf = ({ says, mend }: Finding): string => printable(mend === undefined ? says : `${says}: ${mend}`);

/** Adds the subcommand. */
export const addCheck = (network: Command, exit: (code: number) => void): void => {
  withHost(
    network
      .command("check <netnsA> <netnsB>")
      .description(
        "why does A not reach B? Namespaces or endpoints; says what mends it. Exit code 1: something is wrong",
      ),
  )
    .option("--port <service>", "whom in B: tcp/5900, 53/udp; 5900 is tcp. Default: nobody, an echo request is sent")
    .option("-j, --json", "one JSON object a line: {cause, says, mend}")
    .action(async (a: string, b: string, options: CheckCommandOptions) => {
      const { namespaceOf } = await import("./namespaces.ts");
      const { checkConnection, parseService } = await live();
      const service = options.port === undefined ? undefined : parseService(options.port);
      const host = hostOf(options);
      await withNetworks("network check", options, async (networks) => {
        const state = await networks.state();
        const findings = await checkConnection(namespaceOf(a, state), namespaceOf(b, state), { host, service });
        await print(findings.map(options.json === true ? jsonLine : lineOf));
        if (findings.length > 0) exit(EXIT.FAILED);
        else if (options.json !== true)
          await print([printable(`${a} reaches ${b}${service ? ` at ${options.port}` : ""}`)]);
      });
    });
};
