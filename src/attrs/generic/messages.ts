// Generic netlink: families have the numbers that the kernel gives them when it loads them, so a registry is made for those at hand.

import { withSecrets } from "../../codec/masking.ts";
import { type MessageType, type Registry, registry } from "../../codec/registry.ts";
import { type ControlFamilyBody, controlBody } from "./control.ts";
import { type EthtoolMessage, ethtoolBody } from "./ethtool/messages.ts";
import { type GenericBody, genericBody } from "./header.ts";
import { type MacsecBody, macsecBody } from "./macsec.ts";
import { type WireguardBody, wireguardBody } from "./wireguard.ts";

/** The families that have tables, by their names. */
export interface GenericFamilyBodies {
  /** The family that knows the others: 16 on every kernel. */
  nlctrl: ControlFamilyBody;
  /** Settings of links and their hardware. */
  ethtool: EthtoolMessage;
  /** Links of wireguard. */
  wireguard: WireguardBody;
  /** Links of macsec. */
  macsec: MacsecBody;
}
/** A message of a family that has tables. */
export type KnownFamilyMessageType = {
  [N in keyof GenericFamilyBodies]: MessageType<N, GenericFamilyBodies[N]>;
}[keyof GenericFamilyBodies];
/**
 * Every message of generic netlink. Its name is the family's; of one without tables `genl:` and the family's; `genlmsghdr` where the
 * number has no name.
 */
export type GenericMessageType = KnownFamilyMessageType | MessageType<`genl:${string}` | "genlmsghdr", GenericBody>;

/** GENL_ID_CTRL: the number of nlctrl. */
export const GENL_ID_CTRL = 16;

const bodies = (): { readonly [N in keyof GenericFamilyBodies]: KnownFamilyMessageType["body"] } => ({
  nlctrl: controlBody,
  ethtool: ethtoolBody,
  wireguard: wireguardBody,
  macsec: macsecBody,
});

/** The names of the families that have tables. */
export const familiesWithTables = (): string[] => Object.keys(bodies());

/**
 * Is the name of a message that of a family which nlkit knows, or that somebody calls by its own?
 * @param name "ethtool", "genl:nl80211"
 * @returns the family; undefined: it is none
 */
export const familyOfMessage = (name: string): string | undefined =>
  name.startsWith("genl:") ? name.slice(5) : Object.hasOwn(bodies(), name) ? name : undefined;

const typeFor = (type: number, name: string): GenericMessageType => {
  const known = bodies();
  return Object.hasOwn(known, name)
    ? ({ name, type, body: known[name as keyof GenericFamilyBodies] } as GenericMessageType)
    : { name: `genl:${name}`, type, body: genericBody };
};

/**
 * A registry for families whose numbers are known. nlctrl is among them always; of any other number the messages are read as far as
 * they can be without names.
 * @param families names by number (nlmsg_type): from `GenericFamilies`, `GenericNetlink.families()`, or your own
 */
/* @__NO_SIDE_EFFECTS__ */
export const genericTypes = (families: ReadonlyMap<number, string>): Registry<GenericMessageType> => {
  const all = new Map([...families, [GENL_ID_CTRL, "nlctrl"] as const]);
  return withSecrets({
    ...registry<GenericMessageType>(
      "NETLINK_GENERIC",
      16,
      [...all].map(([type, name]) => typeFor(type, name)),
    ),
    fallback: { name: "genlmsghdr", type: -1, body: genericBody },
  });
};

/**
 * Adds a family to a registry that `genericTypes` made, in place: who uses it knows the family from then on.
 * @param types the registry; not `generic`, which everybody has
 * @param number nlmsg_type of the family's messages
 * @param family its name
 */
export const addFamily = (types: Registry<GenericMessageType>, number: number, family: string): void => {
  const type = typeFor(number, family);
  (types.byType as Map<number, GenericMessageType>).set(number, type);
  (types.byName as Map<string, GenericMessageType>).set(type.name, type);
};

/** The registry of generic netlink as long as no family but nlctrl has a number. */
export const generic: Registry<GenericMessageType> = /* @__PURE__ */ genericTypes(/* @__PURE__ */ new Map());
