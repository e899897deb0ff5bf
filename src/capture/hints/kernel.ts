// Hints about the kernel: what it does not have, what it wants beside, whom it listens to.
import { NLM_F } from "../../codec/control.ts";
import { quote } from "../../codec/text.ts";
import { type Facts, type Hint, isSilent, member, sentAs } from "./facts.ts";

const text = (facts: Facts, constant: string): string | undefined => {
  const value = sentAs(facts, constant)?.field.value;
  return typeof value === "string" ? value : undefined;
};

/** A link kind, qdisc or expression whose module is not there. */
export const unknownKind: Hint = (facts) => {
  const { code, declared, at, flags } = facts;
  const name = declared?.name ?? "";
  const kind = text(facts, "IFLA_INFO_KIND");
  // An old kernel says nothing; but so does any that is asked to replace a link.
  const silently = facts.text === undefined && (flags & NLM_F.REPLACE) === 0;
  if (
    name === "RTM_NEWLINK" &&
    code === "EOPNOTSUPP" &&
    kind !== undefined &&
    (silently || /^Unknown device type/.test(facts.text ?? ""))
  ) {
    return `this kernel has no link kind ${quote(kind)}: not built, or its module cannot be loaded`;
  }
  const discipline = text(facts, "TCA_KIND");
  if (code === "ENOENT" && discipline !== undefined && /^RTM_NEW(QDISC|TCLASS|TFILTER)/.test(name)) {
    return `this kernel has no ${quote(discipline)}, or there is nothing of that handle`;
  }
  const expression = at?.constant === "NFTA_EXPR_NAME" ? at.value : undefined;
  if (code === "ENOENT" && typeof expression === "string") {
    return `this kernel has no expression ${quote(expression)}: not built, or its module cannot be loaded`;
  }
  return undefined;
};

/** An attribute that this kernel is too old for. */
export const unknownAttribute: Hint = ({ text: said, at }) =>
  said !== undefined && at !== undefined && /^Unknown attribute type|^Attribute is not supported/i.test(said)
    ? `this kernel does not know ${at.constant} (type ${(at.word ?? 0) & 0x3fff}): the program was written for a newer one, or for another message`
    : undefined;

/** What `ip link` begins with (iproute2, iplink_have_newlink): a change of no link, to hear whether the kernel knows the message. */
export const isProbe = (name: string | undefined, bytes: Uint8Array): boolean =>
  name === "RTM_NEWLINK" && bytes.length === NLMSG_AND_IFINFOMSG && bytes.subarray(8, 12).every((byte) => byte === 0);
const NLMSG_AND_IFINFOMSG = 32;
export const probe: Hint = ({ code, declared, bytes }) =>
  code === "ENODEV" && isProbe(declared?.name, bytes)
    ? "ip link begins with this question: does the kernel know RTM_NEWLINK? It is no failure"
    : undefined;

/** What has no replacement. */
export const notReplaced: Hint = ({ code, declared, flags }) =>
  code === "EOPNOTSUPP" && declared?.name === "RTM_NEWLINK" && (flags & NLM_F.REPLACE) !== 0
    ? "a link cannot be replaced: without NLM_F_REPLACE and NLM_F_EXCL the one that is there is changed"
    : undefined;

const NAT: readonly unknown[] = ["masq", "nat", "redir"];
/** Translation in a chain that has none. */
export const natElsewhere: Hint = ({ code, declared, sent }) =>
  code === "EOPNOTSUPP" &&
  declared?.name === "NFT_MSG_NEWRULE" &&
  sent.some(({ field }) => field.constant === "NFTA_EXPR_NAME" && NAT.includes(field.value))
    ? 'NAT stands in chains of type "nat" alone: masquerade and snat at postrouting (snat at input too), dnat and redirect at prerouting and output'
    : undefined;

/** A message type or a subsystem that is not there. */
export const unknownMessage: Hint = ({ code, declared, protocol, text: said }) => {
  if (code !== "EOPNOTSUPP" || said !== undefined) return undefined;
  if (declared?.name === "RTM_NEWLINK") return undefined;
  // In a batch it is the beginning that is refused for want of the subsystem; the others are refused for what is in them.
  if (declared?.name.startsWith("NFT_MSG_NEW") === true) return undefined;
  // A family that is not there is ENOENT; this one has answered, or the device has.
  if (protocol === "NETLINK_GENERIC")
    return `${declared?.name ?? "the family"} has no such command, or not for this device`;
  return `this kernel does not know ${declared?.name ?? "this message"} of ${protocol}: not built, or its module is not loaded`;
};

/** Attributes without which a request means nothing, as the kernel's own functions check them. By message, some by link kind. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  RTM_NEWADDR: ["IFA_LOCAL|IFA_ADDRESS"],
  RTM_NEWNEIGH: ["NDA_DST|NDA_LLADDR"],
  RTM_DELNEIGH: ["NDA_DST|NDA_LLADDR"],
  RTM_NEWNSID: ["NETNSA_NSID", "NETNSA_PID|NETNSA_FD"],
  NFT_MSG_NEWTABLE: ["NFTA_TABLE_NAME"],
  NFT_MSG_NEWCHAIN: ["NFTA_CHAIN_TABLE", "NFTA_CHAIN_NAME|NFTA_CHAIN_HANDLE"],
  NFT_MSG_NEWRULE: ["NFTA_RULE_TABLE", "NFTA_RULE_CHAIN|NFTA_RULE_CHAIN_ID"],
  NFT_MSG_NEWSET: ["NFTA_SET_TABLE", "NFTA_SET_NAME", "NFTA_SET_ID", "NFTA_SET_KEY_LEN"],
  NFT_MSG_NEWSETELEM: ["NFTA_SET_ELEM_LIST_TABLE", "NFTA_SET_ELEM_LIST_SET|NFTA_SET_ELEM_LIST_SET_ID"],
  NFT_MSG_NEWOBJ: ["NFTA_OBJ_TABLE", "NFTA_OBJ_NAME", "NFTA_OBJ_TYPE"],
  "RTM_NEWLINK vlan": ["IFLA_LINK", "IFLA_VLAN_ID"],
  "RTM_NEWLINK macvlan": ["IFLA_LINK"],
  "RTM_NEWLINK ipvlan": ["IFLA_LINK"],
};

/** A required attribute that is not there: what the kernel says, else what its functions are known to want. */
export const missingAttribute: Hint = (facts) => {
  if (facts.missing !== undefined) {
    const where = facts.lacking === undefined || facts.lacking === facts.request ? "" : ` in ${facts.lacking.constant}`;
    return `${facts.missing} is required${where}, and is not there`;
  }
  if (facts.code !== "EINVAL" || facts.at !== undefined || facts.declared === undefined) return undefined;
  const { name } = facts.declared;
  const creates = (facts.flags & NLM_F.CREATE) !== 0;
  const kind = creates ? text(facts, "IFLA_INFO_KIND") : undefined;
  for (const choice of REQUIRED[kind === undefined ? name : `${name} ${kind}`] ?? []) {
    const any = choice.split("|");
    if (!any.some((constant) => sentAs(facts, constant) !== undefined)) {
      return `${name} needs ${any.join(" or ")}, and has none`;
    }
  }
  return undefined;
};

/** Who asked may not. */
export const permission: Hint = ({ code, text: said }) =>
  code === "EPERM" && said === undefined
    ? "this needs CAP_NET_ADMIN in the user namespace that owns the network namespace"
    : undefined;

/** What NLM_F_REPLACE changes where it is there, and what is changed without NLM_F_EXCL. */
const REPLACED = /^RTM_NEW(ROUTE|NEIGH|ADDR|NEXTHOP|QDISC)$/;
const CHANGED = /^(RTM_NEW(LINK|TCLASS|TFILTER)|NFT_MSG_NEW(CHAIN|SET|SETELEM|OBJ))$/;
/** It is there already. */
export const exists: Hint = ({ code, flags, declared }) => {
  const name = declared?.name ?? "GET";
  if (code !== "EEXIST" || (flags & NLM_F.EXCL) === 0 || /GET|DEL/.test(name)) return undefined;
  const instead = REPLACED.test(name)
    ? "; NLM_F_REPLACE in its place would change the one that is there"
    : CHANGED.test(name)
      ? "; without that flag it would be about the one that is there"
      : "";
  return `it is there already, and NLM_F_EXCL asks for a new one${instead}`;
};

/** A GET that asks for one object, and does not say which. */
export const oneOrAll: Hint = (facts) => {
  const { code, declared, flags, sent } = facts;
  if (code !== "EINVAL" || !isSilent(facts) || (flags & NLM_F.DUMP) === NLM_F.DUMP) return undefined;
  // Of a link there is always IFLA_EXT_MASK to say.
  const says = sent.some(({ field }) => field.constant !== "IFLA_EXT_MASK") || member(facts, "ifi_index") !== 0;
  if (declared?.name !== "RTM_GETLINK" || says) return undefined;
  return `${declared.name} without NLM_F_DUMP asks for one: it needs an index or a name`;
};

/** A master, or a namespace, that is not there: the kernel says EINVAL, and no more. */
export const noSuchNumber: Hint = (facts) => {
  if (facts.code !== "EINVAL" || !isSilent(facts)) return undefined;
  const number = (constant: string): number => Number(sentAs(facts, constant)?.field.value ?? 0);
  if (number("IFLA_MASTER") > 0)
    return `is there an interface ${number("IFLA_MASTER")} (IFLA_MASTER) in this namespace?`;
  return sentAs(facts, "IFLA_TARGET_NETNSID") === undefined
    ? undefined
    : `is there a namespace of id ${number("IFLA_TARGET_NETNSID")} (IFLA_TARGET_NETNSID), as seen from this one?`;
};

/** An interface that is not there. */
export const noDevice: Hint = (facts) => {
  if (facts.code !== "ENODEV") return undefined;
  for (const constant of ["IFLA_MASTER", "IFLA_LINK", "RTA_OIF", "RTA_IIF", "NDA_IFINDEX", "NDA_MASTER"]) {
    const sent = sentAs(facts, constant);
    if (sent !== undefined && typeof sent.field.value === "number" && sent.field.value > 0) {
      return `is there an interface ${sent.field.value} (${constant}) in this namespace?`;
    }
  }
  const index = ["ifi_index", "ifa_index", "ndm_ifindex", "tcm_ifindex"]
    .map((name) => member(facts, name))
    .find(Boolean);
  return index === undefined ? undefined : `there is no interface ${String(index)} in this namespace`;
};
