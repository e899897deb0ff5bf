// Byte arrays and byte strings in the source text of C, Go, Rust, JavaScript, Python and their like.
import { plain } from "../codec/text.ts";
import { Collector } from "./collector.ts";
import type { CaptureItem, CaptureOptions, CaptureParser } from "./datagram.ts";
import { ABOUT_LENGTH, collected, type Facts, factsOf, found } from "./found.ts";
import { escaped, octetOf } from "./literal.ts";

/** Shorter lists are sizes, indices and arguments. */
const SHORTEST = 4;
/** A string of hex digits for fromhex() and its like: sizeof(struct nlmsghdr) at least. */
const HEX_STRING = /^(?:[\da-f]{2}[\s:]*){16,}$/i;
/** Brackets inside one another that are followed. */
const DEEPEST = 64;
const WORD = /[\w$]/;

interface List {
  readonly bytes: Collector;
  /** Something in it is no byte: what, and whether that is worth a word. */
  bad?: string;
  line: number;
}

/**
 * Reads the byte arrays (`{ 0x38, 0 }`, `[]byte{56}`, `vec![0x38u8]`, `bytes([56])`) and byte strings (`b"\x38\x00"`, also of hex digits) of
 * a source text; all else in it is passed over. A list of fewer than four numbers is none.
 * @param options protocol and byte order of the datagrams
 */
export const arrayParser = (options: CaptureOptions = {}): CaptureParser => {
  let out: CaptureItem[] = [];
  let line = 1;
  const lists: List[] = [];
  const text = new Collector();
  /** The string that is gathered has escapes. */
  let escapes = false;
  /** What the comment before the next datagram says of it. */
  let facts: Facts = {};
  const told = (): Facts => {
    const said = facts;
    facts = {};
    return said;
  };

  const endString = (): void => {
    if (text.length === 0) return;
    const { bytes } = text.take();
    const digits = escapes ? "" : new TextDecoder("latin1").decode(bytes);
    if (escapes && bytes.length >= SHORTEST) out.push(found(bytes, options, told()));
    else if (HEX_STRING.test(digits)) {
      const hex = digits.replaceAll(/[\s:]/g, "").match(/../g) ?? [];
      out.push(
        found(
          Uint8Array.from(hex, (octet) => Number.parseInt(octet, 16)),
          options,
          told(),
        ),
      );
    }
    escapes = false;
  };
  const word = (said: string): void => {
    const list = lists.at(-1);
    if (list === undefined || list.bad !== undefined) return;
    const octet = octetOf(said);
    if (octet !== undefined) list.bytes.add(octet);
    else list.bad = said;
  };
  const close = (): void => {
    const list = lists.pop();
    if (list === undefined || list.bytes.length < SHORTEST) return;
    if (list.bad === undefined) out.push(collected(list.bytes, options, told()));
    else if (/^\d/.test(list.bad)) {
      told();
      out.push({ problem: `"${plain(list.bad)}" in a list of bytes is none`, line: list.line });
    }
  };

  /** Gets one character with each turn: its place in the text is its place in the code. */
  function* scan(): Generator<undefined, never, string> {
    let c = yield;
    let before = "";
    for (;;) {
      const previous = before;
      before = c;
      if (c === '"' || c === "'" || c === "`") {
        const quote = c;
        const from = text.length;
        c = yield;
        while (c !== quote && (quote === "`" || c !== "\n")) {
          if (c === "\\") {
            let said = yield;
            while (!escaped.isWhole(said)) said += yield;
            const { octets, rest } = escaped.read(said);
            for (const octet of octets) text.add(octet);
            escapes = true;
            c = rest ?? (yield);
          } else {
            text.add(c.charCodeAt(0));
            c = yield;
          }
        }
        if (quote === "'" && text.length - from === 1 && lists.length > 0) {
          // A character, as one of a list.
          const { bytes } = text.take();
          word(String(bytes.at(-1)));
          escapes = false;
        }
        if (c !== "\n") c = yield;
        continue;
      }
      if (c === "/" || c === "#") {
        let comment = "";
        c = yield;
        if (before === "#" || c === "/") {
          if (before !== "#") c = yield;
          for (; c !== "\n"; c = yield) if (comment.length < ABOUT_LENGTH) comment += c;
        } else if (c === "*") {
          c = yield;
          for (let star = false; !(star && c === "/"); c = yield) {
            if (comment.length < ABOUT_LENGTH) comment += c;
            star = c === "*";
          }
          c = yield;
        }
        const said = factsOf(comment);
        if (said.protocol !== undefined) facts = said;
        continue;
      }
      if (WORD.test(c) || c === "-") {
        let said = "";
        // A word longer than any number is none: its end does not count.
        for (; WORD.test(c) || (said === "" && c === "-"); c = yield) if (said.length < 64) said += c;
        before = "a";
        // b"…", u8"…" and their like.
        if ((c === '"' || c === "'") && !/^-?\d/.test(said)) continue;
        endString();
        word(said);
        continue;
      }
      if (c === "{" || c === "[" || c === "(") {
        endString();
        const list: List = { bytes: new Collector(), line };
        // x[56] is an index, or a size.
        if (c === "[" && WORD.test(previous)) list.bad = "index";
        if (lists.length === DEEPEST) lists.shift();
        lists.push(list);
      } else if (c === "}" || c === "]" || c === ")") {
        endString();
        close();
      } else if (!/[\s+\\]/.test(c)) {
        endString();
        const list = lists.at(-1);
        if (c !== "," && list !== undefined) list.bad ??= c;
      }
      c = yield;
    }
  }
  const scanner = scan();
  scanner.next("");
  const decoder = new TextDecoder("latin1");
  const see = (c: string): void => {
    scanner.next(c);
    if (c === "\n") line++;
  };
  return {
    push(chunk) {
      out = [];
      for (const c of decoder.decode(chunk, { stream: true })) see(c);
      return out;
    },
    end() {
      out = [];
      see("\n");
      endString();
      const open = lists.find(({ bytes, bad }) => bad === undefined && bytes.length >= SHORTEST);
      if (open !== undefined) {
        out.push({ problem: "the text ends within a list of bytes", line: open.line });
        out.push(collected(open.bytes, options));
      }
      return out;
    },
  };
};
