// nlkit network hosts: endpoints by name, for /etc/hosts.
import type { Command } from "commander";
import { jsonLine } from "../../capture/json.ts";
import { plain } from "../../codec/text.ts";
import { begin } from "../begin.ts";
import { UsageError } from "../failure.ts";
import { print } from "../stdout.ts";
import { type HostOption, hostOf, live, withHost, withNetworks } from "./session.ts";

interface HostsOptions extends HostOption {
  readonly json?: true;
  readonly write?: true;
  readonly clear?: true;
}

/** Adds the subcommand. */
export const addHosts = (network: Command): void => {
  withHost(network.command("hosts <network>").description("lines of /etc/hosts for its endpoints and their aliases"))
    .option("-j, --json", "one JSON object a line: {address, names}")
    .option(
      "--write",
      "into /etc/netns/NAME/hosts of every endpoint whose namespace has a name, and out of those that left; prints the files changed",
    )
    .option("--clear", "out of all of them; also when the network, or the host, has gone")
    .action(async (name: string, options: HostsOptions) => {
      const { hostsLine, hostsOf, writeHosts, clearHosts } = await live();
      const host = hostOf(options);
      const tell = (files: readonly string[]) =>
        print(files.map((file) => (options.json === true ? jsonLine({ file }) : plain(file))));
      if (options.clear === true) {
        if (options.write === true) throw new UsageError("--clear takes lines out, --write puts them in: one of them");
        await tell(begin("network hosts --host", options.host ?? "", () => clearHosts(name, host)));
        return;
      }
      await withNetworks("network hosts", options, async (networks) => {
        const state = await networks.inspect(name);
        const { entries, unfit } = hostsOf(state);
        for (const one of unfit)
          process.stderr.write(`nlkit: ${JSON.stringify(plain(one))} cannot stand in a hosts file\n`);
        if (options.write === true) {
          await tell(writeHosts(state, host));
          return;
        }
        await print(entries.map(options.json === true ? jsonLine : hostsLine));
      });
    });
};
