// Isolated ports exchange no frames with each other: that is how traffic between endpoints of one network (ICC) is turned off.
import { quote } from "../../../codec/text.ts";
import { commandIn } from "../command.ts";
import type { Cause, Finding } from "../finding.ts";
import { endpointAt, publishing } from "../ours.ts";
import type { Situation } from "../situation.ts";
import { nameOf, rawName } from "../words.ts";

/** As the network was made: its rules keep them apart too, so a port that is let go leads nowhere but past the bridge's filter. */
const withoutIcc = (situation: Situation, pair: Situation["shared"][number], says: string): Finding | undefined => {
  const ours = endpointAt(situation.host, pair.b);
  if (ours === undefined || ours.network.icc) return undefined;
  const { says: how, mend } = publishing(situation, ours, situation.ways[0]) ?? {};
  const name = quote(ours.network.name);
  const other = `connect both to one with ICC${how === undefined ? "" : `, or publish: ${how}`}`;
  return { cause: "isolated", says: `${says}, as network ${name} was made with ICC off: ${other}`, mend };
};

export const isolated: Cause = (situation) => {
  const { a, b, host, shared } = situation;
  const isolatedPairs = shared.filter((pair) =>
    [pair.a, pair.b].every(({ port }) => port.attrs.linkinfo?.slaveData?.bridge?.isolated === 1),
  );
  const [pair] = isolatedPairs;
  if (pair === undefined || isolatedPairs.length < shared.length) return undefined;
  const says = `ports ${nameOf(pair.a.port)} (${a.label}) and ${nameOf(pair.b.port)} (${b.label}) are isolated from each other`;
  return (
    withoutIcc(situation, pair, says) ?? {
      cause: "isolated",
      says: `${says}: the network was made without ICC`,
      mend: commandIn(host.ref, "bridge", "link", "set", "dev", rawName(pair.b.port), "isolated", "off"),
    }
  );
};
