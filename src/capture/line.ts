// An explained message for a person: one line, or a tree.
import { messageFlagNames } from "../codec/explain.ts";
import type { Field } from "../codec/explain-field.ts";

/** The last step of a property path: "mtu" of "linkinfo.data.peer.mtu". */
const shortName = ({ property, constant }: Field): string => property.slice(property.lastIndexOf(".") + 1) || constant;

/** ifi_change as the kernel sends it, every bit, says nothing. */
const ALL_BITS = 0xffffffff;
const saysNothing = ({ constant, value }: Field): boolean =>
  value === 0 || (value === ALL_BITS && constant === "ifi_change");

/** Is it worth a word on one line? Framing, padding and fixed members that are zero are not; an attribute of 0 is. */
const speaks = (field: Field): boolean =>
  field.property !== "" &&
  (field.children.length > 0 || field.constant !== field.constant.toLowerCase() || !saysNothing(field));

/** Without the number in front of names, and without flags of the type word: "IFF_UP" of "1 IFF_UP". */
const brief = ({ text, value }: Field): string => {
  const own = text.replace(/ ?NLA_F_[A-Z_|]+$/, "");
  return typeof value === "number" && own.includes(" ") ? own.slice(own.indexOf(" ") + 1) : own;
};

/** A nest with more than this is counted, not shown. */
const FEW = 8;

/** An array as long as a nest that is counted is counted too; a nest in which nothing stands still looks like one. */
const leaf = (field: Field): string => {
  const { value, text, word, issue } = field;
  if (Array.isArray(value) && value.length > FEW) return `{…${value.length}}`;
  const isNest = word !== undefined && value === undefined && issue === undefined && /^(NLA_F_[A-Z_|]+)?$/.test(text);
  return isNest ? "{}" : brief(field);
};

const words = (field: Field): string => {
  const name = shortName(field);
  const issue = field.issue === undefined ? "" : ` !${field.issue}`;
  if (field.children.length === 0) return [name, leaf(field)].filter((word) => word !== "").join(" ") + issue;
  const inner = field.children.filter((child) => speaks(child) || child.issue !== undefined);
  const text = inner.length > FEW ? `…${inner.length}` : inner.map(words).join(" ");
  return `${name} {${text}}${issue}`;
};

/** What the kernel adds to every link and nobody asks for on one line; the tree has it. */
const QUIET =
  /^IFLA_(STATS|STATS64|AF_SPEC|MAP|XDP|QDISC|TXQLEN|LINKMODE|GROUP|PROMISCUITY|ALLMULTI|BROADCAST|WEIGHT|NUM_.*|G[SR]O_.*|TSO_.*|CARRIER.*|PROTO_DOWN|M(IN|AX)_.*|NETNS_IMMUTABLE|HEADROOM|TAILROOM|DEVLINK_PORT|DPLL_PIN|PARENT_DEV_.*)$|_CACHEINFO$|^NDA_PROBES$/;

/** NLMSG_ERROR and NLMSG_DONE: what became of which request. */
const outcome = (message: Field): string[] => {
  const error = message.children.find((f) => f.constant === "error");
  const type = message.children.find((f) => f.constant === "msg.nlmsg_type");
  const said = message.children.filter((f) => f.constant.startsWith("NLMSGERR_"));
  const result = error?.value === 0 ? (type === undefined ? "" : "ack of") : brief(error ?? message);
  // Of generic netlink the type is the family: the command stands in the request, where it is echoed.
  const command = message.children
    .flatMap((f) => [f, ...f.children])
    .find((f) => f.constant === "cmd" && f.property.startsWith("payload"));
  const name = typeof command?.value === "number" && command.text.includes(" ") ? brief(command) : "";
  return [result, type?.text ?? "", name, ...said.map(words)];
};

/**
 * A message on one line: name, flags, and what it says, by property names. Counters and settings that every link has are left to the
 * tree; in a request nothing is.
 * @param message one of the fields that `explain` gave
 */
export const lineOf = (message: Field): string => {
  const at = (constant: string): Field | undefined => message.children.find((f) => f.constant === constant);
  const name = message.constant;
  if (message.children.length === 0) return [message.issue ?? "bytes", message.text].filter(Boolean).join(" ");
  const flags = Number(at("nlmsg_flags")?.value ?? 0);
  const flagNames = messageFlagNames(flags, name).replaceAll("NLM_F_", "").replaceAll("|", " ");
  const isRequest = (flags & 1) === 1;
  const body = message.children.filter(
    (f) => !f.constant.startsWith("nlmsg_") && (isRequest || !QUIET.test(f.constant)) && speaks(f),
  );
  const loose = message.children.filter((f) => f.property === "" && f.issue !== undefined);
  const seq = at("nlmsg_seq");
  return [
    name,
    flagNames === "" ? "" : `[${flagNames}]`,
    seq === undefined ? "" : `seq ${seq.text}`,
    ...(at("error") === undefined ? body.map(words) : outcome(message)),
    ...[message, ...loose].map(({ issue }) => (issue === undefined ? "" : `!${issue}`)),
  ]
    .filter((word) => word !== "")
    .join(" ");
};

/**
 * A message as a tree of C names, one field a line.
 * @param message one of the fields that `explain` gave
 */
export const treeOf = (message: Field): string[] => {
  const out: string[] = [];
  const add = (field: Field, depth: number): void => {
    if (field.constant === "" && field.issue === undefined && field.text.startsWith("padding")) return;
    const parts = [field.constant, field.text, field.issue === undefined ? "" : `!${field.issue}`];
    out.push("  ".repeat(depth) + parts.filter((part) => part !== "").join(" "));
    for (const child of field.children) add(child, depth + 1);
  };
  add(message, 0);
  return out;
};
