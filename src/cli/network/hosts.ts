// nlkit network hosts: endpoints by name, for /etc/hosts.
import type { Command } from "commander";
import { jsonLine } from "../../capture/json.ts";
import { plain } from "../../codec/text.ts";
import { print } from "../stdout.ts";
import { type HostOption, live, withHost, withNetworks } from "./session.ts";

interface HostsOptions extends HostOption {
  readonly json?: true;
  readonly write?: true;
}

/** Adds the subcommand. */
export const addHosts = (network: Command): void => {
  withHost(network.command("hosts <network>").description("lines of /etc/hosts for its endpoints and their aliases"))
    .option("-j, --json", "one JSON object a line: {address, names}")
    .option(
      "--write",
      "into /etc/netns/NAME/hosts of every endpoint whose namespace has a name, and out of those that left; prints the files changed",
    )
    .action(async (name: string, options: HostsOptions) => {
      const { hostsLine, hostsOf, writeHosts } = await live();
      await withNetworks("network hosts", options, async (networks) => {
        const state = await networks.inspect(name);
        const { entries, unfit } = hostsOf(state);
        for (const one of unfit)
          process.stderr.write(`nlkit: ${JSON.stringify(plain(one))} cannot stand in a hosts file\n`);
        if (options.write === true) {
          const files = writeHosts(state);
          await print(files.map((file) => (options.json === true ? jsonLine({ file }) : plain(file))));
          return;
        }
        await print(entries.map(options.json === true ? jsonLine : hostsLine));
      });
    });
};
