// nlkit network disconnect: an endpoint goes.
import type { Command } from "commander";
import { jsonLine } from "../../capture/json.ts";
import { print } from "../stdout.ts";
import { type ChangeOptions, hostOf, live, withChange, withNetworks } from "./session.ts";

/** Adds the subcommand. */
export const addDisconnect = (network: Command): void => {
  withChange(
    network
      .command("disconnect <network> <endpoint>")
      .description("take an endpoint off a network: by its name, or as its namespace was called"),
  ).action(async (name: string, endpoint: string, options: ChangeOptions) => {
    await withNetworks("network disconnect", options, async (networks) => {
      const gone = await networks.disconnect(name, endpoint);
      // Its lines would lead to whoever gets its address next.
      const left = options.dryRun === true ? [] : await networks.list();
      const network = left.find(({ config }) => config.bridge === gone.bridge);
      if (network !== undefined) (await live()).refreshHosts(network, hostOf(options));
      if (options.json === true && options.dryRun !== true) await print([jsonLine(gone)]);
    });
  });
};
