// One printed value against one decoded value. Each case is one rule of how strace writes a thing that we write otherwise.
import type { Field } from "../../src/codec/explain-field.ts";
import type { Item, Node, Sum } from "./strace-syntax.ts";
import { numberOf } from "./uapi.ts";

/** `same`; `bytes`: it printed the payload as it stands; else what is different, in words. */
export type Verdict = "same" | "bytes" | `${string}, we say ${string}`;

/** lo is 1 in every namespace, and the only interface in the one that strace runs in. */
const LO = 1;

const isNumber = (term: string): boolean => /^-?\d/.test(term) && !term.startsWith("1<<");

/** The number of a term: `-19`, `0x40`, `RTM_NEWLINK`, `-ENODEV`, `1<<BR_BOOLOPT_MST_ENABLE`. */
const termNumber = (term: string): bigint => {
  if (isNumber(term)) return BigInt(term.startsWith("-") ? Number(term) : term);
  if (term.startsWith("-")) return -termNumber(term.slice(1));
  if (term.startsWith("1<<")) return 1n << termNumber(term.slice(3));
  return BigInt(numberOf(term));
};
const sumNumber = ({ terms }: Sum): bigint => terms.map(termNumber).reduce((all, one) => all | one, 0n);
/** The number that strace means, if it is one. */
export const numberIn = (node: Node): bigint | undefined => {
  if (node.kind === "sum") return sumNumber(node);
  if (node.kind === "call" && node.name === "if_nametoindex" && textIn(node.args[0]) === "lo") return BigInt(LO);
  // `prio=[128, 0]`: struct ifla_bridge_id holds the priority as two bytes, high one first.
  if (node.kind === "list" && node.items.length === 2) {
    const [high, low] = node.items.map((item) => numberIn(item.node));
    return high === undefined || low === undefined ? undefined : (high << 8n) | low;
  }
  return undefined;
};

const textIn = (node: Node | undefined): string | undefined => {
  if (node?.kind === "bytes") return new TextDecoder().decode(node.bytes.subarray(0, endOfText(node.bytes)));
  if (node?.kind === "mac") return node.text;
  if (node?.kind === "call" && node.name === "inet_addr") return textIn(node.args[0]);
  if (node?.kind === "call" && node.name === "inet_pton") return textIn(node.args[1]);
  return undefined;
};
const endOfText = (bytes: Uint8Array): number | undefined => {
  const nul = bytes.indexOf(0);
  return nul < 0 ? undefined : nul;
};

/** The names in our text: `0x5 NLM_F_REQUEST|NLM_F_ACK` has two. */
export const namesOf = ({ value, text }: Field): string[] =>
  typeof value === "number"
    ? text.split(/[ |]/).filter((word) => /^[A-Z]/.test(word) && !word.startsWith("NLA_F_"))
    : [];

/** The names that strace gives for a number. */
export const namesIn = (node: Node): string[] =>
  node.kind === "sum" ? node.terms.filter((t) => !isNumber(t)).map((t) => t.replace(/^(1<<|-)/, "")) : [];

/** Our own names, added up by the kernel's headers, must give the value; strace's must be among ours, if we have any. */
const sameNames = (node: Node, field: Field, value: bigint): boolean => {
  const ours = namesOf(field);
  if (ours.length === 0) return true;
  const areBits = node.kind === "sum" && node.terms.some((term) => term.startsWith("1<<"));
  const nameless = /\|(0x[\da-f]+)/.exec(field.text)?.[1] ?? "0";
  const numbers = ours.map((name) => (areBits ? 1n << BigInt(numberOf(name)) : BigInt(numberOf(name))));
  const sum = [BigInt(nameless), ...numbers].reduce((all, one) => all | one);
  return sum === (value < 0n ? -value : value) && namesIn(node).every((name) => ours.includes(name));
};

const show = (node: Node): string =>
  JSON.stringify(node, (_, v) => (v instanceof Uint8Array ? `hex:${Buffer.from(v).toString("hex")}` : v));

/**
 * Compares a plain value.
 * @param node what strace printed
 * @param field what we say
 * @param payload the bytes of both
 */
export const compareValue = (node: Node, field: Field, payload: Uint8Array): Verdict => {
  const { value } = field;
  const different: Verdict = `${show(node)}, we say ${field.text}`;
  if (Array.isArray(value)) return node.kind === "list" && sameItems(node.items, value) ? "same" : different;
  if (typeof value === "string" && textIn(node) === value) return "same";
  if (node.kind === "bytes") return Buffer.compare(node.bytes, payload) === 0 ? "bytes" : different;
  if (typeof value !== "number" && typeof value !== "bigint") return different;
  const theirs = numberIn(node);
  if (theirs === undefined) return different;
  // A port id is a u32; strace prints it as an int.
  const same = field.constant.endsWith("nlmsg_pid") ? BigInt.asUintN(32, theirs) : theirs;
  return same === BigInt(value) && sameNames(node, field, same) ? "same" : different;
};

/**
 * Item by item, by place: we give the items of an array no names. strace names them by the headers of one kernel (and has some in an
 * order of its own: kernels renumber IPSTATS_MIB_*), so that an index is only held against the place where strace prints a number.
 */
const sameItems = (items: readonly Item[], values: readonly unknown[]): boolean =>
  items.length === values.length &&
  items.every(({ index, node }, i) => {
    const place = index?.terms[0] ?? "";
    return numberIn(node) === BigInt(values[i] as number | bigint) && (!isNumber(place) || Number(place) === i);
  });
