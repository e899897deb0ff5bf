// The grammar of --filter: a text -> a tree. It evaluates nothing, and knows no message.
//
//   expression = and { "||" and }
//   and        = unary { "&&" unary }
//   unary      = { "!" } ( "(" expression ")" | test )
//   test       = path [ operator value ]
//   operator   = "==" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "&"
//   path       = name { "." name | "[" number "]" }
//   value      = '"' JSON string '"' | word           (word: a number, a C constant, or a text without spaces)

/** How a value is compared. */
export type Operator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "&";
/** What a text may be compared with. */
export interface FilterValue {
  /** The text, without quotes. */
  readonly text: string;
  /** It stood in quotes: then it is neither a number nor a constant. */
  readonly quoted: boolean;
  /** Where it begins. */
  readonly at: number;
}
/** A filter, taken apart. */
export type FilterTree =
  | { readonly kind: "and" | "or"; readonly parts: readonly FilterTree[] }
  | { readonly kind: "not"; readonly part: FilterTree }
  | { readonly kind: "has"; readonly path: readonly string[]; readonly at: number }
  | {
      readonly kind: "compare";
      readonly path: readonly string[];
      readonly at: number;
      readonly operator: Operator;
      readonly value: FilterValue;
    };

/** A filter that cannot be. */
export class FilterError extends SyntaxError {
  /** Always "FilterError". */
  override readonly name = "FilterError";
  /** Where, counted in characters from 0. */
  readonly at: number;
  /**
   * @param at where
   * @param what is wrong
   */
  constructor(at: number, what: string) {
    super(`filter, character ${at + 1}: ${what}`);
    this.at = at;
  }
}

/** Brackets inside one another. */
const DEEPEST = 100;
const NAME = /[A-Za-z_$][\w$]*|\d+/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const WORD = /[^\s"()!&|=<>~]+/y;
const OPERATOR = /==|!=|<=|>=|<|>|~|&(?!&)/y;

/**
 * Takes a filter apart.
 * @param text as a person wrote it
 * @throws FilterError
 */
export const parseFilter = (text: string): FilterTree => {
  let at = 0;
  let depth = 0;
  const space = (): void => {
    while (at < text.length && /\s/.test(text[at] as string)) at++;
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const take = (word: string): boolean => {
    space();
    if (!text.startsWith(word, at)) return false;
    at += word.length;
    return true;
  };
  const expected = (what: string): FilterError => {
    space();
    const found = at < text.length ? `"${text.slice(at, at + 12)}"` : "the end";
    return new FilterError(at, `${what} is due, not ${found}`);
  };

  const path = (): string[] => {
    const out: string[] = [];
    do {
      const name = match(NAME);
      if (name === undefined) throw expected("a name, as in `decode -j`,");
      out.push(name);
      for (let from = at; text[at] === "["; from = at) {
        at++;
        const index = match(/\d+/y);
        if (index === undefined || text[at] !== "]") throw new FilterError(from, "a number in brackets is due");
        at++;
        out.push(index);
      }
    } while (text[at] === "." && ++at);
    return out;
  };
  const value = (): FilterValue => {
    space();
    const from = at;
    const string = match(STRING);
    if (string !== undefined) {
      try {
        return { text: JSON.parse(string) as string, quoted: true, at: from };
      } catch {
        throw new FilterError(from, "a string with escapes that JSON does not have");
      }
    }
    const word = match(WORD);
    if (word === undefined) throw expected("a value");
    return { text: word, quoted: false, at: from };
  };
  const test = (): FilterTree => {
    space();
    const from = at;
    const names = path();
    space();
    const operator = match(OPERATOR) as Operator | undefined;
    if (operator === undefined && text[at] === "=") throw new FilterError(at, '"=" is no operator: "==" compares');
    if (operator === undefined) return { kind: "has", path: names, at: from };
    return { kind: "compare", path: names, at: from, operator, value: value() };
  };
  const unary = (): FilterTree => {
    let negative = false;
    for (space(); text[at] === "!" && text[at + 1] !== "="; space()) {
      negative = !negative;
      at++;
    }
    let inner: FilterTree;
    if (take("(")) {
      if (++depth > DEEPEST) throw new FilterError(at - 1, `more than ${DEEPEST} brackets inside one another`);
      inner = expression();
      depth--;
      if (!take(")")) throw expected('")"');
    } else inner = test();
    return negative ? { kind: "not", part: inner } : inner;
  };
  const list = (kind: "and" | "or", sign: string, part: () => FilterTree): FilterTree => {
    const parts = [part()];
    while (take(sign)) parts.push(part());
    return parts.length === 1 ? (parts[0] as FilterTree) : { kind, parts };
  };
  const expression = (): FilterTree => list("or", "||", () => list("and", "&&", unary));

  const tree = expression();
  space();
  if (at < text.length) throw expected('"&&", "||" or the end');
  return tree;
};
