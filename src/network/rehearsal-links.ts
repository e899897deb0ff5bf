// The answer to a link that is not made: what the kernel would echo, with an index that no link has.

import type { LinkAttrs } from "../attrs/route/link.ts";
import { NLM_F } from "../codec/control.ts";
import { decodeWith } from "../codec/message.ts";
import type { Registry } from "../codec/registry.ts";
import { HOST_ORDER } from "../socket/libc.ts";

/** The kernel counts up from 1 in each namespace: nobody gets as far as this. */
const FIRST = 1_000_001;
let next = FIRST;

/**
 * What RTM_NEWLINK with NLM_F_CREATE and NLM_F_ECHO is answered with; undefined for another message.
 * @param types registry of NETLINK_ROUTE
 * @param bytes the request
 */
export const inventedLink = (types: Registry, bytes: Uint8Array): object | undefined => {
  const [request] = decodeWith(types, bytes, { byteOrder: HOST_ORDER });
  if (request?.name !== "RTM_NEWLINK" || (request.flags & NLM_F.CREATE) === 0) return undefined;
  const { ifname, linkinfo } = (request as { readonly attrs?: LinkAttrs }).attrs ?? {};
  const peer = linkinfo?.kind === "veth" ? { link: next++ } : {};
  return { name: "RTM_NEWLINK", header: { index: next++ }, attrs: { ifname, ...peer } };
};
