// What strace prints, as a tree: structs, lists, strings, calls, hardware addresses, and sums of names and numbers. Knows no netlink.

/** A printed value. */
export type Node =
  | { readonly kind: "struct"; readonly members: readonly Member[] }
  | { readonly kind: "list"; readonly items: readonly Item[] }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: "mac"; readonly text: string }
  | Sum;
/** `RTM_NEWLINK`, `-19`, `IFF_UP|0x40`, `1<<BR_BOOLOPT_MST_ENABLE|0x18`, `0x42 /* IFLA_??? *\/`. */
export interface Sum {
  readonly kind: "sum";
  readonly terms: readonly string[];
  /** What stood in the comment: the same value for a person ("2.00 s"), or the family of names that has none for it ("IFLA_???"). */
  readonly comment: string;
}
/** `ifi_index=2`. */
export interface Member {
  readonly name: string;
  readonly node: Node;
}
/** `5`, or `[DEVCONF_MTU6]=5`. */
export interface Item {
  readonly index?: Sum;
  readonly node: Node;
}

const SPACE = /\s*/y;
const MAC = /(?:[\da-f]{2}:)+[\da-f]{2}(?![\w:])/y;
const STRING = /"((?:\\x[\da-f]{2})*)"(?:\.\.\.)?/y;
const CALL = /([a-z_]\w*)\(/y;
const MEMBER = /([a-z_]\w*)=/y;
const TERM = /~?-?(?:1<<)?&?\w+(?:-1)?/y;
const COMMENT = /\s*\/\* (.*?) \*\//y;

/**
 * Parses one value. Strings must be printed by `strace -xx`; behind one that has no NUL at its end strace puts "...".
 * @throws SyntaxError
 */
export const parseStrace = (text: string): Node => {
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found ?? undefined;
  };
  const skip = (token: string): boolean => {
    match(SPACE);
    if (!text.startsWith(token, at)) return false;
    at += token.length;
    return true;
  };
  const fail = (what: string): never => {
    throw new SyntaxError(`${what} expected at ${at}: ${JSON.stringify(text.slice(at, at + 60))}`);
  };
  const expect = (token: string): void => void (skip(token) || fail(`"${token}"`));
  const until = <T>(close: string, one: () => T): T[] => {
    const out: T[] = [];
    if (skip(close)) return out;
    do out.push(one());
    while (skip(","));
    expect(close);
    return out;
  };

  const value = (): Node => {
    match(SPACE);
    if (skip("{")) return { kind: "struct", members: until("}", member) };
    if (skip("[")) return { kind: "list", items: until("]", item) };
    const mac = match(MAC);
    if (mac !== undefined) return { kind: "mac", text: mac[0] };
    const string = match(STRING);
    if (string !== undefined) return { kind: "bytes", bytes: bytesOf(string[1] as string) };
    const call = match(CALL);
    if (call !== undefined) return { kind: "call", name: call[1] as string, args: until(")", value) };
    return sum();
  };
  const sum = (): Sum => {
    const terms: string[] = [];
    do terms.push(match(TERM)?.[0] ?? fail("a value"));
    while (skip("|"));
    return { kind: "sum", terms, comment: match(COMMENT)?.[1] ?? "" };
  };
  /** `a=1`; or `inet_pton(AF_INET6, "::", &a)`, which names the member it fills last; or `...`, where the bytes end too early. */
  const member = (): Member => {
    match(SPACE);
    if (skip("...")) return { name: "...", node: { kind: "sum", terms: [], comment: "" } };
    const name = match(MEMBER)?.[1];
    const node = value();
    if (name !== undefined) return { name, node };
    const last = node.kind === "call" ? node.args.at(-1) : undefined;
    const term = last?.kind === "sum" ? (last.terms[0] as string) : "";
    return term.startsWith("&") ? { name: term.slice(1), node } : fail("a member");
  };
  /** `[NAME]=1` begins like a list of one: only what follows tells. */
  const item = (): Item => {
    const node = value();
    if (!text.startsWith("=", at) || node.kind !== "list") return { node };
    at++;
    const index = node.items[0]?.node;
    return index?.kind === "sum" ? { index, node: value() } : fail("an index");
  };

  const whole = value();
  match(SPACE);
  return at === text.length ? whole : fail("the end");
};

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll("\\x", ""), "hex"));
