// NLMSG_ERROR or NLMSG_DONE with an errno -> KernelError: finds the attribute in our own copy of the request.
import type { ExtAck } from "../codec/control.ts";
import { explainWith } from "../codec/explain.ts";
import { attributeAt, missingAt } from "../codec/locate.ts";
import type { Registry } from "../codec/registry.ts";
import { KernelError } from "./errors.ts";
import { HOST_ORDER } from "./libc.ts";

/**
 * The error for a refusal.
 * @param types the registry by which the request was written
 * @param request its bytes
 * @param name its constant
 * @param error nlmsgerr.error: negative
 * @param ack the extended ack that came with it
 */
export const refusal = (
  types: Registry,
  request: Uint8Array,
  name: string,
  error: number,
  ack: ExtAck,
): KernelError => {
  const facts = { errno: -error, message: name, request };
  const { msg, offs, policy, missType, missNest } = ack;
  if (msg === undefined && offs === undefined && missType === undefined && policy === undefined) {
    return new KernelError(facts);
  }
  const fields = explainWith(types, request, { byteOrder: HOST_ORDER });
  const found = offs === undefined ? undefined : attributeAt(fields, offs);
  return new KernelError({
    ...facts,
    text: msg,
    path: found?.path,
    attribute: found?.constant,
    missing: missType === undefined ? undefined : missingAt(fields, missType, missNest),
    policy,
  });
};
