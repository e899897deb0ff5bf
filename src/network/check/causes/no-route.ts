// A does not know the way to B, or B not the way back.
import { AF } from "../../../attrs/families.ts";
import type { Address } from "../../../client/addresses.ts";
import { formatSubnet, subnetOf } from "../../subnet.ts";
import { commandIn } from "../command.ts";
import type { Cause, Finding } from "../finding.ts";
import type { Attachment, End, Situation, Way } from "../situation.ts";
import { addressesOf, textOf } from "../ways.ts";
import { nameOf, rawName } from "../words.ts";

const WHY: Readonly<Record<string, string>> = {
  EHOSTUNREACH: "a route of type unreachable",
  EACCES: "a route of type prohibit",
  EINVAL: "a route of type blackhole",
};

/** Straight out by the link that both share; else by the bridge's own address. */
const routeTo = (
  { host }: Situation,
  from: End,
  at: Attachment | undefined,
  target: Address | undefined,
  family: number,
): string | undefined => {
  if (at !== undefined && target !== undefined) {
    const subnet = formatSubnet(subnetOf(textOf(target), target.header.prefixlen));
    return commandIn(from.ref, "ip", "route", "replace", subnet, "dev", rawName(at.link));
  }
  for (const { bridge } of from.attachments) {
    const gateway = host.addresses.find(
      ({ header }) => header.index === bridge?.header.index && header.family === family && header.scope === 0,
    );
    if (gateway === undefined) continue;
    const version = family === AF.INET6 ? ["-6"] : [];
    return commandIn(from.ref, "ip", ...version, "route", "replace", "default", "via", textOf(gateway));
  }
  return undefined;
};

const missing = (situation: Situation, way: Way): Finding | undefined => {
  const { a, b } = situation;
  const to = (end: End, text: string | undefined): Address | undefined =>
    addressesOf(end, way.family).find((one) => textOf(one) === text);
  const mended = (from: End, at: Attachment | undefined, target: Address | undefined) =>
    routeTo(situation, from, at, target, way.family);
  const why = (code: string): string => (WHY[code] === undefined ? "" : `: ${WHY[code]} is in the way`);
  if (way.there.code !== undefined) {
    const says = `${a.label} has no route to ${way.address} of ${b.label}${why(way.there.code)}`;
    return { cause: "no-route", says, mend: mended(a, way.shared?.a, to(b, way.address)) };
  }
  if (way.back.code !== undefined) {
    const says = `${b.label} has no route back to ${way.source} of ${a.label}${why(way.back.code)}`;
    return { cause: "no-route-back", says, mend: mended(b, way.shared?.b, to(a, way.source)) };
  }
  const oif = way.there.route?.attrs.oif;
  const out = a.links.find(({ header }) => header.index === oif);
  if (way.shared === undefined || out === undefined || oif === way.shared.a.link.header.index) return undefined;
  const says = `${a.label} sends what is for ${way.address} out by ${nameOf(out)}, not by ${nameOf(way.shared.a.link)}, where ${b.label} is`;
  const mend = commandIn(a.ref, "ip", "route", "replace", way.address, "dev", rawName(way.shared.a.link));
  return { cause: "other-way", says, mend };
};

export const noRoute: Cause = (situation) => {
  for (const way of situation.ways) {
    const found = missing(situation, way);
    if (found !== undefined) return found;
  }
  return undefined;
};
