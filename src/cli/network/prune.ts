// nlkit network prune: what nobody needs goes.
import type { Command } from "commander";
import { jsonLine } from "../../capture/json.ts";
import { plain } from "../../codec/text.ts";
import { print } from "../stdout.ts";
import { type ChangeOptions, hostOf, live, withChange, withNetworks } from "./session.ts";

/** Adds the subcommand. */
export const addPrune = (network: Command): void => {
  withChange(
    network
      .command("prune")
      .description("remove networks without endpoints, and what was left of dead ones; asks nothing"),
  ).action(async (options: ChangeOptions) => {
    await withNetworks("network prune", options, async (networks) => {
      const { networks: gone, links } = await networks.prune();
      if (options.dryRun === true) return;
      const { clearHosts } = await live();
      for (const one of gone) clearHosts(one, hostOf(options));
      const lines = [...gone.map((network) => ({ network })), ...links.map((link) => ({ link }))].map((one) =>
        options.json === true ? jsonLine(one) : Object.entries(one).map(([what, name]) => `${what} ${plain(name)}`)[0],
      );
      await print(lines.map((line) => line ?? ""));
    });
  });
};
