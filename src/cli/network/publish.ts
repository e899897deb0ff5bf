// nlkit network publish: ports of an endpoint, published or taken back while it runs.
import type { Command } from "commander";
import { jsonLine } from "../../capture/json.ts";
import { print } from "../stdout.ts";
import { type ChangeOptions, withChange, withNetworks } from "./session.ts";
import { endpointText } from "./text.ts";

interface PublishCommandOptions extends ChangeOptions {
  readonly remove?: true;
}

/** Adds the subcommand. */
export const addPublish = (network: Command): void => {
  withChange(
    network
      .command("publish <network> <endpoint> <port...>")
      .description(
        "publish ports of an endpoint: [ADDRESS:]HOST-PORT:PORT[/udp], ranges too; on localhost only by its address",
      ),
  )
    .option("--remove", "take them back: as they were published")
    .action(async (name: string, endpoint: string, ports: readonly string[], options: PublishCommandOptions) => {
      const change = options.remove === true ? { remove: ports } : { add: ports };
      await withNetworks("network publish", options, async (networks) => {
        const now = await networks.publish(name, endpoint, change);
        if (options.dryRun !== true) await print([options.json === true ? jsonLine(now) : endpointText(now)]);
      });
    });
};
