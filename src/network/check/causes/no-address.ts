// A link without an address, or two that have addresses of different families.
import { AF } from "../../../attrs/families.ts";
import { formatSubnet, freeAddress, subnetOf } from "../../subnet.ts";
import { commandIn } from "../command.ts";
import type { Cause } from "../finding.ts";
import type { Attachment, End, Situation } from "../situation.ts";
import { addressesOf, textOf } from "../ways.ts";
import { nameOf, rawName } from "../words.ts";

const FAMILIES = [AF.INET, AF.INET6];

/** An address of the network that nobody seen has: its subnet is the bridge's, or the other's. */
const suggestion = ({ a, b, host, shared }: Situation, at: Attachment): string | undefined => {
  const all = [...a.addresses, ...b.addresses, ...host.addresses];
  const onBridge = host.addresses.filter(({ header }) => header.index === at.bridge?.header.index);
  const onShared = shared.flatMap((pair) => [...addressesOf(a, AF.INET, pair.a), ...addressesOf(b, AF.INET, pair.b)]);
  const [pattern] = [...onBridge, ...onShared].filter(({ header }) => header.family === AF.INET);
  if (pattern === undefined) return undefined;
  const subnet = subnetOf(textOf(pattern), pattern.header.prefixlen);
  const free = freeAddress(subnet, undefined, new Set(all.map(textOf)));
  return free === undefined ? undefined : `${free}/${formatSubnet(subnet).split("/")[1]}`;
};

export const noAddress: Cause = (situation) => {
  const { a, b, shared } = situation;
  const isWhole = (family: number, one: Attachment | undefined, other: Attachment | undefined): boolean =>
    addressesOf(a, family, one).length > 0 && addressesOf(b, family, other).length > 0;
  const pairs: { readonly a: Attachment | undefined; readonly b: Attachment | undefined }[] =
    shared.length > 0 ? [...shared] : [{ a: undefined, b: undefined }];
  if (pairs.some((pair) => FAMILIES.some((family) => isWhole(family, pair.a, pair.b)))) return undefined;
  const [pair] = pairs;
  const lacks = (end: End, at: Attachment | undefined): boolean =>
    FAMILIES.every((family) => addressesOf(end, family, at).length === 0);
  for (const [end, at] of [
    [a, pair?.a],
    [b, pair?.b],
  ] as const) {
    if (!lacks(end, at)) continue;
    const place = at ?? end.attachments[0];
    const says =
      place === undefined ? `${end.label} has no address` : `${nameOf(place.link)} of ${end.label} has no address`;
    const address = place === undefined ? undefined : suggestion(situation, place);
    if (place === undefined || address === undefined) return { cause: "no-address", says };
    return {
      cause: "no-address",
      says,
      mend: commandIn(end.ref, "ip", "address", "add", address, "dev", rawName(place.link)),
    };
  }
  const place = pair?.b ?? b.attachments[0];
  const says = `${a.label} and ${b.label} have no addresses of one family: one has IPv4, the other IPv6`;
  const [lacking, at] = addressesOf(a, AF.INET, pair?.a).length === 0 ? [a, pair?.a ?? a.attachments[0]] : [b, place];
  const address = at === undefined ? undefined : suggestion(situation, at);
  if (at === undefined || address === undefined) return { cause: "no-address", says };
  return {
    cause: "no-address",
    says,
    mend: commandIn(lacking.ref, "ip", "address", "add", address, "dev", rawName(at.link)),
  };
};
