// Somebody listens on the port, but not on an address that A can reach: mostly 127.0.0.1, which is B's alone.
import { commandIn } from "../command.ts";
import type { Cause } from "../finding.ts";
import { boundTo, holderOf, takes } from "../listening.ts";

const isLocal = (address: string): boolean => address === "::1" || address.startsWith("127.");

export const listensElsewhere: Cause = ({ b, service, ways }) => {
  const own = b.listeners.filter(({ header }) => header.sport === service?.port);
  const [first] = own;
  const [way] = ways;
  if (service === undefined || first === undefined || way === undefined) return undefined;
  if (ways.some(({ address, probe }) => probe?.outcome === "answered" || own.some((one) => takes(one, address)))) {
    return undefined;
  }
  const places = [...new Set(own.map(boundTo))];
  const bound = places[0] ?? "";
  const says = `${holderOf(first)} in ${b.label} listens on ${places.join(" and ")} port ${service.port} only, not on ${way.address}`;
  const version = (address: string): string => (address.includes(":") ? "6" : "4");
  const [from, to] = [version(way.address), version(bound)];
  const relay = [
    `${service.protocol.toUpperCase()}${from}-LISTEN:${service.port},bind=${from === "6" ? `[${way.address}]` : way.address},fork,reuseaddr`,
    `${service.protocol.toUpperCase()}${to}:${to === "6" ? `[${bound}]` : bound}:${service.port}`,
  ];
  return {
    cause: places.every(isLocal) ? "listens-on-localhost" : "listens-elsewhere",
    says,
    mend: commandIn(b.ref, "socat", ...relay),
  };
};
