// They have no bridge in common. That a router between them knows the way is no reason that it lets anybody through.
import { commandIn } from "../command.ts";
import type { Cause, Finding } from "../finding.ts";
import { isOurs, joinCommand } from "../ours.ts";
import type { End, Situation } from "../situation.ts";
import { cameThrough } from "../situation.ts";
import { nameOf, rawName } from "../words.ts";

const bridgesOf = ({ attachments }: End): string => {
  const names = attachments.flatMap(({ bridge }) => (bridge === undefined ? [] : [nameOf(bridge)]));
  return names.length === 0 ? "no bridge" : [...new Set(names)].join(", ");
};

/** Where nlkit has a part in it, nlkit mends it; else B gets a link to A's bridge. A name can be told to `ip` as a namespace, a path cannot. */
const apart = (situation: Situation): Finding => {
  const { a, b, host } = situation;
  const says = `${a.label} and ${b.label} are not on one network: ${a.label} is on ${bridgesOf(a)}, ${b.label} on ${bridgesOf(b)}`;
  const join = joinCommand(situation);
  if (join !== undefined) return { cause: "not-on-one-network", says, mend: join };
  const bridge = a.attachments.find((one) => one.bridge !== undefined && !isOurs(one.bridge))?.bridge;
  const peer = typeof b.ref === "string" && !b.ref.includes("/") ? b.ref : undefined;
  if (bridge === undefined || peer === undefined) return { cause: "not-on-one-network", says };
  const taken = new Set(b.links.map(rawName));
  const free = Array.from({ length: taken.size + 1 }, (_, i) => `eth${i}`).find((name) => !taken.has(name)) ?? "eth0";
  const args = ["link", "add", "master", rawName(bridge), "up", "type", "veth", "peer", "name", free, "netns", peer];
  return { cause: "not-on-one-network", says, mend: commandIn(host.ref, "ip", ...args) };
};

/** No bridge in common, and no gateway that leads there. */
export const notOnOneNetwork: Cause = (situation) => {
  const { shared, ways } = situation;
  const isRouted = ways.some(
    ({ there }) => there.route?.attrs.gateway !== undefined || there.route?.attrs.via !== undefined,
  );
  return shared.length > 0 || isRouted || ways.some(cameThrough) ? undefined : apart(situation);
};

/** No bridge in common, and the host's packet filter keeps the two bridges apart, as it does between networks. */
export const keptApart: Cause = (situation) => {
  const { shared, ways } = situation;
  if (shared.length > 0 || ways.some(cameThrough)) return undefined;
  const isDropped = ways.some(({ probe }) => probe?.drops.some(({ where }) => where === "host") === true);
  return isDropped ? apart(situation) : undefined;
};
