// The places where strace's reading differs and is not to be compared. Each rule names one place, and asks for just the mistake it knows.
import type { Field } from "../../src/codec/explain-field.ts";
import type { Entry } from "./strace-entries.ts";
import type { Node } from "./strace-syntax.ts";
import { numberOf } from "./uapi.ts";

/** A key of the lists in strace-lists.ts; undefined: no exception. */
export type Exception = string | undefined;

const familyIs = (fields: readonly Field[], family: string): boolean =>
  fields.find((f) => f.constant.endsWith("_family"))?.value === numberOf(family);

/** A message that strace does not know: `{family=AF_UNSPEC, data="\x00…"}`. */
export const isUnreadBody = (body: readonly Entry[]): boolean =>
  body.length === 2 && body[0]?.kind === "member" && body[0].name === "family";

/** A body that it reads as what it is not. */
export const bodyException = (message: Field, body: readonly Entry[]): Exception =>
  asksForMdb(message, body) ??
  (message.constant === "RTM_GETNEIGH" &&
  familyIs(message.children, "AF_BRIDGE") &&
  body[0]?.kind === "member" &&
  body[0].name === "ifi_family"
    ? "RTM_GETNEIGH of AF_BRIDGE"
    : undefined);

/** A request, whose attributes are those of MDBA_SET_*. */
const asksForMdb = (message: Field, body: readonly Entry[]): Exception =>
  message.constant === "RTM_NEWMDB" &&
  message.children.some((f) => f.constant === "MDBA_SET_ENTRY") &&
  body.some((entry) => entry.kind === "attribute" && entry.type.terms.at(-1) === "MDBA_MDB")
    ? "RTM_NEWMDB as a request"
    : undefined;

/** A value that it reads as what it is not, in the message whose fields are `fields`. */
export const valueException = (node: Node, field: Field, payload: Uint8Array, fields: readonly Field[]): Exception => {
  const { constant, value } = field;
  if (constant === "IFLA_ADDRESS" && familyIs(fields, "AF_BRIDGE") && node.kind === "sum") {
    return node.terms[0] === String(value).slice(0, 2) ? "IFLA_ADDRESS of AF_BRIDGE" : undefined;
  }
  if (constant === "IFA_BROADCAST" && familyIs(fields, "AF_INET") && payload.length === 16 && node.kind === "call") {
    const [address] = node.args;
    const first = payload.subarray(0, 4).join(".");
    return address?.kind === "bytes" && Buffer.from(address.bytes).toString() === first
      ? "IFA_BROADCAST of AF_INET with 16 bytes"
      : undefined;
  }
  return undefined;
};
