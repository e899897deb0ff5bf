// Our fields against tshark's, message by message.
import type { Field } from "../../src/codec/explain-field.ts";
import { type Explained, named } from "./datagrams.ts";
import { addTo, type Findings } from "./findings.ts";
import { namesOf } from "./strace-value.ts";
import type { TsharkReason } from "./tshark-lists.ts";
import { ATTRIBUTES, MESSAGES, memberOf, statisticOf } from "./tshark-names.ts";
import { at, type Tree, treeAt } from "./tshark-run.ts";

const HEADER = /^Netlink message header(?: \(type: (.*)\))?$/;
const ATTRIBUTE = /^Attribute(?:: ([^:]+))?(?:: .*)?$/s;

/** Holds one datagram's reading against ours. */
export const compareWithTshark = (
  explained: Explained,
  theirs: readonly Tree[],
  findings: Findings<TsharkReason>,
): void => {
  const { bytes, messages, where } = explained;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const disagree = (what: string): void => void findings.disagreements.push(`${where}: ${what}`);

  const sameName = (their: string, field: Field): boolean => {
    if (their === field.constant) findings.names++;
    else disagree(`${their}, we say ${field.constant}`);
    return their === field.constant;
  };
  const sameValue = (text: string, field: Field, key = field.constant): void => {
    const { value } = field;
    if (typeof value === "string" ? value === text : BigInt(text) === BigInt(value as number | bigint)) {
      findings.values++;
      findings.read.add(key);
    } else disagree(`${key}: ${text}, we say ${field.text}`);
  };

  /** nlmsghdr: five fields. */
  const header = (label: string | undefined, tree: Tree, fields: readonly Field[]): void => {
    const [length, type, flags, seq, pid] = fields as [Field, Field, Field, Field, Field];
    const number = at(tree, "netlink-route.nltype") ?? at(tree, "netlink.hdr_type");
    const values = [at(tree, "netlink.hdr_len"), number, at(tree, "netlink.hdr_flags"), at(tree, "netlink.hdr_seq")];
    for (const [i, field] of [length, type, flags, seq, pid].entries()) {
      sameValue(String(values[i] ?? at(tree, "netlink.hdr_pid")), field);
    }
    // A request that is echoed has only a number as its type.
    if (label?.startsWith("0x")) addTo(findings.unread, "no name", `the type in ${type.constant}`);
    else if (MESSAGES[label ?? ""] !== type.text) disagree(`${label}, we say ${type.text}`);
    else findings.names++;
    flagNames(tree, flags, type.text);
  };

  /** Bits by name. Where upper bits are set, tshark prints them twice: as those of a GET, then as those of a NEW. */
  const flagNames = (tree: Tree, field: Field, message: string): void => {
    const trees = tree.flatMap(([key, inner]) => (key === "netlink.hdr_flags_tree" ? [inner as Tree] : []));
    const meant = trees.length === 2 && !message.includes("_GET") ? trees[1] : trees[0];
    const set = (meant ?? []).flatMap(([key, bit]) => (bit === "1" ? [key] : []));
    const theirs = set.map((key) => key.replace("netlink.hdr_flags.", "NLM_F_").toUpperCase());
    // NLM_F_DUMP is ROOT and MATCH together.
    const ours = namesOf(field).filter((name) => name !== "NLM_F_DUMP");
    if (theirs.some((name) => !ours.includes(name))) disagree(`${theirs.join("|")}, we say ${field.text}`);
    findings.names += theirs.length;
    for (const name of ours) if (!theirs.includes(name)) addTo(findings.unread, "no name", name);
  };

  const attribute = (label: string | undefined, tree: Tree, field: Field): void => {
    const [domain, number] = treeAt(tree, "netlink.attr_type_tree").at(-1) as [string, string];
    const word = view.getUint16(field.offset + 2, true);
    const length = view.getUint16(field.offset, true);
    const read = [at(tree, "netlink.attr_len"), at(tree, "netlink.attr_type"), number].map(Number);
    if (read[0] !== length || read[1] !== word || read[2] !== (word & 0x3fff)) {
      disagree(`attribute ${read.join(" ")}, ${field.constant} is of ${length} bytes with type word ${word}`);
    } else if (label === undefined) addTo(findings.unread, "no name", field.constant);
    else if (sameName(ATTRIBUTES[domain]?.[label] ?? label, field)) payload(tree, field, length);
  };

  const payload = (tree: Tree, field: Field, length: number): void => {
    const leaves = leavesOf(tree.filter(([key]) => !/^netlink\.attr_(len|type)/.test(key)));
    const [first] = leaves;
    if (first === undefined) {
      if (length > 4) addTo(findings.unread, "not shown", field.constant);
    } else if (first[0] === "netlink.attr_data") {
      const hex = Buffer.from(bytes.subarray(field.offset + 4, field.offset + length)).toString("hex");
      if (first[1].replaceAll(":", "") !== hex) disagree(`${field.constant}: ${first[1]}`);
      addTo(findings.unread, "bytes", field.constant);
    } else if (field.children.length === 0) sameValue(first[1], field);
    else structMembers(leaves, field);
  };

  const structMembers = (leaves: readonly (readonly [string, string])[], field: Field): void => {
    const members = named(field.children);
    for (const [i, [key, text]] of leaves.entries()) {
      const nth = leaves.slice(0, i).filter(([before]) => before === key).length;
      const name = statisticOf(key, nth);
      const member = members.find((m) => m.constant === name);
      if (member === undefined) disagree(`${key}: ${field.constant} has no ${name}`);
      else {
        findings.names++;
        sameValue(text, member, `${field.constant}/${name}`);
      }
    }
    for (const { constant } of members.slice(leaves.length)) {
      addTo(findings.unread, "not shown", `${field.constant}/${constant}`);
    }
  };

  /** Everything behind nlmsghdr, in its order. What tshark leaves out can only be the end. */
  const body = (tree: Tree, fields: readonly Field[], message: Field): void => {
    let next = 0;
    for (const [key, value] of tree) {
      const isHeader = HEADER.exec(key);
      const isAttribute = ATTRIBUTE.exec(key);
      // The bits of a member stand behind it.
      const isBits = key.endsWith("_tree");
      const field = fields[isBits ? next - 1 : next];
      if (field === undefined) disagree(`${key} behind the end of ${message.constant}`);
      else if (isHeader !== null) header(isHeader[1], value as Tree, fields.slice(next, next + 5));
      else if (isAttribute !== null) attribute(isAttribute[1], value as Tree, field);
      else if (isBits) bits(value as Tree, field);
      else if (typeof value !== "string") addTo(findings.unread, "bytes", `${message.constant} ${field.constant}`);
      else if (sameName(memberOf(key), field)) sameValue(value, field);
      next += isHeader !== null ? 5 : isBits ? 0 : 1;
    }
    for (const { constant, path } of fields.slice(next)) {
      const isRequest = path.startsWith("request/");
      const key = next === 0 ? message.constant : isRequest ? `${message.constant} request` : constant;
      addTo(findings.unread, "not shown", key);
    }
  };

  /** Single flags under a member: "netlink-route.ifi_flags.iff_up". */
  const bits = (tree: Tree, field: Field): void => {
    for (const [key, bit] of tree) {
      const name = key.slice(key.lastIndexOf(".") + 1).toUpperCase();
      if ((bit === "1") !== namesOf(field).includes(name)) disagree(`${name} is ${bit}, we say ${field.text}`);
      else findings.names++;
    }
  };

  if (theirs.length !== messages.length) disagree(`${theirs.length} messages, we see ${messages.length}`);
  for (const [i, message] of messages.entries()) {
    const tree = theirs[i] ?? [];
    const [[key, first] = ["", ""], ...rest] = tree;
    if (message.constant === "") {
      // Zeros behind the last message: a header of length 0 and nothing else.
      if (tree.length !== 1 || at(tree, "netlink.hdr_len") !== "0") disagree("not the zeros that we see");
    } else {
      const mine = named(message.children);
      header(HEADER.exec(key)?.[1], typeof first === "string" ? [] : first, mine.slice(0, 5));
      body(rest, mine.slice(5), message);
    }
  }
};

const leavesOf = (tree: Tree): (readonly [string, string])[] =>
  tree.flatMap(([key, value]) => (typeof value === "string" ? [[key, value] as const] : leavesOf(value)));
