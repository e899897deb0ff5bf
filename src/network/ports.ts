// Published ports as text: "8080:80", "127.0.0.1:8053:53/udp", "[::1]:443:443", "8000-8009:8000-8009/tcp". The form of `docker run -p`.
import { familyOf } from "../client/prefix.ts";
import { checked, invalid } from "./errors.ts";
import { FAMILIES, type NetworkConfig, type PortProtocol, type PublishedPort } from "./model.ts";
import { addressToNumber, contains, numberToAddress, parseSubnet } from "./subnet.ts";

const FORM = /^(?:(\[[^\]]*\]|[\d.]+):)?(\d+)(?:-(\d+))?:(\d+)(?:-(\d+))?(?:\/(\w+))?$/;
const PROTOCOLS: readonly string[] = ["tcp", "udp", "sctp"] satisfies PortProtocol[];

const checkPort = (port: number): number =>
  Number.isInteger(port) && port >= 1 && port <= 65535 ? port : invalid(`${port} is no port: 1 to 65535`);

/** What rules find no packet for, though an address may look like one of a host, and why. */
const UNFIT = (
  [
    ["::ffff:0.0.0.0/96", "packets have the IPv4 address that is in it. Publish on that"],
    ["fe80::/10", "which link's it is cannot be said. Publish on a global address"],
    ["224.0.0.0/4", "it is a group's, and no host's"],
    ["ff00::/8", "it is a group's, and no host's"],
  ] as const
).map(([subnet, why]) => [parseSubnet(subnet), why] as const);

/**
 * An address of the host as the codec writes it; those that cannot be published on, whatever the host has, are refused.
 * @param address without a length
 * @throws NetworkError INVALID
 */
export const checkHostAddress = (address: string): string => {
  const canonical = checked(() => numberToAddress(addressToNumber(address), familyOf(address)));
  const [, why] = UNFIT.find(([subnet]) => contains(subnet, canonical)) ?? [];
  if (why !== undefined) invalid(`${canonical} cannot be published on: ${why}`);
  if (canonical === "::1") {
    return invalid(
      "::1 cannot be published: IPv6 has no route_localnet, so answers could not come back. Publish on 127.0.0.1, or on an address of a link",
    );
  }
  return canonical;
};

const checkPublished = (published: PublishedPort): PublishedPort => {
  const { protocol = "tcp", hostAddress, hostPort, port } = published;
  if (!PROTOCOLS.includes(protocol)) invalid(`${JSON.stringify(protocol)} is no protocol with ports: tcp, udp, sctp`);
  const address = hostAddress === undefined ? undefined : checkHostAddress(hostAddress);
  return {
    protocol,
    hostPort: checkPort(hostPort),
    port: checkPort(port),
    ...(address === undefined ? {} : { hostAddress: address }),
  };
};

/** What Docker would choose a port of the host for: here it has to be named, since nobody is there to be asked which it was. */
const unchosen = (text: string): void => {
  const [, address = "", port, protocol = ""] = /^(?:(\[[^\]]*\]:|[\d.]+:):?)?(\d{1,5})(\/\w+)?$/.exec(text) ?? [];
  if (port === undefined || (address !== "" && !text.includes("::"))) return;
  invalid(
    `${JSON.stringify(text)} names no port of the host, and none is chosen here: ${address}8080:${port}${protocol} for port 8080 of the host`,
  );
};

/**
 * Reads a published port, or a range of them.
 * @param text `[host address:]host port[-last]:port[-last][/protocol]`; IPv6 addresses in brackets
 * @throws NetworkError INVALID
 */
export const parsePorts = (text: string): PublishedPort[] => {
  const [, address, first, last, to, toLast, protocol = "tcp"] = FORM.exec(text) ?? [];
  unchosen(text);
  if (first === undefined || to === undefined) {
    return invalid(
      `${JSON.stringify(text)} is no published port: [ADDRESS:]HOST-PORT[-LAST]:PORT[-LAST][/tcp|udp|sctp]`,
    );
  }
  const hostPort = checkPort(Number(first));
  const port = checkPort(Number(to));
  const count = checkPort(Number(last ?? first)) - hostPort + 1;
  if (count < 1 || (toLast !== undefined && checkPort(Number(toLast)) - port + 1 !== count)) {
    invalid(`${JSON.stringify(text)}: the two ranges are not of one length`);
  }
  // Several host ports and one of the endpoint: nothing says which.
  if (count > 1 && toLast === undefined)
    invalid(
      `${JSON.stringify(text)}: a range of host ports needs a range of ports (${first}-${last}:${to}-${port + count - 1}), and none of them is chosen here: ${first}:${to}`,
    );
  const host = address?.replace(/^\[|\]$/g, "");
  return Array.from({ length: count }, (_, i) =>
    checkPublished({
      protocol: protocol.toLowerCase() as PortProtocol,
      hostPort: hostPort + i,
      port: port + i,
      ...(host === undefined ? {} : { hostAddress: host }),
    }),
  );
};

/**
 * Published ports as given, one by one.
 * @param ports text or objects
 * @throws NetworkError INVALID
 */
export const portsOf = (ports: readonly (string | PublishedPort)[] = []): PublishedPort[] =>
  ports.flatMap((port) => (typeof port === "string" ? parsePorts(port) : [checkPublished(port)]));

const ANY = { 4: "0.0.0.0", 6: "::" } as const;
/** Does it name one address of the host? */
export const isSpecific = ({ hostAddress }: PublishedPort): boolean =>
  hostAddress !== undefined && hostAddress !== ANY[4] && hostAddress !== ANY[6];

/**
 * Published ports of a network's endpoint: those that would lead nowhere are refused, and where none is named the network's own addresses of
 * the host stand, so that what is kept and told is what is done.
 * @param network of the endpoint
 * @param ports text or objects
 * @throws NetworkError INVALID
 */
export const portsOn = (network: NetworkConfig, ports: readonly (string | PublishedPort)[] = []): PublishedPort[] =>
  portsOf(ports).flatMap((port): PublishedPort[] => {
    const own = FAMILIES.flatMap(([family, v]) => {
      const config = network[family];
      return config === undefined ? [] : [{ ...config, v }];
    });
    const { hostAddress } = port;
    if (hostAddress === undefined) {
      if (own.every(({ hostBinding }) => hostBinding === undefined)) return [port];
      return own.map(({ hostBinding, v }) => ({ ...port, hostAddress: hostBinding ?? ANY[v] }));
    }
    const wanted = hostAddress.includes(":") ? 6 : 4;
    const found = own.find(({ v }) => v === wanted);
    const name = `network ${JSON.stringify(network.name)}`;
    if (found === undefined) return invalid(`${formatPort(port)}: ${name} has no IPv${wanted}`);
    // The endpoint's port would be open to whoever has a route, and that of the host to nobody.
    if (found.mode === "routed" && isSpecific(port)) {
      return invalid(`${formatPort(port)}: ${name} is routed, and its ports are reached by no address of the host`);
    }
    return [port];
  });

/** "127.0.0.1:8080->80/tcp" */
export const formatPort = ({ hostAddress, hostPort, port, protocol }: PublishedPort): string => {
  const host = hostAddress === undefined ? "*" : hostAddress.includes(":") ? `[${hostAddress}]` : hostAddress;
  return `${host}:${hostPort}->${port}/${protocol}`;
};
