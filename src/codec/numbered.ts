// A nest whose attribute types are numbers with a meaning of their own: commands, indexes of policies.
import {
  eachAttribute,
  keepWords,
  keptWord,
  MAX_DEPTH,
  NLA_F,
  NLA_FLAGS,
  NLA_TYPE_MASK,
  unframed,
  writeAttribute,
} from "./attribute.ts";
import type { Codec, Numbered, NumberedItem } from "./codec.ts";
import { below, EncodeError } from "./errors.ts";
import { checkKeys, checkList, checkRecord, shown } from "./expect.ts";
import { fault } from "./fault.ts";

/** Those whose attributes carry NLA_F_NESTED. */
const NESTS = ["attrs", "indexed", "list", "numbered"];

/**
 * Declares a nest of things that each stand under a number of their own. The value is a list: an object's keys would lose the order.
 * @param of what each holds
 */
/* @__NO_SIDE_EFFECTS__ */
export const numbered = <T>(of: Codec<T>): Numbered<T> => ({
  kind: "numbered",
  of,
  read(r, start, end) {
    if (r.depth >= MAX_DEPTH) return fault(r, "TOO_DEEP", start, MAX_DEPTH);
    r.depth++;
    const items: NumberedItem<T>[] = [];
    const words: number[] = [];
    let whole = true;
    const { net } = r;
    const stop = eachAttribute(r, start, end, (word, at, to) => {
      r.path.push(`[${items.length}]`);
      r.net ||= (word & NLA_F.NET_BYTEORDER) !== 0;
      const value = of.read(r, at, to, items);
      r.net = net;
      r.path.pop();
      words.push(word);
      if (value === undefined) whole = false;
      else items.push({ number: word & NLA_TYPE_MASK, value });
    });
    r.depth--;
    if (stop < end) {
      const [code, found, due] = unframed(r, stop, end);
      return fault(r, code, stop, found, due);
    }
    if (!whole) return undefined;
    const nest = NESTS.includes(of.kind) ? NLA_F.NESTED : 0;
    keepWords(r, items, words, (i) => ((words[i] ?? 0) & NLA_TYPE_MASK) | nest);
    return items;
  },
  write(w, items, _siblings, constant) {
    checkList(items);
    if (w.depth >= MAX_DEPTH) throw new EncodeError("TOO_LONG", `nests deeper than ${MAX_DEPTH}`);
    w.depth++;
    const nest = NESTS.includes(of.kind) && w.nests(constant) ? NLA_F.NESTED : 0;
    items.forEach((item, i) => {
      try {
        checkRecord("{ number, value }", item);
        checkKeys(item, ["number", "value"], "an item");
        if (!Number.isInteger(item.number) || item.number < 0 || item.number > NLA_TYPE_MASK) {
          throw new EncodeError("OUT_OF_RANGE", `${shown(item.number)} is no attribute type`).within("number");
        }
        const kept = keptWord(items, i);
        const flags = kept === undefined ? nest : kept & NLA_FLAGS;
        writeAttribute(w, of as Codec<unknown>, constant, item.number | flags, item.value, items);
      } catch (error) {
        throw below(error, `[${i}]`);
      }
    });
    w.depth--;
  },
});
