// What explain gave, with what a page wants to know beside it: parents, levels, and which field each byte belongs to.
import type { Field } from "../src/codec/explain-field.ts";

/** A field in its tree. */
export interface FieldNode {
  readonly field: Field;
  /** Place in the list of all, which is the order of the bytes. */
  readonly id: number;
  readonly parent: FieldNode | undefined;
  /** 0: a message. */
  readonly level: number;
  readonly children: readonly FieldNode[];
  /** Framing and padding are there for everybody to see, and seldom what one looks for. */
  readonly quiet: boolean;
}
/** What a byte is there for. */
export type Role = "value" | "framing" | "padding";

/** A message, or several, as the page shows it. */
export interface Layout {
  readonly roots: readonly FieldNode[];
  /** By id. */
  readonly all: readonly FieldNode[];
  /** By byte. */
  readonly owner: readonly FieldNode[];
  /** By byte. */
  readonly role: readonly Role[];
}

const isPadding = ({ constant, text, issue }: Field): boolean =>
  constant === "" && issue === undefined && text.startsWith("padding");
/** Is it of nlmsghdr? */
export const isFraming = ({ constant, path }: Field): boolean => path === "" && constant.startsWith("nlmsg_");

/** Bytes of an attribute's header. */
const NLA_HDRLEN = 4;

/** The stretch of bytes that a field stands on. A bitfield shares its byte with the one before it. */
export const extent = ({ offset, length, value }: Field): readonly [at: number, end: number] =>
  length === 0 && value !== undefined ? [offset - 1, offset] : [offset, offset + length];

/**
 * The tree of a piece.
 * @param fields what explain gave
 * @param bytes what it was given
 * @param little byte order of nla_len
 */
export const layoutOf = (fields: readonly Field[], bytes: Uint8Array, little: boolean): Layout => {
  const all: FieldNode[] = [];
  const owner: FieldNode[] = [];
  const role: Role[] = [];
  const grow = (field: Field, parent: FieldNode | undefined, level: number): FieldNode => {
    const children: FieldNode[] = [];
    const quiet = isPadding(field) || isFraming(field);
    const node: FieldNode = { field, id: all.length, parent, level, children, quiet };
    all.push(node);
    const own = isPadding(field) ? "padding" : isFraming(field) ? "framing" : "value";
    const end = field.offset + field.length;
    const payload =
      field.word === undefined
        ? end
        : field.offset +
          (bytes[field.offset + (little ? 0 : 1)] ?? 0) +
          256 * (bytes[field.offset + (little ? 1 : 0)] ?? 0);
    for (let at = field.offset; at < end; at++) {
      owner[at] = node;
      role[at] =
        at >= payload ? "padding" : field.word !== undefined && at < field.offset + NLA_HDRLEN ? "framing" : own;
    }
    for (const child of field.children) children.push(grow(child, node, level + 1));
    return node;
  };
  const roots = fields.map((field) => grow(field, undefined, 0));
  return { roots, all, owner, role };
};

/** Those above a node, from the message down, and itself. */
export const chainOf = (node: FieldNode): FieldNode[] =>
  node.parent === undefined ? [node] : [...chainOf(node.parent), node];

/** Which child of which child a node is: what finds it again when its bytes have changed. */
export const stepsTo = (node: FieldNode, layout: Layout): number[] =>
  node.parent === undefined
    ? [layout.roots.indexOf(node)]
    : [...stepsTo(node.parent, layout), node.parent.children.indexOf(node)];

/** The node at the end of such steps, or the last above it that is there. */
export const nodeAt = ({ roots }: Layout, steps: readonly number[]): FieldNode | undefined => {
  let found: FieldNode | undefined;
  for (const step of steps) {
    const next = (found?.children ?? roots)[step];
    if (next === undefined) return found;
    found = next;
  }
  return found;
};
