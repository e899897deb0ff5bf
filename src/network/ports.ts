// Published ports as text: "8080:80", "127.0.0.1:8053:53/udp", "[::1]:443:443", "8000-8009:8000-8009/tcp". The form of `docker run -p`.
import { familyOf } from "../client/prefix.ts";
import { checked, invalid } from "./errors.ts";
import type { PortProtocol, PublishedPort } from "./model.ts";
import { addressToNumber, numberToAddress } from "./subnet.ts";

const FORM = /^(?:(\[[^\]]*\]|[\d.]+):)?(\d+)(?:-(\d+))?:(\d+)(?:-(\d+))?(?:\/(\w+))?$/;
const PROTOCOLS: readonly string[] = ["tcp", "udp", "sctp"] satisfies PortProtocol[];

const checkPort = (port: number): number =>
  Number.isInteger(port) && port >= 1 && port <= 65535 ? port : invalid(`${port} is no port: 1 to 65535`);

/** An address as the codec writes it; those that cannot be published on are refused. */
const checkHostAddress = (address: string | undefined): string | undefined => {
  if (address === undefined) return undefined;
  const canonical = checked(() => numberToAddress(addressToNumber(address), familyOf(address)));
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
  const address = checkHostAddress(hostAddress);
  return {
    protocol,
    hostPort: checkPort(hostPort),
    port: checkPort(port),
    ...(address === undefined ? {} : { hostAddress: address }),
  };
};

/**
 * Reads a published port, or a range of them.
 * @param text `[host address:]host port[-last]:port[-last][/protocol]`; IPv6 addresses in brackets
 * @throws NetworkError INVALID
 */
export const parsePorts = (text: string): PublishedPort[] => {
  const [, address, first, last, to, toLast, protocol = "tcp"] = FORM.exec(text) ?? [];
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
    invalid(`${JSON.stringify(text)}: a range of host ports needs a range of ports`);
  const host = address?.replace(/^\[|\]$/g, "");
  return Array.from({ length: count }, (_, i) =>
    checkPublished({
      protocol: protocol as PortProtocol,
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

/** "127.0.0.1:8080->80/tcp" */
export const formatPort = ({ hostAddress, hostPort, port, protocol }: PublishedPort): string => {
  const host = hostAddress === undefined ? "*" : hostAddress.includes(":") ? `[${hostAddress}]` : hostAddress;
  return `${host}:${hostPort}->${port}/${protocol}`;
};
