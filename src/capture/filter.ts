// --filter: a predicate on decoded messages. It looks up properties and compares; no text becomes code, and no pattern can take long.
import { protocolConstant, protocolOf } from "../attrs/netlink-protocols.ts";
import { hexText, plain } from "../codec/text.ts";
import type { Exchange } from "./exchange.ts";
import { FilterError, type FilterTree, type FilterValue, type Operator, parseFilter } from "./filter-parse.ts";
import { matches } from "./glob.ts";

/** What a filter looks at. */
export interface FilterSubject {
  /** The decoded message: its `name`, `seq`, `pid`, `flags`, `header`, `attrs`. */
  readonly message: object;
  /** The protocol's constant. */
  readonly protocol: string;
  /** Who spoke. */
  readonly direction?: ">" | "<" | undefined;
  /** pid and descriptor of a strace log. */
  readonly socket?: string | undefined;
  /** What became of the request, where one is judged together with its answers: `outcome`, `latency`, `error` are then those. */
  readonly exchange?: Pick<Exchange, "outcome" | "latency" | "error"> | undefined;
}
/** Does it hold for a message? */
export type Filter = (subject: FilterSubject) => boolean;

type Read = (subject: FilterSubject) => unknown;
type Values = { readonly [name: string]: unknown };

/** The errno of a refusal, positive; 0 of an ack; undefined: neither. */
const errorOf = ({ name, header }: Values): number | undefined => {
  if (name !== "NLMSG_ERROR" && name !== "NLMSG_DONE") return undefined;
  const { error } = header as { readonly error: number };
  return name === "NLMSG_DONE" && error === 0 ? undefined : -error;
};

/** The same of an exchange: its messages share it, so that `!error` holds for none of those that were refused. */
const endedWith = (exchange: FilterSubject["exchange"]): number | undefined =>
  exchange?.outcome === "ack" || exchange?.outcome === "done" ? 0 : exchange?.error;

const own = (value: unknown, name: string): unknown => {
  if (Array.isArray(value) && !/^\d+$/.test(name)) {
    const found = value.map((item) => own(item, name)).filter((item) => item !== undefined);
    return found.length > 0 ? found.flat() : undefined;
  }
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Values)[name]
    : undefined;
};

/** What a path means. What stands around a message comes first; all else is a property of it. */
const reader = ([root = "", ...rest]: readonly string[]): Read => {
  if (rest.length === 0) {
    if (root === "type" || root === "name")
      return ({ message }) => (message as Values)["name"] ?? (message as Values)["type"];
    if (root === "protocol" || root === "direction" || root === "socket") return (subject) => subject[root];
    if (root === "error") return ({ message, exchange }) => endedWith(exchange) ?? errorOf(message as Values);
    if (root === "outcome" || root === "latency") return ({ exchange }) => exchange?.[root];
  }
  return ({ message }) => rest.reduce(own, own(message, root));
};

const NUMBER = /^-?(?:0x[\da-f]+|\d+)$/i;
/** RTM_NEWLINK, IFF_UP, EEXIST: what is not a text by mistake. */
const CONSTANT = /^[A-Z][A-Z0-9]*(?:_\w+)?$/;

const numberOf = (text: string): number | bigint => {
  const negative = text.startsWith("-");
  const big = BigInt(negative ? text.slice(1) : text) * (negative ? -1n : 1n);
  return Number.isSafeInteger(Number(big)) ? Number(big) : big;
};

/** What a value of a filter means beside that path. */
const operandOf = (
  root: string,
  value: FilterValue,
  constant: (name: string) => number | undefined,
): string | number | bigint | boolean => {
  const { text, quoted, at } = value;
  if (quoted) return text;
  if (NUMBER.test(text)) return numberOf(text);
  if (text === "true" || text === "false") return text === "true";
  if (root === "protocol") {
    const number = protocolOf(text);
    if (number === undefined) throw new FilterError(at, `"${text}" is no netlink protocol`);
    return protocolConstant(number);
  }
  const number = constant(text);
  if (number === undefined) {
    if (CONSTANT.test(text))
      throw new FilterError(at, `${text} is no constant that nlkit knows; a text stands in quotes`);
    return text;
  }
  return root === "type" || root === "name" ? text : root === "error" ? Math.abs(number) : number;
};

/** -1, 0, 1; undefined: they cannot be compared. */
const order = (a: unknown, b: unknown): number | undefined => {
  const isNumber = (value: unknown): value is number | bigint => typeof value === "number" || typeof value === "bigint";
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === "boolean" || typeof b === "boolean") return a === b ? 0 : undefined;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  // A name of digits, compared with a number that was meant as one.
  return typeof a === "string" && isNumber(b) && a === String(b) ? 0 : undefined;
};

const holds = (operator: Operator, found: unknown, operand: string | number | bigint | boolean): boolean => {
  if (Array.isArray(found)) return found.some((item) => holds(operator, item, operand));
  const value = found instanceof Uint8Array ? hexText(found) : found;
  if (operator === "~")
    return value !== undefined && typeof value !== "object" && matches(String(operand), String(value));
  if (operator === "&") {
    const isWord = typeof value === "number" || typeof value === "bigint";
    const bits = typeof operand === "number" || typeof operand === "bigint" ? BigInt(operand) : undefined;
    return isWord && bits !== undefined && (BigInt(value) & bits) === bits;
  }
  const sign = order(value, operand);
  if (sign === undefined) return false;
  if (operator === "==") return sign === 0;
  if (operator === "<" || operator === "<=") return sign < 0 || (operator === "<=" && sign === 0);
  return sign > 0 || (operator === ">=" && sign === 0);
};

/** What a filter may be made of. */
interface Words {
  readonly constant: (name: string) => number | undefined;
  readonly isProperty: (name: string) => boolean;
}

/** What stands around a message, and is no property of it. */
const AROUND = "protocol direction socket error outcome latency";
/** A misspelt name would hold for nothing, or with `!` for all. The properties of a uevent, and names in capitals, come from the sender. */
const checkPath = (path: readonly string[], at: number, { isProperty }: Words): void => {
  const around = path.length === 1 && AROUND.split(" ").includes(path[0] as string);
  const declared = path.includes("properties") ? path.slice(0, path.indexOf("properties")) : path;
  const unknown = declared.find((name) => /[a-z]/.test(name) && !isProperty(name));
  if (unknown !== undefined && !around) throw new FilterError(at, `no message has a property "${plain(unknown)}"`);
};

const compile = (tree: FilterTree, words: Words): Filter => {
  if (tree.kind === "has" || tree.kind === "compare") checkPath(tree.path, tree.at, words);
  switch (tree.kind) {
    case "and":
    case "or": {
      const parts = tree.parts.map((part) => compile(part, words));
      return tree.kind === "and"
        ? (subject) => parts.every((part) => part(subject))
        : (subject) => parts.some((part) => part(subject));
    }
    case "not": {
      const part = compile(tree.part, words);
      return (subject) => !part(subject);
    }
    case "has": {
      const read = reader(tree.path);
      // `error` alone means a refusal: an ack of 0 is none.
      if (tree.path.length === 1 && tree.path[0] === "error") return (subject) => (read(subject) ?? 0) !== 0;
      return (subject) => read(subject) !== undefined;
    }
    case "compare": {
      const { path, operator, value } = tree;
      const read = reader(path);
      // A pattern is a text, whatever it looks like.
      const operand =
        operator === "~" ? value.text : operandOf(path.length === 1 ? (path[0] as string) : "", value, words.constant);
      // "!=" is what "==" is not: it holds where there is nothing to compare.
      if (operator === "!=") return (subject) => !holds("==", read(subject), operand);
      // -EEXIST is how the kernel writes it.
      const positive = path.length === 1 && path[0] === "error" && typeof operand === "number";
      const meant = positive ? Math.abs(operand) : operand;
      return (subject) => holds(operator, read(subject), meant);
    }
  }
};

/**
 * Makes a predicate of a filter: `type == RTM_NEWLINK && attrs.ifname == "br0"`.
 *
 * Paths are those of `decode -j`: `seq`, `pid`, `flags`, `header.index`, `attrs.linkinfo.kind`, `attrs.multipath[0].header.ifindex`; without
 * an index any item of a list will do. Besides there are `type` (the message's constant), `protocol`, `direction`, `socket`, `error`: the
 * errno of a refusal, and where exchanges are judged `outcome` and `latency` (nanoseconds). A path alone asks whether it is there; `error` alone, whether something was refused. `~` looks for a piece of a text,
 * or with `*` and `?` compares the whole; `&` asks for bits that are set; `!=` is the opposite of `==`, and so holds where there is nothing.
 * @param text the filter
 * @param constant the number of a C constant; undefined: there is none
 * @param isProperty may any message have a property of that name? Default: whatever it is
 * @throws FilterError
 */
export const compileFilter = (
  text: string,
  constant: (name: string) => number | undefined = () => undefined,
  isProperty: (name: string) => boolean = () => true,
): Filter => compile(parseFilter(text), { constant, isProperty });
