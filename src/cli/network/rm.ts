// nlkit network rm: networks go.
import type { Command } from "commander";
import { jsonLine } from "../../capture/json.ts";
import { plain } from "../../codec/text.ts";
import { report } from "../failure.ts";
import { print } from "../stdout.ts";
import { type ChangeOptions, live, withChange, withNetworks } from "./session.ts";

interface RmOptions extends ChangeOptions {
  readonly force?: true;
}

/** Adds the subcommand. */
export const addRm = (network: Command, exit: (code: number) => void): void => {
  withChange(network.command("rm <network...>").alias("remove").description("remove networks"))
    .option("-f, --force", "with the endpoints that are on them")
    .action(async (names: readonly string[], options: RmOptions) => {
      await withNetworks("network rm", options, async (networks) => {
        for (const name of names) {
          try {
            await networks.delete(name, { force: options.force });
            // Of another host's networks one may have the same name.
            if (options.dryRun !== true && options.host === undefined) (await live()).clearHosts(name);
            if (options.dryRun !== true)
              await print([options.json === true ? jsonLine({ removed: name }) : plain(name)]);
          } catch (error) {
            // As Docker does: the others are removed.
            exit(report(error));
          }
        }
      });
    });
};
