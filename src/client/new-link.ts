// What a creation of a link can carry, and what the kernel takes only afterwards.
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
/** Attributes that RTM_NEWLINK with NLM_F_CREATE ignores without a word: they are sent in a message of their own. */
const AFTER_CREATE = ["ifalias", "afSpec", "protoDown", "protoDownReason", "carrier", "map", "xdp"] as const;

/** The same for a veth's peer, which has no second message: who wants one of these sets it when the peer is there. */
const IGNORED_OF_PEER = [...AFTER_CREATE, "master", "propList", "altIfname"] as const;

/** @throws RangeError for what would be lost */
const checkPeer = ({ linkinfo }: NewLink): void => {
  const peer = linkinfo?.data?.veth?.peer?.attrs;
  const ignored = IGNORED_OF_PEER.filter((name) => peer?.[name] !== undefined);
  if (ignored.length > 0) {
    throw new RangeError(`the kernel ignores ${ignored.join(", ")} of a veth's peer in a creation: set it afterwards`);
  }
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
  checkPeer(attrs);
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
