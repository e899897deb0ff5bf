// NLMSG_ERROR or NLMSG_DONE with an errno -> KernelError.
import { blameOf } from "../codec/blame.ts";
import type { ExtAck } from "../codec/control.ts";
import type { Registry } from "../codec/registry.ts";
import { KernelError } from "./errors.ts";
import { HOST_ORDER } from "./libc.ts";
import { subjectOf } from "./subject.ts";

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
  const { text, path, attribute, missing, policy } = blameOf(types, request, ack, { byteOrder: HOST_ORDER });
  // Where the kernel points at an attribute, that is what it was about.
  const subject = path === undefined && missing === undefined ? subjectOf(types, request, -error) : undefined;
  return new KernelError({
    errno: -error,
    message: name,
    request,
    text,
    path,
    attribute,
    missing,
    policy,
    subject,
    ack,
  });
};
