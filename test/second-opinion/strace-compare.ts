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
      for (const [i, entry] of entries.entries()) one(entry, fields[i] as Field, fields);
    }
  };

  const one = (entry: Entry, field: Field, siblings: readonly Field[]): void => {
    if (entry.kind === "record") inStep(entry.entries, named(field.children));
    else if (entry.kind === "rest") value(entry.node, field, field.offset, field.constant);
    else if (entry.kind === "attribute") attribute(entry, field, siblings);
    else if (entry.name !== field.constant) disagree(`${entry.name}, we say ${field.constant}`);
    else {
      findings.names++;
      value(entry.node, field, field.offset, field.constant);
    }
  };

  const attribute = ({ length, type, payload }: AttributeEntry, field: Field, siblings: readonly Field[]): void => {
    const { constant } = field;
    const isNamed = !type.comment.endsWith("???");
    const word = view.getUint16(field.offset + 2, true);
    if (length === 0) {
      // A length of 0 ends the attributes. What is left has no name with us.
      if (field.issue !== "TRUNCATED") disagree(`nla_len=0, we have ${constant}`);
    } else if (isNamed && type.terms.at(-1) !== constant) {
      disagree(`${type.terms.at(-1)}, we say ${constant}`);
    } else if (length !== view.getUint16(field.offset, true) || sumOf(type.terms) !== word) {
      disagree(`${type.terms.join("|")} of ${length} bytes, the type word of ${constant} is ${word}`);
    } else if (isNamed) {
      findings.names++;
      if (payload !== undefined) {
        value(payload, field, field.offset + 4, keyOf(field, siblings), field.offset + length);
      }
    } else addTo(findings.unread, "no name", constant);
  };

  const value = (node: Node, field: Field, from: number, key: string, to = field.offset + field.length): void => {
    const entries = node.kind === "bytes" ? undefined : entriesOf(node);
    if (entries === undefined) plain(node, field, bytes.subarray(from, to), key);
    else inStep(entries, named(field.children));
  };

  const plain = (node: Node, field: Field, payload: Uint8Array, key: string): void => {
    const exception = valueException(node, field, payload, fieldsOfMessage);
    const verdict = exception ?? compareValue(node, field, payload);
    if (exception !== undefined) findings.otherwise.add(exception);
    else if (verdict === "bytes") addTo(findings.unread, "bytes", key);
    else if (verdict !== "same") disagree(`${key}: ${verdict}`);
    else {
      findings.values++;
      findings.read.add(key);
      if (namesIn(node).length > 0 && namesOf(field).length === 0) findings.namesMore.add(field.constant);
    }
  };

  const oneMessage = (entries: readonly Entry[], message: Field): void => {
    fieldsOfMessage = message.children;
    const mine = message.children.filter((f) => f.constant !== "" || f.issue !== undefined);
    const body = entries.slice(HEADER);
    inStep(entries.slice(0, HEADER), mine.slice(0, HEADER));
    const exception = bodyException(message, body);
    if (isUnreadBody(body)) addTo(findings.unread, "message", message.constant);
    else if (exception !== undefined) findings.otherwise.add(exception);
    else inStep(body, mine.slice(HEADER));
  };

  const theirs = messagesOf(node) ?? [];
  if (theirs.length !== messages.length) disagree(`${theirs.length} messages, we see ${messages.length}`);
  for (const [i, message] of messages.entries()) {
    const entries = theirs[i] ?? [];
    if (message.constant !== "") oneMessage(entries, message);
    else if (!isTrailing(entries)) disagree("not the trailing zeros that we see");
  }
};

/** Members of nlmsghdr. */
const HEADER = 5;

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
const isTrailing = (entries: readonly Entry[]): boolean =>
  entries.length === HEADER && entries.every((e) => e.kind === "member" && numberIn(e.node) === 0n);
