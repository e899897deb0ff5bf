// nlkit network inspect: everything that is kept of networks and their endpoints.
import type { Command } from "commander";
import { jsonLine } from "../../capture/json.ts";
import { printable } from "../../codec/text.ts";
import { print } from "../stdout.ts";
import { type HostOption, live, withHost, withNetworks } from "./session.ts";
import { networkLines, warningLines } from "./text.ts";

interface InspectOptions extends HostOption {
  readonly json?: true;
}

/** Adds the subcommand. */
export const addInspect = (network: Command): void => {
  withHost(network.command("inspect <network...>").description("what is kept of networks, and what is there of it"))
    .option("-j, --json", "one JSON object a line, which `create --from` takes")
    .action(async (names: readonly string[], options: InspectOptions) => {
      const { savedOf } = await live();
      await withNetworks("network inspect", options, async (networks) => {
        for (const text of warningLines(await networks.state())) process.stderr.write(`nlkit: ${printable(text)}\n`);
        for (const name of names) {
          const found = await networks.inspect(name);
          const moved = await networks.moved(found);
          await print(options.json === true ? [jsonLine(savedOf(found, moved))] : networkLines(found, moved));
        }
      });
    });
};
