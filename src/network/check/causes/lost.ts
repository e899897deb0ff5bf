// Nothing else was found, and yet the packet does not come through: how far it was seen.
import type { Cause } from "../finding.ts";
import { takes } from "../listening.ts";
import type { Drop, Probe, Situation } from "../situation.ts";
import { cameThrough } from "../situation.ts";

const seenIn = ({ seen }: Probe, where: Drop["where"], direction: Drop["direction"]): boolean =>
  seen.some((one) => one.where === where && one.direction === direction);

const howFar = ({ a, b }: Situation, probe: Probe): string => {
  if (!probe.traced) return "nf_tables cannot be asked where";
  if (seenIn(probe, "a", "back")) return `the answer came back to ${a.label}, which did not take it`;
  if (seenIn(probe, "b", "back")) return `${b.label} answered, and the answer did not come back to ${a.label}`;
  if (seenIn(probe, "b", "there")) return `it came to ${b.label}, which did not answer`;
  if (seenIn(probe, "host", "there")) return `it came to the host, and not to ${b.label}`;
  if (seenIn(probe, "a", "there")) return `it left ${a.label}, and did not come to the host`;
  return `it did not leave ${a.label}`;
};

export const lost: Cause = (situation) => {
  const { b, service, ways } = situation;
  for (const way of ways) {
    const { probe } = way;
    if (probe === undefined) continue;
    if (!cameThrough(way)) {
      const ended = typeof probe.outcome === "object" ? `ended with ${probe.outcome.code}` : "was not answered";
      return { cause: "lost", says: `${probe.what} to ${way.address} ${ended}: ${howFar(situation, probe)}` };
    }
    // A server of one family alone is refused in the other, and rightly.
    const isTaken = b.listeners.some((one) => one.header.sport === service?.port && takes(one, way.address));
    if (probe.outcome !== "refused" || !isTaken) continue;
    const says = `${probe.what} to ${way.address} is refused, although ${b.label} listens: by a filter that nf_tables does not show`;
    return { cause: "refused", says };
  }
  return undefined;
};
