// A nest that holds one thing several times, each under the same attribute type: NFTA_LIST_ELEM.
import { eachAttribute, keepWords, keptWord, MAX_DEPTH, NLA_F, unframed, writeAttribute } from "./attribute.ts";
import type { Codec, List } from "./codec.ts";
import { below, EncodeError } from "./errors.ts";
import { checkList } from "./expect.ts";
import { fault } from "./fault.ts";

/** Those of whose payloads the attributes carry NLA_F_NESTED. */
const NESTS = ["attrs", "indexed", "choice", "list", "numbered"];

/**
 * Declares a nest that holds one thing several times. Reading takes whatever types the items have: the kernel itself does, and nft
 * counts where the kernel repeats one number.
 * @param of what each item holds
 * @param constant the items' constant
 * @param id the items' type
 * @param counted items are written as id, id + 1, id + 2…. Default: false
 */
/* @__NO_SIDE_EFFECTS__ */
export const listOf = <T>(of: Codec<T>, constant: string, id: number, counted = false): List<T> => ({
  kind: "list",
  of,
  constant,
  id,
  counted,
  read(r, start, end) {
    // Lists of expressions hold expressions that hold lists: tables alone would let the depth double.
    if (r.depth >= MAX_DEPTH) return fault(r, "TOO_DEEP", start, MAX_DEPTH);
    r.depth++;
    const items: (T | undefined)[] = [];
    const words: number[] = [];
    const { net } = r;
    const stop = eachAttribute(r, start, end, (word, at, to) => {
      r.path.push(`[${items.length}]`);
      r.net ||= (word & NLA_F.NET_BYTEORDER) !== 0;
      items.push(of.read(r, at, to, items));
      words.push(word);
      r.net = net;
      r.path.pop();
    });
    r.depth--;
    if (stop < end) {
      const [code, found, due] = unframed(r, stop, end);
      return fault(r, code, stop, found, due);
    }
    if (items.includes(undefined)) return undefined;
    const nest = NESTS.includes(of.kind) ? NLA_F.NESTED : 0;
    return keepWords(r, items, words, (i) => (counted ? id + i : id) | nest) as T[];
  },
  write(w, items) {
    checkList(items);
    if (w.depth >= MAX_DEPTH) throw new EncodeError("TOO_LONG", `nests deeper than ${MAX_DEPTH}`);
    w.depth++;
    const nest = NESTS.includes(of.kind) && w.nests(constant) ? NLA_F.NESTED : 0;
    items.forEach((item, i) => {
      try {
        const word = keptWord(items, i) ?? (counted ? id + i : id) | nest;
        writeAttribute(w, of as Codec<unknown>, constant, word, item, items);
      } catch (error) {
        throw below(error, `[${i}]`);
      }
    });
    w.depth--;
  },
});
