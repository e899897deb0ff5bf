// Structs one behind the other, without lengths of their own: arrays of structs, and programs of instructions.
import type { Reader } from "./bytes.ts";
import type { Sequence, SequenceCase, Struct } from "./codec.ts";
import { below, EncodeError } from "./errors.ts";
import { checkList, checkRecord, numberOf } from "./expect.ts";
import { fault } from "./fault.ts";

type Values = { readonly [member: string]: unknown };

const holds = ({ is }: SequenceCase, values: Values): boolean =>
  Object.entries(is).every(([member, numbers]) => numbers.includes(numberOf(values[member])));

/** The members that decide, read from bytes; undefined where there are too few. */
const deciding = (r: Reader, { struct, is }: SequenceCase, at: number): Values =>
  Object.fromEntries(
    struct.members
      .filter(({ name }) => Object.hasOwn(is, name))
      .map(({ name, codec, offset, size }) => [name, codec.read(r, at + offset, at + offset + size, {})]),
  );

/** The bytes that an item takes: at least those of its struct. */
const spanOf = ({ length }: Pick<Sequence, "length">, struct: Struct, item: Values): number =>
  length === undefined ? struct.size : Math.max(struct.size, numberOf(item[length]) || 0);

/** The struct that an item is: the one whose members it has, all of them if there is one. */
const caseFor = (cases: readonly SequenceCase[], item: Values): SequenceCase | undefined => {
  const fitting = cases.filter((one) => holds(one, item));
  if (fitting.length < 2) return fitting[0];
  const keys = Object.keys(item);
  const having = fitting.filter(({ struct }) => keys.every((key) => struct.members.some(({ name }) => name === key)));
  return having.find(({ struct }) => struct.members.length === keys.length) ?? having[0] ?? fitting[0];
};

/** The struct that begins at `at` and its value; undefined: none that is declared, or not all of it is there. */
export const itemAt = (
  codec: Sequence,
  r: Reader,
  at: number,
  end: number,
): { readonly struct: Struct; readonly item: object; readonly end: number } | undefined => {
  const struct = codec.cases.find((one) => one.struct.size <= end - at && holds(one, deciding(r, one, at)))?.struct;
  if (struct === undefined) return undefined;
  const item = struct.read(r, at, at + struct.size, {}) as Values;
  const to = at + spanOf(codec, struct, item);
  return to > end ? undefined : { struct, item, end: to };
};

/**
 * Declares structs one behind the other. What cannot be told apart to the last byte stays raw as a whole.
 * @param constant C name of one
 * @param cases the structs that may stand there, and which values of their members tell which it is
 * @param length the member that says how many bytes one takes, where that may be more than its struct has
 */
/* @__NO_SIDE_EFFECTS__ */
export const sequence = <T extends object>(
  constant: string,
  cases: () => readonly SequenceCase[],
  length?: keyof T & string,
): Sequence<T> => {
  let built: readonly SequenceCase[] | undefined;
  const self: Sequence<T> = {
    kind: "sequence",
    constant,
    length,
    get cases() {
      built ??= cases();
      return built;
    },
    read(r, start, end) {
      const items: T[] = [];
      for (let at = start; at < end; ) {
        const found = itemAt(self as Sequence, r, at, end);
        if (found === undefined) return fault(r, "TRAILING", at, end - at);
        items.push(found.item as T);
        at = found.end;
      }
      return items;
    },
    write(w, items, siblings, own) {
      checkList(items);
      items.forEach((item, i) => {
        try {
          checkRecord(`struct ${constant}`, item);
          const found = caseFor(self.cases, item as Values);
          if (found === undefined) throw new EncodeError("WRONG_KIND", `no ${constant} has these values`);
          found.struct.write(w, item, siblings, own);
          w.zeros(spanOf(self, found.struct, item as Values) - found.struct.size);
        } catch (error) {
          throw below(error, `[${i}]`);
        }
      });
    },
  };
  return self;
};

/**
 * Declares an array of one struct.
 * @param struct what each item is
 */
/* @__NO_SIDE_EFFECTS__ */
export const structs = <T extends object>(struct: Struct<T>): Sequence<T> =>
  sequence<T>(struct.name, () => [{ struct: struct as unknown as Struct, is: {} }]);
