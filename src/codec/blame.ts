// What an extended ack is about, in the bytes of the request itself: pure, so that captures and browsers find the same as live sockets.
import type { ReadOptions } from "./bytes.ts";
import type { AttributePolicy, ExtAck } from "./control.ts";
import { explainWith } from "./explain.ts";
import type { Field } from "./explain-field.ts";
import { attributeAt, missingAt } from "./locate.ts";
import type { Registry } from "./registry.ts";

/** What a refusal points at. Nothing in it is a guess. */
export interface Blame {
  /** The kernel's sentence, if it gave one. Text from the kernel: escape it before a terminal sees it. */
  readonly text?: string | undefined;
  /** The attribute that it points at, by property names along the nests on the wire: `linkinfo.data.ageingTime`. */
  readonly path?: string | undefined;
  /** The same attribute's constant: "IFLA_BR_AGEING_TIME". */
  readonly attribute?: string | undefined;
  /** The same attribute, one of `fields` or inside one. */
  readonly at?: Field | undefined;
  /** A required attribute that is missing: its constant, or "IFLA_INFO_DATA: type 7" when no table has it. */
  readonly missing?: string | undefined;
  /** The nest that lacks it, or the message. */
  readonly lacking?: Field | undefined;
  /** What the attribute should have been. */
  readonly policy?: AttributePolicy | undefined;
  /** The request, explained; empty when the ack says nothing that would need it. */
  readonly fields: readonly Field[];
}

/** Does the ack say anything beside its errno? */
const isSilent = ({ msg, offs, policy, missType }: ExtAck): boolean =>
  msg === undefined && offs === undefined && policy === undefined && missType === undefined;

/**
 * Finds what an extended ack is about.
 * @param types the registry by which the request reads
 * @param request the message that was refused, and no other: the ack's offsets count from its nlmsghdr
 * @param ack what came with the refusal
 * @param options byte order
 */
export const blameOf = (types: Registry, request: Uint8Array, ack: ExtAck, options?: ReadOptions): Blame => {
  if (isSilent(ack)) return { fields: [] };
  const { msg, offs, policy, missType, missNest } = ack;
  const fields = explainWith(types, request, options);
  const found = offs === undefined ? undefined : attributeAt(fields, offs);
  const nest = missNest === undefined ? fields[0] : attributeAt(fields, missNest)?.field;
  return {
    text: msg,
    path: found?.path,
    attribute: found?.constant,
    at: found?.field,
    missing: missType === undefined ? undefined : missingAt(fields, missType, missNest),
    lacking: missType === undefined ? undefined : nest,
    policy,
    fields,
  };
};
