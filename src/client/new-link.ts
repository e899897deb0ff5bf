// What a creation of a link can carry, what the kernel takes only afterwards, and what it never takes. test/client/ignored.test.ts
// asks the running kernel for each attribute.
import type { LinkAttrs } from "../attrs/route/link.ts";

/** A new link. */
export interface NewLink extends LinkAttrs {
  /** Its name, up to 15 bytes. */
  ifname: string;
}
/** A new link that is made where the socket is. */
export interface NewLinkHere extends NewLink {
  /** Not elsewhere. */
  netNsFd?: undefined;
  /** Not elsewhere. */
  netNsPid?: undefined;
  /** Not elsewhere. */
  targetNetnsid?: undefined;
}

type Name = Exclude<keyof LinkAttrs, symbol | "unknown">;
type Sorted = Exclude<Name, "ifname" | "propList" | "altIfname">;

/** Attributes that RTM_NEWLINK with NLM_F_CREATE ignores without a word: they are sent in a message of their own. */
export const AFTER_CREATE: readonly Sorted[] = [
  "ifalias",
  "afSpec",
  "protoDown",
  "protoDownReason",
  "carrier",
  "map",
  "xdp",
  "vfinfoList",
  "vfPorts",
  "portSelf",
];

/** Attributes that only tell: the kernel ignores them in a creation and in a change, without a word. */
export const TOLD_ONLY: readonly Sorted[] = [
  "qdisc",
  "stats",
  "stats64",
  "cost",
  "priority",
  "weight",
  "wireless",
  "numVf",
  "promiscuity",
  "physPortId",
  "physSwitchId",
  "physPortName",
  "carrierChanges",
  "carrierUpCount",
  "carrierDownCount",
  "event",
  "newNetnsid",
  "minMtu",
  "maxMtu",
  "parentDevName",
  "parentDevBusName",
  "devlinkPort",
];

/** Attributes that mean something in other requests, and that a creation ignores: for a dump, for a move, for a bridge's port. */
export const ELSEWHERE: readonly Sorted[] = ["extMask", "newIfindex", "protinfo"];

/** The same for a veth's peer, which has no second message: who wants one of these sets it when the peer is there. */
export const IGNORED_OF_PEER: readonly Name[] = [
  ...AFTER_CREATE,
  ...TOLD_ONLY,
  ...ELSEWHERE,
  "master",
  "link",
  "linkNetnsid",
  "linkinfo",
  "propList",
  "altIfname",
];

/** @throws RangeError for what would be lost */
const refuse = (attrs: LinkAttrs | undefined, names: readonly Name[], what: string): void => {
  const ignored = names.filter((name) => attrs?.[name] !== undefined);
  if (ignored.length > 0) throw new RangeError(`the kernel ignores ${ignored.join(", ")} ${what}`);
};

/** A creation in the messages that it takes. */
export interface Creation {
  /** What the creation itself can carry. */
  readonly first: NewLink;
  /** What has to be set afterwards. */
  readonly then: LinkAttrs;
  /** Alternative names, which have a message of their own. */
  readonly altNames: readonly string[];
}

/**
 * Sorts attributes by the message that the kernel takes them in.
 * @param attrs what the link shall have
 * @throws RangeError for what the kernel would ignore without a word
 */
export const splitCreation = (attrs: NewLink): Creation => {
  refuse(attrs, TOLD_ONLY, "of a new link: they are read-only");
  refuse(attrs, ELSEWHERE, "of a new link");
  const peer = attrs.linkinfo?.data?.veth?.peer?.attrs;
  refuse(peer, IGNORED_OF_PEER, "of a veth's peer in a creation: set it afterwards");
  const { propList, altIfname, ...first } = attrs;
  const then: LinkAttrs = {};
  for (const name of AFTER_CREATE) {
    if (first[name] === undefined) continue;
    Object.assign(then, { [name]: first[name] });
    delete first[name];
  }
  if (first.linkinfo?.slaveData !== undefined) {
    const { slaveKind, slaveData, ...own } = first.linkinfo;
    first.linkinfo = own;
    then.linkinfo = { slaveKind, slaveData };
  }
  return { first, then, altNames: [...(altIfname === undefined ? [] : [altIfname]), ...(propList?.altIfname ?? [])] };
};
