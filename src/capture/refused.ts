// A refusal, held against the bytes of the request: which attribute, and what else can be said about it.
import { blameOf } from "../codec/blame.ts";
import type { AttributePolicy, ExtAck } from "../codec/control.ts";
import { errnoName } from "../codec/errno.ts";
import { explainWith } from "../codec/explain.ts";
import type { Field } from "../codec/explain-field.ts";
import type { AnyMessage } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import type { Captured } from "./datagram.ts";
import { hintsFor } from "./hints/index.ts";

/** A request, as it was captured or sent. */
export interface RefusedRequest {
  /** The registry by which it reads. */
  readonly types: Registry;
  /** This message alone, from its nlmsghdr on. */
  readonly bytes: Uint8Array;
  /** Whence it comes: what counts is the byte order of the machine that wrote it. */
  readonly captured: Pick<Captured, "byteOrder">;
  /** Keys in it are hidden. Default: false. */
  readonly masked?: boolean | undefined;
}
/** A request that the kernel refused. */
export interface Refused {
  /** Positive errno. */
  readonly errno: number;
  /** Its name: "EINVAL". */
  readonly code: string;
  /** The kernel's sentence, if it gave one. Escape it before a terminal sees it. */
  readonly text: string | undefined;
  /** The attribute that the kernel points at: by property names. */
  readonly path: string | undefined;
  /** The same attribute's constant. */
  readonly attribute: string | undefined;
  /** The same attribute: a field inside `request`. */
  readonly at: Field | undefined;
  /** A required attribute that is missing: its constant. */
  readonly missing: string | undefined;
  /** The nest that lacks it, or the message itself. */
  readonly lacking: Field | undefined;
  /** What the attribute should have been. */
  readonly policy: AttributePolicy | undefined;
  /** The request, explained: every byte of it. */
  readonly request: Field;
  /** What we know beyond what the kernel says. */
  readonly hints: readonly string[];
}

/**
 * What a refusal is about.
 * @param answer a message from the kernel
 * @param request what it is an answer to
 * @returns undefined: it is no refusal
 */
export const refusedBy = (answer: { readonly name: unknown }, request: RefusedRequest): Refused | undefined => {
  const control = answer as AnyMessage<MessageType>;
  if (control.name !== "NLMSG_ERROR" && control.name !== "NLMSG_DONE") return undefined;
  const { header, attrs } = control as { header?: { error: number }; attrs?: ExtAck };
  if (header === undefined || header.error >= 0) return undefined;
  return refusedRequest(request, -header.error, attrs ?? {});
};

const NOTHING: Field = { constant: "", path: "", property: "", offset: 0, length: 0, text: "", children: [] };

/**
 * The same, for an errno and an extended ack that are known.
 * @param request what was refused
 * @param errno positive
 * @param ack what came with it
 */
export const refusedRequest = (request: RefusedRequest, errno: number, ack: ExtAck): Refused => {
  const options = { byteOrder: request.captured.byteOrder, masked: request.masked === true };
  const { text, path, attribute, at, missing, lacking, policy, fields } = blameOf(
    request.types,
    request.bytes,
    ack,
    options,
  );
  const [whole] = fields.length > 0 ? fields : explainWith(request.types, request.bytes, options);
  const facts = { errno, code: errnoName(errno), text, path, attribute, at, missing, lacking, policy };
  const refused = { ...facts, request: whole ?? NOTHING, hints: [] };
  return { ...refused, hints: hintsFor(refused, request) };
};
