// Where a request parts from the one that was recorded: the first field that says something else.
import { explainWith } from "../codec/explain.ts";
import type { Field } from "../codec/explain-field.ts";
import { type Registry, registry } from "../codec/registry.ts";
import { OCTET } from "../codec/text.ts";

/** Framing that differs from run to run, or follows from what is inside. */
const PASSING = ["nlmsg_len", "nlmsg_seq", "nlmsg_pid"];
/** "linkinfo.data.ageingTime (IFLA_BR_AGEING_TIME)" */
const nameOf = ({ constant, property }: Field): string =>
  property === "" || constant === "" ? constant || "padding" : `${property} (${constant})`;

interface Said {
  readonly name: string;
  readonly value: string;
}
/** What the fields say, nests before what is in them. */
const said = (fields: readonly Field[]): Said[] =>
  fields.flatMap((field) =>
    PASSING.includes(field.constant) ? [] : [{ name: nameOf(field), value: field.text }, ...said(field.children)],
  );

const full = ({ name, value }: Said): string => (value === "" ? name : `${name} ${value}`);

/**
 * Says in a sentence what differs.
 * @param recorded the request of the recording
 * @param sent the one that came
 * @param types whose messages they are; without, types and attributes have numbers alone
 */
export const differenceOf = (recorded: Uint8Array, sent: Uint8Array, types?: Registry): string => {
  const known = types ?? registry("", 0);
  const [was, is] = [recorded, sent].map((bytes) => explainWith(known, bytes)) as [Field[], Field[]];
  const names = (fields: readonly Field[]): string => fields.map(({ constant }) => constant).join(" ");
  if (names(was) !== names(is)) return `${names(was)} was recorded, ${names(is)} was sent`;
  const [old, now] = [said(was), said(is)];
  const at = old.findIndex((one, i) => one.name !== now[i]?.name || one.value !== now[i]?.value);
  const [a, b] = at < 0 ? [undefined, now[old.length]] : [old[at], now[at]];
  if (a === undefined && b === undefined) return `${names(was)}: ${firstByte(recorded, sent, was)}`;
  const what =
    a?.name === b?.name
      ? `${a?.name} was recorded as ${a?.value || "empty"}, sent as ${b?.value || "empty"}`
      : `${a === undefined ? "nothing more" : full(a)} was recorded, ${b === undefined ? "nothing more" : full(b)} was sent`;
  return `${names(was)}: ${what}`;
};

/** The innermost field at an offset. */
const fieldAt = (fields: readonly Field[], at: number): Field | undefined => {
  const found = fields.find(({ offset, length }) => at >= offset && at < offset + length);
  return found && (fieldAt(found.children, at) ?? found);
};

/** What no field says: whether a string has its NUL, padding. */
const firstByte = (recorded: Uint8Array, sent: Uint8Array, fields: readonly Field[]): string => {
  const header = (i: number): boolean => i < 4 || (i >= 8 && i < 16);
  const at = recorded.findIndex((byte, i) => byte !== sent[i] && !header(i));
  const octet = (bytes: Uint8Array): string => OCTET[bytes[at] ?? -1] ?? "nothing";
  const around = fieldAt(fields, at);
  return around === undefined
    ? `${recorded.length} bytes were recorded, ${sent.length} sent`
    : `byte ${at}, in ${nameOf(around)}, was recorded as ${octet(recorded)}, sent as ${octet(sent)}`;
};
