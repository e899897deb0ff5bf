// Isolated ports exchange no frames with each other: that is how traffic between endpoints of one network (ICC) is turned off.
import { commandIn } from "../command.ts";
import type { Cause } from "../finding.ts";
import { nameOf, rawName } from "../words.ts";

export const isolated: Cause = ({ a, b, host, shared }) => {
  const isolatedPairs = shared.filter((pair) =>
    [pair.a, pair.b].every(({ port }) => port.attrs.linkinfo?.slaveData?.bridge?.isolated === 1),
  );
  const [pair] = isolatedPairs;
  if (pair === undefined || isolatedPairs.length < shared.length) return undefined;
  const says = `ports ${nameOf(pair.a.port)} (${a.label}) and ${nameOf(pair.b.port)} (${b.label}) are isolated from each other: the network was made without ICC`;
  return {
    cause: "isolated",
    says,
    mend: commandIn(host.ref, "bridge", "link", "set", "dev", rawName(pair.b.port), "isolated", "off"),
  };
};
