// nlkit network create: a network, as `docker network create` makes it, or as `inspect -j` printed it.
import type { Command } from "commander";
import { jsonLine } from "../../capture/json.ts";
import type { NetworkConfig, NetworkOptions } from "../../network/model.ts";
import type { Networks } from "../../network/networks.ts";
import { InvalidArgumentError, Option } from "../commander.ts";
import { UsageError } from "../failure.ts";
import { readInput } from "../read-input.ts";
import { print } from "../stdout.ts";
import { applyDriverOptions, type Draft } from "./driver-options.ts";
import { type ChangeOptions, live, withChange, withNetworks } from "./session.ts";
import { takenName } from "./text.ts";
import { assignment, keyValue, several, truth, whole } from "./values.ts";

interface CreateOptions extends ChangeOptions {
  readonly subnet?: readonly string[];
  readonly gateway?: readonly string[];
  readonly ipRange?: readonly string[];
  readonly auxAddress?: Readonly<Record<string, string>>;
  readonly ipv4: boolean;
  readonly ipv6?: true;
  readonly internal?: true;
  readonly opt?: Readonly<Record<string, string>>;
  readonly bridge?: string;
  readonly mtu?: number;
  readonly icc?: boolean;
  readonly masquerade?: boolean;
  readonly gatewayMode?: readonly string[];
  readonly snat?: readonly string[];
  readonly hostBinding?: readonly string[];
  readonly trusted?: readonly string[];
  readonly hairpin?: true;
  readonly macPolicy?: "random" | "address";
  readonly label?: Readonly<Record<string, string>>;
  readonly enableForwarding?: true;
  readonly from?: string;
  readonly connect?: true;
  readonly driver?: string;
}

/** "routed", or "ipv6=routed". */
const modeOf = (texts: readonly string[] | undefined): Draft["gatewayMode"] => {
  if (texts === undefined) return undefined;
  let modes: { ipv4?: string; ipv6?: string } = {};
  for (const text of texts) {
    const [, family, mode = text] = /^(ipv4|ipv6)=(.*)$/s.exec(text) ?? [];
    modes = family === undefined ? { ipv4: mode, ipv6: mode } : { ...modes, [family]: mode };
  }
  return modes as Exclude<Draft["gatewayMode"], string>;
};

/** What was asked for; what was not is not in it, so that nothing hides a default. */
const networkOf = (name: string, options: CreateOptions): NetworkOptions => {
  const given: Record<keyof Omit<NetworkOptions, "name">, unknown> = {
    bridge: options.bridge,
    ipv4: options.ipv4 ? undefined : false,
    ipv6: options.ipv6,
    subnets: options.subnet,
    gateways: options.gateway,
    ranges: options.ipRange,
    auxAddresses: options.auxAddress,
    mtu: options.mtu,
    gatewayMode: modeOf(options.gatewayMode),
    internal: options.internal,
    icc: options.icc,
    masquerade: options.masquerade,
    snat: options.snat,
    hostBindings: options.hostBinding,
    trusted: options.trusted,
    hairpin: options.hairpin,
    macPolicy: options.macPolicy,
    bridgeOptions: undefined,
    labels: options.label,
  };
  const draft = { name } as Draft;
  // First: a plain flag beside it says the same more directly, and wins.
  applyDriverOptions(draft, options.opt ?? {});
  return Object.assign(draft, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
};

const tell = async (config: NetworkConfig, { json, dryRun }: CreateOptions): Promise<void> => {
  if (dryRun === true) return;
  await print([json === true ? jsonLine(config) : takenName(config)]);
};

/** Makes what a file describes. */
const fromFile = async (networks: Networks, file: string, options: CreateOptions): Promise<number> => {
  const { readSaved } = await live();
  const saved = readSaved(await readInput(file));
  const { makeSaved } = await import("./from.ts");
  return makeSaved(networks, saved, {
    enableForwarding: options.enableForwarding,
    // A rehearsed network is not there: nothing can be connected to it, not even in words.
    connect: options.connect === true && options.dryRun !== true,
    made: (config) => tell(config, options),
  });
};

/** Options that may stand beside --from. */
const BESIDE_FROM = [
  "from",
  "driver",
  "connect",
  "enableForwarding",
  "host",
  "dryRun",
  "details",
  "json",
  "hex",
  "flat",
];

const checkFrom = (name: string | undefined, command: Command): void => {
  const given = Object.keys(command.opts()).filter((key) => command.getOptionValueSource(key) === "cli");
  const others = given.filter((key) => !BESIDE_FROM.includes(key));
  if (name !== undefined) throw new UsageError(`--from: the file names the network, not the command: ${name}`);
  if (others.length > 0) throw new UsageError(`--from: the file says everything but ${others.join(", ")}`);
};

/** As Docker's; other drivers do what a bridge does not. */
const driver = (text: string): string => {
  if (text === "bridge") return text;
  throw new InvalidArgumentError("bridge is the only driver; macvlan, ipvlan and others are links without a network.");
};

/** Commander counts; what is Docker's -d is told of. */
const checkArguments = ({ args }: Command, { details }: CreateOptions): void => {
  if (args.length < 2) return;
  if (details !== true) {
    throw new UsageError(`too many arguments for 'create'. Expected 1 argument but got ${args.length}.`);
  }
  throw new UsageError(
    `-d is --details here, of what --dry-run prints; Docker's -d is --driver, and --driver bridge is the only one: network create ${args.at(-1)}`,
  );
};

/** Adds the subcommand. */
export const addCreate = (network: Command, exit: (code: number) => void): void => {
  withChange(network.command("create [name]").description("make a network"))
    .allowExcessArguments()
    .addOption(new Option("--driver <driver>", "as Docker's; there is no other").choices(["bridge"]).argParser(driver))
    .option("--subnet <prefix>", "10.1.0.0/24; one a family. Default: one that nothing here uses", several)
    .option("--gateway <address>", "the bridge's own; one a family. Default: the subnet's first", several)
    .option("--ip-range <prefix>", "where addresses are allocated; one a family", several)
    .option("--aux-address <name=address>", "an address that is never allocated; may be repeated", assignment)
    .option("--no-ipv4", "without IPv4")
    .option("--ipv6", "with IPv6; without a subnet: one of a random ULA prefix")
    .option("--internal", "no way out")
    .option("-o, --opt <key=value>", "com.docker.network.…, or ageing_time=… of the bridge", assignment)
    .option("--bridge <name>", "what to call the bridge")
    .option("--mtu <bytes>", "of every link", whole)
    .option("--icc <bool>", "may endpoints reach one another? Default: true", truth)
    .option("--masquerade <bool>", "out by the host's address? Default: true", truth)
    .option("--gateway-mode <mode>", "nat, routed, nat-unprotected, isolated; ipv6=routed for one family", several)
    .option("--snat <address>", "out by this address of the host; one a family", several)
    .option("--host-binding <address>", "where ports are published that name no address; one a family", several)
    .option("--trusted <link>", "a link from which endpoints may be addressed directly; may be repeated", several)
    .option("--hairpin", "frames may leave by the port they came in by")
    .addOption(new Option("--mac-policy <policy>", "MACs of endpoints").choices(["random", "address"]))
    .option("--label <key=value>", "yours; may be repeated", keyValue)
    .option("--enable-forwarding", "turn ip_forward on where it is off, and drop between other links")
    .option("--from <file>", "make what `inspect -j` printed; - for standard input")
    .option(
      "--connect",
      "with --from: its endpoints too, in the namespaces of the same names; again: those that are missing",
    )
    .action(async (name: string | undefined, options: CreateOptions, command: Command) => {
      const { from, enableForwarding } = options;
      checkArguments(command, options);
      if (from !== undefined) checkFrom(name, command);
      else if (name === undefined) throw new UsageError("network create: a name, or --from FILE");
      else if (options.connect === true) throw new UsageError("--connect goes with --from");
      const asked = name === undefined ? undefined : networkOf(name, options);
      await withNetworks("network create", options, async (networks) => {
        if (asked === undefined) {
          const code = await fromFile(networks, from ?? "-", options);
          if (code !== 0) exit(code);
        } else await tell(await networks.create(asked, { enableForwarding }), options);
      });
    });
};
