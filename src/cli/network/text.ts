// Networks and endpoints in words. Names, aliases and labels are hostile text: nothing leaves here unescaped.
import { plain, quote } from "../../codec/text.ts";
import type { EndpointConfig, FamilyConfig, NetworkConfig, PublishedPort } from "../../network/model.ts";
import type { EndpointState, NetworkState, State } from "../../network/state.ts";
import type { Reaped } from "../../network/watch.ts";

const listed = (...words: readonly (string | undefined)[]): string =>
  words.filter((word) => word !== undefined).join(" ");

/** "127.0.0.1:8080->80/tcp" */
const portText = ({ hostAddress, hostPort, port, protocol }: PublishedPort): string => {
  const host = hostAddress === undefined ? "*" : hostAddress.includes(":") ? `[${hostAddress}]` : hostAddress;
  return `${host}:${hostPort}->${port}/${protocol}`;
};

/** One line: "ns1 eth0 172.18.0.2 fd00::2 02:…" */
export const endpointText = ({ name, ifname, ipv4, ipv6, mac, ports }: EndpointConfig): string =>
  plain(listed(name, ifname, ipv4, ipv6, mac, ...ports.map(portText)));

const labelsText = (labels: Readonly<Record<string, string>>): string[] =>
  Object.entries(labels).map(([key, value]) => `label ${quote(key)}=${quote(value)}`);

const familyText = (family: FamilyConfig | undefined): string[] => {
  if (family === undefined) return [];
  const { subnet, gateway, range, aux, mode, snat, hostBinding } = family;
  const named = (name: string, value: string | undefined): string | undefined =>
    value === undefined ? undefined : `${name} ${value}`;
  const line = listed(
    `subnet ${subnet}`,
    named("gateway", gateway),
    named("range", range),
    named("mode", mode),
    named("snat", snat),
    named("host-binding", hostBinding),
  );
  return [plain(line), ...Object.entries(aux).map(([name, address]) => `aux-address ${quote(name)}=${plain(address)}`)];
};

const switches = ({ internal, icc, hairpin, macPolicy, mtu, trusted, bridgeOptions }: NetworkConfig): string[] => [
  listed(
    mtu === undefined ? undefined : `mtu ${mtu}`,
    internal ? "internal" : undefined,
    `icc ${icc ? "on" : "off"}`,
    hairpin ? "hairpin" : undefined,
    `mac-policy ${macPolicy}`,
  ),
  ...trusted.map((link) => `trusted ${quote(link)}`),
  ...Object.entries(bridgeOptions ?? {}).map(([key, value]) => plain(`bridge ${key} ${value}`)),
];

const endpointLines = ({ config, health }: EndpointState, movedTo: string | undefined): string[] => {
  const { netns, port, gatewayPriority, routes, aliases } = config;
  const more = [
    `namespace ${quote(netns)} port ${plain(port)} gw-priority ${gatewayPriority}`,
    ...routes.map(({ dst, gateway }) => plain(`route ${dst}${gateway === undefined ? "" : ` via ${gateway}`}`)),
    ...aliases.map((alias) => `alias ${quote(alias)}`),
    ...labelsText(config.labels),
  ];
  return [
    `endpoint ${endpointText(config)}${health === "up" ? "" : ` (${health})`}`,
    ...(movedTo === undefined ? [] : [`  its link was moved to another namespace: ${quote(movedTo)}`]),
    ...more.map((line) => `  ${line}`),
  ];
};

/**
 * A network for who passes it on to another command: its name as it is, since quotation marks and backslashes do a terminal no harm; where a
 * name would, or would be taken for an option, the name of its bridge, by which every command knows it too.
 */
export const takenName = ({ name, bridge }: NetworkConfig): string =>
  !name.startsWith("-") && plain(name).replace(/\\(["\\])/g, "$1") === name ? name : plain(bridge);

/** Everything, a line a thing: what `network inspect` prints for people. */
export const networkLines = (
  { config, health, endpoints }: NetworkState,
  moved: ReadonlyMap<string, string>,
): string[] => {
  const head = `${plain(config.name)}: bridge ${plain(config.bridge)}${health === "up" ? "" : ` (${health})`}`;
  const lines = [
    ...familyText(config.ipv4),
    ...familyText(config.ipv6),
    ...switches(config),
    ...labelsText(config.labels),
    ...endpoints.flatMap((one) => endpointLines(one, moved.get(one.config.port))),
  ];
  return [head, ...lines.map((line) => `  ${line}`)];
};

/** What was taken away because it was dead, a line a thing. */
export const reapedLines = ({ endpoints, networks }: Reaped): string[] => [
  ...endpoints.map((endpoint) => `removed endpoint ${endpointText(endpoint)} of ${plain(endpoint.bridge)}`),
  ...networks.map(({ name, bridge }) => `removed network ${plain(name)}, ${plain(bridge)}`),
];

/** Links that nobody knows any more: what was kept of them went with the firewall. */
const strayLines = ({ strays }: State): string[] => {
  const ports = (index: number): number => strays.filter(({ attrs }) => attrs.master === index).length;
  return strays.map(({ header, attrs }) => {
    const name = plain(attrs.ifname ?? "");
    const count = attrs.linkinfo?.kind === "bridge" ? ports(header.index) : 0;
    const running = count === 0 ? "" : ` ${count} ${count === 1 ? "endpoint is" : "endpoints are"} running on it;`;
    return `link ${name} has our group and nothing is kept of it:${running} nlkit network prune removes it, and cuts off what uses it`;
  });
};
const flushedLines = ({ hasTables, strays }: State): string[] =>
  hasTables || strays.length === 0
    ? []
    : [
        "the firewall of nlkit's networks is gone (was the ruleset flushed?): endpoints run without it, and may reach the host, its " +
          "127.0.0.1 where a port was published there, and each other",
      ];

/** What needs a hand, for stderr: it is no network. */
export const warningLines = (state: State): string[] => [
  ...flushedLines(state),
  ...(state.missing.length === 0
    ? []
    : [
        `of the firewall is missing: ${state.missing.join(", ")}; endpoints run without, the next change makes it anew`,
      ]),
  ...strayLines(state),
  ...[...state.networks, ...state.networks.flatMap(({ endpoints }) => endpoints)].flatMap(({ config, health, link }) =>
    health === "renamed"
      ? [`${plain(config.name)}: its link is called ${plain(link?.attrs.ifname ?? "")} now, and passes nothing`]
      : [],
  ),
  ...state.lost.map(
    ({ config }) => `endpoint ${plain(config.name)} is of no network that is kept: the next change removes it`,
  ),
  ...state.broken.map(
    (name) => `what is kept of ${plain(name)} cannot be read: somebody changed set metadata of table inet nlkit`,
  ),
];

/** Columns, each as wide as its widest. */
export const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
};
