// What endpoints are called, as lines of hosts(5).
import { quote } from "../codec/text.ts";
import type { NetworkState } from "./state.ts";

/** A line: an address and who has it. */
export interface HostsEntry {
  /** IPv4 or IPv6. */
  readonly address: string;
  /** Name and aliases of the endpoint, those that can stand in such a file. */
  readonly names: readonly string[];
}
/** What a network gives to such a file. */
export interface HostsTable {
  /** A line each. */
  readonly entries: readonly HostsEntry[];
  /** Names and aliases that cannot stand there: with spaces, "#"… */
  readonly unfit: readonly string[];
}

/** What resolvers take (RFC 1123, and "_" as Docker does): no space, no "#", nothing that a terminal would obey. */
const FIT = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?$/;
/** Numbers and dots alone would be read as an address. */
const isName = (name: string): boolean => FIT.test(name) && !/^[\d.]+$/.test(name);

/**
 * The endpoints of a network and their addresses, in the order of their names.
 * @param network what there is
 */
export const hostsOf = ({ endpoints }: Pick<NetworkState, "endpoints">): HostsTable => {
  const all = endpoints
    .map(({ config }) => ({ config, names: [...new Set([config.name, ...config.aliases])] }))
    .sort((a, b) => (a.config.name < b.config.name ? -1 : 1));
  return {
    entries: all.flatMap(({ config, names }) => {
      const fit = names.filter(isName);
      const addresses = [config.ipv4, config.ipv6].filter((address) => address !== undefined);
      return fit.length === 0 ? [] : addresses.map((address) => ({ address, names: fit }));
    }),
    unfit: all.flatMap(({ names }) => names.filter((name) => !isName(name))),
  };
};

/** One entry as a line. */
export const hostsLine = ({ address, names }: HostsEntry): string => `${address}\t${names.join(" ")}`;

/** Networks of two hosts may have one name: their blocks are told apart by the host. */
const markers = (network: string, host: string): readonly [string, string] => {
  const what = `# nlkit network ${quote(network)}${host === "" ? "" : ` of ${quote(host)}`}`;
  return [`${what} begin`, `${what} end`];
};

/** What a new file has beside our lines: it stands in place of /etc/hosts, and nobody else says what localhost is. */
const NEW = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";

/**
 * A hosts file with a network's lines in it, between two marker lines. Every other line stays as it is; a block of the same network that is
 * there is replaced, where it stands.
 * @param text the file; undefined: there is none yet
 * @param network its name
 * @param entries none: the block goes
 * @param host whose network: what the namespace of its bridge is called. Default: the machine's own
 */
export const withHosts = (
  text: string | undefined,
  network: string,
  entries: readonly HostsEntry[],
  host = "",
): string => {
  const [begin, end] = markers(network, host);
  const block = entries.length === 0 ? "" : `${[begin, ...entries.map(hostsLine), end].join("\n")}\n`;
  const lines = (text ?? NEW).split(/(?<=\n)/);
  const is = (marker: string) => (line: string) => line.trimEnd() === marker;
  const from = lines.findIndex(is(begin));
  const to = lines.findIndex((line, i) => i > from && is(end)(line));
  if (from >= 0 && to > from) return [...lines.slice(0, from), block, ...lines.slice(to + 1)].join("");
  // A block without its end is somebody's edit: it is left alone.
  const before = lines.join("");
  return before === "" || before.endsWith("\n") ? before + block : `${before}\n${block}`;
};
