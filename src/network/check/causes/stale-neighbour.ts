// A remembers a hardware address that B's link no longer has: it was made anew, and nobody announced it.
import { commandIn } from "../command.ts";
import type { Cause } from "../finding.ts";
import { cameThrough } from "../situation.ts";
import { nameOf, rawName } from "../words.ts";

export const staleNeighbour: Cause = ({ a, b, ways }) => {
  for (const way of ways) {
    if (way.shared === undefined || cameThrough(way)) continue;
    const sides = [
      { from: a, own: way.shared.a.link, to: b, other: way.shared.b.link, address: way.address },
      { from: b, own: way.shared.b.link, to: a, other: way.shared.a.link, address: way.source },
    ];
    for (const { from, own, to, other, address } of sides) {
      const entry = from.neighbours.find(
        ({ header, attrs }) => header.ifindex === own.header.index && attrs.dst === address,
      );
      if (entry?.attrs.lladdr === undefined || entry.attrs.lladdr === other.attrs.address) continue;
      return {
        cause: "stale-neighbour",
        says: `${from.label} sends what is for ${address} to ${entry.attrs.lladdr}, but ${nameOf(other)} of ${to.label} has ${other.attrs.address}`,
        mend: commandIn(from.ref, "ip", "neighbour", "delete", address ?? "", "dev", rawName(own)),
      };
    }
  }
  return undefined;
};
