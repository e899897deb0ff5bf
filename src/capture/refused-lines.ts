// A refusal for a person: the kernel's words, the request with the attribute in question marked, and the hints.
import type { AttributePolicy } from "../codec/control.ts";
import type { Field } from "../codec/explain-field.ts";
import { quote } from "../codec/text.ts";
import type { Refused } from "./refused.ts";

/** What marks the line. */
const MARK = ">>";
/** A request with more lines shows of the rest only what stands above the mark. */
const MANY = 40;

interface Line {
  readonly depth: number;
  readonly text: string;
  /** The field, or one of those in which the marked one stands. */
  readonly near: boolean;
  readonly mark: boolean;
}

/** Framing that says nothing about the refusal. */
const isQuiet = ({ constant, text }: Field): boolean =>
  (constant === "" && text.startsWith("padding")) || /^nlmsg_(len|seq|pid|type)$/.test(constant);

const collect = (field: Field, depth: number, marked: Field | undefined, out: Line[]): boolean => {
  const at = out.length;
  const issue = field.issue === undefined ? "" : `!${field.issue}`;
  const text = [field.constant, field.text, issue].filter((part) => part !== "").join(" ");
  out.push({ depth, text, near: false, mark: field === marked });
  let near = field === marked;
  for (const child of field.children) {
    if (!isQuiet(child) && collect(child, depth + 1, marked, out)) near = true;
  }
  if (near) out[at] = { depth, text, near, mark: field === marked };
  return near;
};

/** Lines in the place of which stands their number. */
const shortened = (lines: readonly Line[]): Line[] => {
  const out: Line[] = [];
  let hidden = 0;
  const note = (): void => {
    if (hidden > 0) out.push({ depth: 1, text: `… ${hidden} more`, near: false, mark: false });
    hidden = 0;
  };
  for (const line of lines) {
    if (line.near || line.depth < 1) {
      note();
      out.push(line);
    } else hidden++;
  }
  note();
  return out;
};

/** What the kernel would have taken. */
export const policyText = (policy: AttributePolicy): string => {
  const types = [
    "",
    "flag",
    "u8",
    "u16",
    "u32",
    "u64",
    "s8",
    "s16",
    "s32",
    "s64",
    "bytes",
    "string",
    "string with NUL",
    "nest",
    "array of nests",
    "bitfield32",
    "sint",
    "uint",
  ];
  const type = types[policy.type ?? 0] || "something else";
  const low = policy.minValueU ?? policy.minValueS;
  const high = policy.maxValueU ?? policy.maxValueS;
  const parts = [type];
  if (low !== undefined || high !== undefined) parts.push(`from ${low ?? "…"} to ${high ?? "…"}`);
  if (policy.minLength !== undefined) parts.push(`of ${policy.minLength} bytes at least`);
  if (policy.maxLength !== undefined) parts.push(`of ${policy.maxLength} bytes at most`);
  if (policy.mask !== undefined) parts.push(`of the bits 0x${policy.mask.toString(16)}`);
  if (policy.bitfield32Mask !== undefined) parts.push(`of the bits 0x${policy.bitfield32Mask.toString(16)}`);
  return parts.join(" ");
};

/**
 * The lines.
 * @param refused the refusal
 * @param indent what stands in front of each
 */
export const refusedLines = (refused: Refused, indent = "    "): string[] => {
  const { code, text, at, missing, lacking, policy, request, hints } = refused;
  const marked = at ?? (missing === undefined ? undefined : lacking);
  const said = hints.map((hint) => `${indent}hint: ${hint}`);
  // Nothing to mark: the request stands on a line of its own already.
  if (marked === undefined) return said;
  const lines: Line[] = [];
  collect(request, 0, marked, lines);
  const shown = lines.length > MANY ? shortened(lines) : lines;
  const notes = [
    at === undefined ? undefined : text === undefined ? code : quote(text),
    missing === undefined ? undefined : `lacks ${missing}`,
    policy === undefined ? undefined : `the kernel takes: ${policyText(policy)}`,
  ];
  const note = notes.filter((part) => part !== undefined).join("; ");
  return [
    ...shown.map(({ depth, text: words, mark }) => {
      const line = `${mark ? MARK : "  "} ${"  ".repeat(depth)}${words}`;
      return `${indent}${line}${mark && note !== "" ? `   <-- ${note}` : ""}`;
    }),
    ...said,
  ];
};
