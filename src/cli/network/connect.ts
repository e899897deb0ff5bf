// nlkit network connect: a namespace gets a link on a network.
import type { Command } from "commander";
import { jsonLine } from "../../capture/json.ts";
import type { StaticRoute } from "../../network/model.ts";
import { netnsRef } from "../netns-ref.ts";
import { print } from "../stdout.ts";
import { type ChangeOptions, withChange, withNetworks } from "./session.ts";
import { endpointText } from "./text.ts";
import { assignment, keyValue, seconds, several, whole } from "./values.ts";

interface ConnectCommandOptions extends ChangeOptions {
  readonly name?: string;
  readonly ifname?: string;
  readonly ip?: string;
  readonly ip6?: string;
  readonly macAddress?: string;
  readonly gwPriority?: number;
  readonly alias?: readonly string[];
  readonly route?: readonly StaticRoute[];
  readonly sysctl?: Readonly<Record<string, string>>;
  readonly publish?: readonly string[];
  readonly label?: Readonly<Record<string, string>>;
  readonly wait?: number;
  readonly dad?: true;
  readonly announce?: number;
}

/** "10.9.0.0/16=10.1.0.254", or without a gateway: on the link itself. */
const route = (text: string, before: readonly StaticRoute[] = []): readonly StaticRoute[] => {
  const [dst = "", gateway] = text.split("=");
  return [...before, gateway === undefined ? { dst } : { dst, gateway }];
};

const present = (...values: readonly (string | undefined)[]): string[] => values.filter((value) => value !== undefined);

/** Adds the subcommand. */
export const addConnect = (network: Command): void => {
  withChange(
    network
      .command("connect <network> <netns>")
      .description("connect a namespace: a name of `ip netns`, a path, pid:123"),
  )
    .option("--name <name>", "what the endpoint is called. Default: as its namespace")
    .option("--ifname <name>", "its link inside. Default: the lowest free eth0, eth1…")
    .option("--ip <address>", "its IPv4 address. Default: a free one")
    .option("--ip6 <address>", "its IPv6 address. Default: a free one")
    .option("--mac-address <mac>", "of its link inside")
    .option("--gw-priority <number>", "of several networks the highest has the default route. Default: 0", whole)
    .option("--alias <name>", "another name, for `network hosts`; may be repeated", several)
    .option("--route <dst[=gateway]>", "another route inside; may be repeated", route)
    .option("--sysctl <key=value>", "inside; IFNAME stands for the link; may be repeated", assignment)
    .option(
      "-p, --publish <port>",
      "[ADDRESS:]HOST-PORT:PORT[/udp], ranges too; localhost only by its address: 127.0.0.1:8080:80; may be repeated",
      several,
    )
    .option("--label <key=value>", "yours; may be repeated", keyValue)
    .option("--wait <seconds>", "until it can be used; 0: do not wait. Default: 5", seconds)
    .option("--dad", "look first whether somebody has its IPv6 address: 1 to 2 s")
    .option("--announce <count>", "how often neighbours are told of it, 0 to 3. Default: 1", whole)
    .action(async (name: string, netns: string, options: ConnectCommandOptions) => {
      const asked = {
        netns: netnsRef(netns, "connect"),
        name: options.name,
        ifname: options.ifname,
        addresses: present(options.ip, options.ip6),
        mac: options.macAddress,
        gatewayPriority: options.gwPriority,
        aliases: options.alias,
        routes: options.route,
        sysctls: options.sysctl,
        ports: options.publish,
        labels: options.label,
        wait: options.wait,
        dad: options.dad,
        announce: options.announce,
      };
      await withNetworks("network connect", options, async (networks) => {
        const endpoint = await networks.connect(name, asked);
        if (options.dryRun !== true) await print([options.json === true ? jsonLine(endpoint) : endpointText(endpoint)]);
      });
    });
};
