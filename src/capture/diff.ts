// Two messages, or two captures, attribute by attribute.
import type { Field } from "../codec/explain-field.ts";

/** What does not count. */
export const IGNORABLE = ["seq", "pid", "order"] as const;
/** One of them. */
export type Ignorable = (typeof IGNORABLE)[number];

/** A place where two messages differ: C path, and what stands there, as `explain` has it. */
export interface Difference {
  /** "IFLA_LINKINFO/IFLA_INFO_KIND", "nlmsg_flags"; "order" and "bytes" where only these differ. */
  readonly path: string;
  /** Undefined: the first message has none. */
  readonly a?: string;
  /** Undefined: the second message has none. */
  readonly b?: string;
}
/** A message to compare. */
export interface Compared {
  readonly field: Field;
  /** The datagram that it stands in. */
  readonly bytes: Uint8Array;
}
/** What became of the messages of two captures. */
export interface MessageDifference {
  /** Its constant. */
  readonly name: string;
  /** Place in the first capture, counted from 1; undefined: it is only in the second. */
  readonly a?: number;
  /** Place in the second capture. */
  readonly b?: number;
  readonly differences: readonly Difference[];
}

type Entry = readonly [path: string, text: string];

/** Of a message's own header, and of the one that an ack echoes ("msg.nlmsg_seq"). */
const isIgnored = ({ constant }: Field, ignore: readonly Ignorable[]): boolean =>
  (ignore.includes("seq") && constant.endsWith("nlmsg_seq")) ||
  (ignore.includes("pid") && constant.endsWith("nlmsg_pid"));

/** nlmsg_len follows from the rest. */
const leavesOf = (field: Field, ignore: readonly Ignorable[]): Entry[] => {
  const { constant, path, text, children } = field;
  if (constant === "nlmsg_len" || isIgnored(field, ignore)) return [];
  if (children.length === 0)
    return constant === "" && text.startsWith("padding") ? [] : [[path || constant || "bytes", text]];
  // A nest's own text is its flags: NLA_F_NESTED.
  const own: Entry[] = field.word === undefined ? [] : [[path, text]];
  return [...own, ...children.flatMap((child) => leavesOf(child, ignore))];
};

/** Bytes of a message, without what does not count. */
const plainBytes = ({ field, bytes }: Compared, ignore: readonly Ignorable[]): string => {
  const copy = bytes.slice(field.offset, field.offset + field.length);
  const blank = (inner: Field): void => {
    const at = inner.offset - field.offset;
    if (isIgnored(inner, ignore)) copy.fill(0, at, at + inner.length);
    else inner.children.forEach(blank);
  };
  blank(field);
  return copy.join();
};

/**
 * Where two messages differ. Where every value is the same, the order of the attributes may differ still ("order"), or padding and the
 * like ("bytes"); neither counts with `order` ignored.
 * @param a the first
 * @param b the second
 * @param ignore what does not count
 */
export const differences = (a: Compared, b: Compared, ignore: readonly Ignorable[] = []): Difference[] => {
  const [left, right] = [leavesOf(a.field, ignore), leavesOf(b.field, ignore)];
  if (a.field.constant !== b.field.constant) return [{ path: "nlmsg_type", a: a.field.constant, b: b.field.constant }];
  const [before, after] = [new Map(left), new Map(right)];
  const out: Difference[] = [];
  for (const [path, text] of before) {
    const other = after.get(path);
    if (other === undefined) out.push({ path, a: text });
    else if (other !== text) out.push({ path, a: text, b: other });
  }
  for (const [path, text] of after) if (!before.has(path)) out.push({ path, b: text });
  if (out.length > 0 || ignore.includes("order")) return out;
  const paths = (entries: readonly Entry[]): string => entries.map(([path]) => path).join(" ");
  if (paths(left) !== paths(right)) return [{ path: "order", a: paths(left), b: paths(right) }];
  return plainBytes(a, ignore) === plainBytes(b, ignore) ? [] : [{ path: "bytes" }];
};

/** Products up to which messages are matched by the longest common run of names; of longer captures, one by one. */
const MOST = 4_000_000;

/** Which message of the one belongs to which of the other: pairs of indices, -1 where there is none. */
const aligned = (a: readonly string[], b: readonly string[]): (readonly [number, number])[] => {
  if (a.length * b.length > MOST) {
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [
      i < a.length ? i : -1,
      i < b.length ? i : -1,
    ]);
  }
  const width = b.length + 1;
  const best = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => best[i * width + j] as number;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const out: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) out.push([i++, j++]);
    else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) out.push([i++, -1]);
    else out.push([-1, j++]);
  }
  return out;
};

/**
 * Where two captures differ, message by message. Messages are matched by name, in their order; times do not count.
 * @param a messages of the first
 * @param b messages of the second
 * @param ignore what does not count
 */
export const captureDifferences = (
  a: readonly Compared[],
  b: readonly Compared[],
  ignore: readonly Ignorable[] = [],
): MessageDifference[] => {
  const names = (all: readonly Compared[]): string[] => all.map(({ field }) => field.constant);
  // One against one is compared, whatever they are.
  const pairs = a.length === 1 && b.length === 1 ? ([[0, 0]] as const) : aligned(names(a), names(b));
  return pairs.flatMap(([i, j]): MessageDifference[] => {
    const [left, right] = [a[i], b[j]];
    const name = (left ?? right)?.field.constant ?? "";
    if (left === undefined || right === undefined) {
      return [{ name, ...(left ? { a: i + 1 } : {}), ...(right ? { b: j + 1 } : {}), differences: [] }];
    }
    const found = differences(left, right, ignore);
    return found.length === 0 ? [] : [{ name, a: i + 1, b: j + 1, differences: found }];
  });
};
