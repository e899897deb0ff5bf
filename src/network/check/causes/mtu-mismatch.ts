// Frames that one link sends and the next does not take are dropped without a word: small packets pass, large ones vanish.
import { commandIn } from "../command.ts";
import type { Cause } from "../finding.ts";
import { nameOf, rawName } from "../words.ts";

export const mtuMismatch: Cause = ({ a, b, host, shared }) => {
  for (const pair of shared) {
    const places = [
      { link: pair.a.link, ref: a.ref, who: `${nameOf(pair.a.link)} of ${a.label}` },
      { link: pair.b.link, ref: b.ref, who: `${nameOf(pair.b.link)} of ${b.label}` },
      { link: pair.a.port, ref: host.ref, who: `port ${nameOf(pair.a.port)}` },
      { link: pair.b.port, ref: host.ref, who: `port ${nameOf(pair.b.port)}` },
    ].sort((one, other) => (one.link.attrs.mtu ?? 0) - (other.link.attrs.mtu ?? 0));
    const [least, most] = [places[0], places.at(-1)];
    if (least === undefined || most === undefined || least.link.attrs.mtu === most.link.attrs.mtu) continue;
    return {
      cause: "mtu-mismatch",
      says: `${most.who} has MTU ${most.link.attrs.mtu}, ${least.who} ${least.link.attrs.mtu}: larger packets are lost between them`,
      mend: commandIn(most.ref, "ip", "link", "set", rawName(most.link), "mtu", `${least.link.attrs.mtu}`),
    };
  }
  return undefined;
};
