// An endpoint of nlkit's sends from its own addresses and hardware address, or `table bridge nlkit` drops it: before the bridge, so that no
// trace of the host's shows it. Somebody has changed or taken away what `connect` had set.
import { quote } from "../../../codec/text.ts";
import { FAMILIES } from "../../model.ts";
import { parseSubnet } from "../../subnet.ts";
import { commandIn } from "../command.ts";
import type { Cause, Finding } from "../finding.ts";
import { defaultCommands, endpointAt, type Ours } from "../ours.ts";
import { isForHosts } from "../sides.ts";
import type { Situation } from "../situation.ts";
import { textOf } from "../ways.ts";
import { attachmentsThatMatter, nameOf, type Owned, rawName } from "../words.ts";

type Family = (typeof FAMILIES)[number];
const GUARD = "table bridge nlkit of the host drops what comes from any other";

const otherMac = ({ end, at }: Owned, { endpoint }: Ours): Finding | undefined => {
  const mac = at.link.attrs.address;
  if (mac === endpoint.mac) return undefined;
  return {
    cause: "not-its-own",
    says: `${nameOf(at.link)} of ${end.label} has hardware address ${mac}, and endpoint ${quote(endpoint.name)} has ${endpoint.mac}: ${GUARD}`,
    mend: commandIn(end.ref, "ip", "link", "set", rawName(at.link), "address", endpoint.mac),
  };
};

/** Its addresses of one family, and the one that the endpoint should have. */
const held = ({ end, at }: Owned, { endpoint, network }: Ours, [family, version]: Family) => {
  const subnet = network[family]?.subnet;
  const all = end.addresses.filter(
    (one) =>
      isForHosts(one) && one.header.index === at.link.header.index && textOf(one).includes(":") === (version === 6),
  );
  const own = endpoint[family];
  return {
    own: own === undefined || subnet === undefined ? undefined : { text: own, length: parseSubnet(subnet).length },
    others: all.filter((one) => textOf(one) !== own),
    hasOwn: all.some((one) => textOf(one) === own),
  };
};

/** One command line: all that is missing, since routes of either family have gone that hung on it. */
const restore = (owned: Owned, ours: Ours, { host }: Situation, wrong: readonly string[]): string => {
  const { end, at } = owned;
  const link = rawName(at.link);
  const set = (action: string, address: string, ...more: string[]): string =>
    commandIn(end.ref, "ip", "address", action, address, "dev", link, ...more);
  // Also where it is there: deleting an address takes those along that the kernel counts as secondary to it.
  const own = FAMILIES.flatMap((family) => {
    const { own: one } = held(owned, ours, family);
    return one === undefined
      ? []
      : [set("replace", `${one.text}/${one.length}`, ...(family[1] === 6 ? ["nodad"] : []))];
  });
  return [...wrong.map((address) => set("delete", address)), ...own, ...defaultCommands(end, host, ours, at.link)].join(
    " && ",
  );
};

/** What is used that is not its own: by a way, or since its own is not there. */
const otherAddress = (owned: Owned, ours: Ours, situation: Situation): Finding | undefined => {
  const { end, at } = owned;
  const used = situation.ways.flatMap(({ address, source }) => [address, source]);
  for (const family of FAMILIES) {
    const { own, others, hasOwn } = held(owned, ours, family);
    const wrong = others.filter((one) => !hasOwn || used.includes(textOf(one)));
    if (wrong.length === 0) continue;
    const addresses = wrong.map((one) => `${textOf(one)}/${one.header.prefixlen}`);
    const has = own === undefined ? `no address of ${family[0] === "ipv4" ? "IPv4" : "IPv6"}` : own.text;
    return {
      cause: "not-its-own",
      says: `${nameOf(at.link)} of ${end.label} has ${wrong.map(textOf).join(", ")}, and endpoint ${quote(ours.endpoint.name)} has ${has}: ${GUARD}`,
      mend: restore(owned, ours, situation, addresses),
    };
  }
  return undefined;
};

/** One that should be there and is not, nor any other in its place. */
const lostAddress = (
  owned: Owned,
  ours: Ours,
  situation: Situation,
  families: readonly Family[],
): Finding | undefined => {
  for (const family of families) {
    const { own, others, hasOwn } = held(owned, ours, family);
    if (own === undefined || hasOwn || others.length > 0) continue;
    return {
      cause: "lost-address",
      says: `${nameOf(owned.at.link)} of ${owned.end.label} lacks ${own.text}, which endpoint ${quote(ours.endpoint.name)} has`,
      mend: restore(owned, ours, situation, []),
    };
  }
  return undefined;
};

const firstOf = (
  situation: Situation,
  look: (owned: Owned, ours: Ours) => Finding | undefined,
): Finding | undefined => {
  for (const owned of attachmentsThatMatter(situation)) {
    const ours = endpointAt(situation.host, owned.at);
    const found = ours === undefined ? undefined : look(owned, ours);
    if (found !== undefined) return found;
  }
  return undefined;
};
/** Without IPv6 most connections can be made, as long as there is IPv4. */
const isNeeded = ([family]: Family, { endpoint }: Ours): boolean => family === "ipv4" || endpoint.ipv4 === undefined;

export const notItsOwn: Cause = (situation) =>
  firstOf(
    situation,
    (owned, ours) =>
      otherMac(owned, ours) ??
      otherAddress(owned, ours, situation) ??
      lostAddress(
        owned,
        ours,
        situation,
        FAMILIES.filter((family) => isNeeded(family, ours)),
      ),
  );

/** What spoils connections of IPv6 alone. What mends an address or a MAC mends this too. */
export const lostIpv6: Cause = (situation) => {
  if (notItsOwn(situation) !== undefined) return undefined;
  const spare = (ours: Ours): Family[] => FAMILIES.filter((family) => !isNeeded(family, ours));
  return firstOf(situation, (owned, ours) => lostAddress(owned, ours, situation, spare(ours)));
};
