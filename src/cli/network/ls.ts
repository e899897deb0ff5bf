// nlkit network ls: a line a network.
import type { Command } from "commander";
import { jsonLine } from "../../capture/json.ts";
import { plain, printable } from "../../codec/text.ts";
import type { NetworkState } from "../../network/state.ts";
import { print } from "../stdout.ts";
import { type HostOption, withHost, withNetworks } from "./session.ts";
import { table, takenName, warningLines } from "./text.ts";

interface LsOptions extends HostOption {
  readonly json?: true;
  readonly quiet?: true;
}

const subnets = ({ config: { ipv4, ipv6 } }: NetworkState): string[] =>
  [ipv4, ipv6].flatMap((family) => family?.subnet ?? []);

const object = (network: NetworkState): object => ({
  name: network.config.name,
  bridge: network.config.bridge,
  subnets: subnets(network),
  internal: network.config.internal,
  endpoints: network.endpoints.length,
  health: network.health,
  labels: network.config.labels,
});

const row = (network: NetworkState): string[] =>
  [
    network.config.name,
    network.config.bridge,
    String(network.endpoints.length),
    network.health,
    subnets(network).join(" "),
  ].map(plain);

/** Adds the subcommand. */
export const addLs = (network: Command): void => {
  withHost(network.command("ls").alias("list").description("the networks"))
    .option("-j, --json", "one JSON object a line")
    .option("-q, --quiet", "names only, as `rm` takes them")
    .action(async (options: LsOptions) => {
      await withNetworks("network ls", options, async (networks) => {
        const state = await networks.state();
        const lines = options.quiet
          ? state.networks.map(({ config }) => takenName(config))
          : options.json
            ? state.networks.map((one) => jsonLine(object(one)))
            : table([["NAME", "BRIDGE", "ENDPOINTS", "STATE", "SUBNETS"], ...state.networks.map(row)]);
        await print(lines);
        for (const text of warningLines(state)) process.stderr.write(`nlkit: ${printable(text)}\n`);
      });
    });
};
