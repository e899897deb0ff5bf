// nlkit network rm: networks go.
import type { Command } from "commander";
import { jsonLine } from "../../capture/json.ts";
import { plain } from "../../codec/text.ts";
import type { Networks } from "../../network/networks.ts";
import { report } from "../failure.ts";
import { print } from "../stdout.ts";
import { type ChangeOptions, hostOf, live, withChange, withNetworks } from "./session.ts";

interface RmOptions extends ChangeOptions {
  readonly force?: true;
}

/** Whoever says its bridge means the network. */
const nameOf = async (networks: Networks, name: string): Promise<string> => {
  try {
    return (await networks.inspect(name)).config.name;
  } catch {
    // Deleting says what is wrong.
    return name;
  }
};

/** Adds the subcommand. */
export const addRm = (network: Command, exit: (code: number) => void): void => {
  withChange(network.command("rm <network...>").alias("remove").description("remove networks"))
    .option("-f, --force", "with the endpoints that are on them")
    .action(async (names: readonly string[], options: RmOptions) => {
      await withNetworks("network rm", options, async (networks) => {
        for (const name of names) {
          try {
            const own = await nameOf(networks, name);
            await networks.delete(name, { force: options.force });
            if (options.dryRun === true) continue;
            await print([options.json === true ? jsonLine({ removed: name }) : plain(name)]);
            (await live()).clearHosts(own, hostOf(options));
          } catch (error) {
            // As Docker does: the others are removed.
            exit(report(error));
          }
        }
      });
    });
};
