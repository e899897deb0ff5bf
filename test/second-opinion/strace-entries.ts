// strace's tree as netlink: messages of header members and attributes, in the order of the bytes.
import type { Item, Node, Sum } from "./strace-syntax.ts";

/** A stretch of a message that strace has a name for; or what it left without one. */
export type Entry = MemberEntry | AttributeEntry | RecordEntry | RestEntry;
export interface MemberEntry {
  readonly kind: "member";
  readonly name: string;
  readonly node: Node;
}
export interface AttributeEntry {
  readonly kind: "attribute";
  /** nla_len. */
  readonly length: number;
  /** nla_type, its flags among the terms. */
  readonly type: Sum;
  /** Missing: strace printed none. */
  readonly payload: Node | undefined;
}
/** A nexthop of RTA_MULTIPATH: a struct with its attributes. */
export interface RecordEntry {
  readonly kind: "record";
  readonly entries: readonly Entry[];
}
/** A value with no name: the body of a message that strace does not know. */
export interface RestEntry {
  readonly kind: "rest";
  readonly node: Node;
}

const firstMember = (node: Node | undefined): string | undefined =>
  node?.kind === "struct" ? node.members[0]?.name : undefined;
const numberIn = (node: Node, member: string): number => {
  const found = node.kind === "struct" ? node.members.find((m) => m.name === member)?.node : undefined;
  return found?.kind === "sum" ? Number(found.terms[0]) : Number.NaN;
};
const nodes = (items: readonly Item[]): Node[] => items.map(({ node }) => node);

/**
 * The parts of something whose first part is a struct that begins with `member`: strace prints `[{…}, …]` for one, `[[{…}, …], …]` for
 * several, and `{…}` alone for one that has nothing behind its struct. Undefined: it is no such thing.
 */
const partsOf = (node: Node, member: string, bare: (head: Node) => boolean): Node[][] | undefined => {
  if (firstMember(node) === member) return [[node]];
  if (node.kind !== "list") return undefined;
  const [first, ...rest] = nodes(node.items);
  if (first === undefined) return undefined;
  // A first part without anything behind it looks like the struct of a single part: only its length tells.
  if (firstMember(first) === member && !(bare(first) && rest.every((n) => partsOf(n, member, bare)?.length === 1))) {
    return [[first, ...rest]];
  }
  const parts = nodes(node.items).map((n) => partsOf(n, member, bare)?.[0]);
  return parts.every((part) => part !== undefined) ? (parts as Node[][]) : undefined;
};

const attributesOf = (node: Node): AttributeEntry[] | undefined =>
  partsOf(node, "nla_len", (head) => numberIn(head, "nla_len") === 4)?.map(([head, payload]) => {
    const type = head?.kind === "struct" ? head.members[1]?.node : undefined;
    if (head === undefined || type?.kind !== "sum") throw new TypeError(`no attribute: ${JSON.stringify(head)}`);
    return { kind: "attribute", length: numberIn(head, "nla_len"), type, payload };
  });

/** What a payload, or the part of a message behind nlmsghdr, consists of; undefined: it is a plain value. */
export const entriesOf = (node: Node): Entry[] | undefined => {
  const attributes = attributesOf(node);
  if (attributes !== undefined) return attributes;
  if (node.kind === "struct") return node.members.flatMap(member);
  const records = partsOf(node, "rtnh_len", () => true);
  return records?.map((parts) => ({ kind: "record", entries: parts.flatMap(body) }));
};

/** `[{error=…, msg=…}, attributes]`: what NLMSG_ERROR has behind its struct stands in one list with it. */
const body = (node: Node): Entry[] => {
  const list = node.kind === "list" ? nodes(node.items) : [];
  return firstMember(list[0]) === "error" ? list.flatMap(body) : (entriesOf(node) ?? [{ kind: "rest", node }]);
};

/** `msg=` of NLMSG_ERROR is a message itself: nlkit names its header's members `msg.nlmsg_len`, what follows as ever. */
const member = ({ name, node }: { name: string; node: Node }): Entry[] => {
  const message = name === "msg" ? messagesOf(node)?.[0] : undefined;
  if (message === undefined) return [{ kind: "member", name, node }];
  return message.map((e) => (e.kind === "member" && e.name.startsWith("nlmsg_") ? { ...e, name: `msg.${e.name}` } : e));
};

/** The messages of a datagram; undefined: strace did not take it for netlink. */
export const messagesOf = (node: Node): Entry[][] | undefined =>
  partsOf(node, "nlmsg_len", (head) => numberIn(head, "nlmsg_len") === 16)?.map((parts) => parts.flatMap(body));
