// Our fields against strace's entries, message by message, in step.
import type { Field } from "../../src/codec/explain-field.ts";
import { type Explained, named } from "./datagrams.ts";
import { addTo, type Findings } from "./findings.ts";
import { type AttributeEntry, type Entry, entriesOf, messagesOf } from "./strace-entries.ts";
import { bodyException, isUnreadBody, valueException } from "./strace-exceptions.ts";
import type { StraceReason } from "./strace-lists.ts";
import type { Node } from "./strace-syntax.ts";
import { compareValue, namesIn, namesOf, numberIn } from "./strace-value.ts";
import { numberOf } from "./uapi.ts";

export type StraceFindings = Findings<StraceReason> & {
  /** Where strace reads otherwise, and we know why. */
  readonly otherwise: Set<string>;
  /** Constants whose value it names where we give a number alone. */
  readonly namesMore: Set<string>;
};

/** Holds one datagram's reading against ours. */
export const compareWithStrace = (explained: Explained, node: Node, findings: StraceFindings): void => {
  const { bytes, messages, where } = explained;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let fieldsOfMessage: readonly Field[] = [];
  const disagree = (what: string): void => void findings.disagreements.push(`${where}: ${what}`);

  const inStep = (entries: readonly Entry[], fields: readonly Field[]): void => {
    if (entries.length !== fields.length) {
      disagree(`${entries.map(nameOf).join(" ")}, we have ${fields.map((f) => f.constant).join(" ")}`);
    } else {
      entries.forEach((entry, i) => one(entry, fields[i] as Field, fields));
    }
  };

  const one = (entry: Entry, field: Field, siblings: readonly Field[]): void => {
    if (entry.kind === "record") return inStep(entry.entries, named(field.children));
    if (entry.kind === "rest") return value(entry.node, field, field.offset, field.constant);
    if (entry.kind === "attribute") return attribute(entry, field, siblings);
    if (entry.name !== field.constant) return disagree(`${entry.name}, we say ${field.constant}`);
    findings.names++;
    value(entry.node, field, field.offset, field.constant);
  };

  const attribute = ({ length, type, payload }: AttributeEntry, field: Field, siblings: readonly Field[]): void => {
    // A length of 0 ends the attributes. What is left has no name with us.
    if (length === 0) return field.issue === "TRUNCATED" ? undefined : disagree(`nla_len=0 in ${field.constant}`);
    const word = view.getUint16(field.offset + 2, true);
    const constant = type.terms.at(-1) as string;
    if (type.comment.endsWith("???")) addTo(findings.unread, "no name", field.constant);
    else if (constant !== field.constant) return disagree(`${constant}, we say ${field.constant}`);
    else findings.names++;
    if (length !== view.getUint16(field.offset, true) || sumOf(type.terms) !== word) {
      return disagree(`${type.terms.join("|")} of ${length} bytes, the type word of ${field.constant} is ${word}`);
    }
    if (payload !== undefined && !type.comment.endsWith("???")) {
      value(payload, field, field.offset + 4, keyOf(field, siblings), field.offset + length);
    }
  };

  const value = (node: Node, field: Field, from: number, key: string, to = field.offset + field.length): void => {
    const entries = node.kind === "bytes" ? undefined : entriesOf(node);
    if (entries !== undefined) return inStep(entries, named(field.children));
    const payload = bytes.subarray(from, to);
    const exception = valueException(node, field, payload, fieldsOfMessage);
    if (exception !== undefined) return void findings.otherwise.add(exception);
    const verdict = compareValue(node, field, payload);
    if (verdict === "same") {
      findings.values++;
      findings.read.add(key);
      if (namesIn(node).length > 0 && namesOf(field).length === 0) findings.namesMore.add(field.constant);
    } else if (verdict === "bytes") addTo(findings.unread, "bytes", key);
    else disagree(`${key}: ${verdict.said}`);
  };

  const theirs = messagesOf(node);
  if (theirs?.length !== messages.length) return disagree(`${theirs?.length} messages, we see ${messages.length}`);
  theirs.forEach((entries, i) => {
    const message = messages[i] as Field;
    fieldsOfMessage = message.children;
    if (message.constant === "") return trailing(entries) ? undefined : disagree("not the trailing zeros that we see");
    const mine = message.children.filter((f) => f.constant !== "" || f.issue !== undefined);
    const head = entries.slice(0, 5);
    inStep(head, mine.slice(0, head.length));
    const rest = entries.slice(5);
    const exception = bodyException(message, rest);
    if (isUnreadBody(rest)) addTo(findings.unread, "message", message.constant);
    else if (exception !== undefined) findings.otherwise.add(exception);
    else inStep(rest, mine.slice(head.length));
  });
};

const nameOf = (entry: Entry): string =>
  entry.kind === "attribute" ? (entry.type.terms.at(-1) as string) : entry.kind === "member" ? entry.name : entry.kind;
const sumOf = (terms: readonly string[]): number =>
  terms.map((term) => (/^0x|^\d/.test(term) ? Number(term) : numberOf(term))).reduce((all, one) => all | one, 0);

/** IFLA_INFO_DATA is another thing for each kind. */
const keyOf = ({ constant }: Field, siblings: readonly Field[]): string =>
  constant === "IFLA_INFO_DATA" || constant === "IFLA_INFO_SLAVE_DATA"
    ? `${constant} of ${siblings.find((f) => f.constant === constant.replace("DATA", "KIND"))?.value}`
    : constant;

/** Zeros behind the last message look to strace like one more, of length 0. */
const trailing = (entries: readonly Entry[]): boolean =>
  entries.length === 5 && entries.every((e) => e.kind === "member" && numberIn(e.node) === 0n);
