// No process of B has the port.
import type { Cause } from "../finding.ts";
import { holderOf } from "../listening.ts";

export const nobodyListens: Cause = ({ b, service, ways }) => {
  if (service === undefined || b.listeners.some(({ header }) => header.sport === service.port)) return undefined;
  // A port that is forwarded inside B has no listener, and answers all the same.
  if (ways.some(({ probe }) => probe?.outcome === "answered")) return undefined;
  const others = b.listeners.map((one) => `${holderOf(one)} has ${one.header.sport}`);
  const shown = [...new Set(others)].slice(0, 3).join(", ");
  const says = `nobody in ${b.label} listens on ${service.protocol} ${service.port}${shown === "" ? "" : `; ${shown}`}`;
  return { cause: "nobody-listens", says };
};
