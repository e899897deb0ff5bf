// A link as a caller names it, and where that stands in a request.
import type { LinkAttrs } from "../attrs/route/link.ts";
import type { LinkHeader } from "../attrs/route/link-header.ts";
import { IFNAME_MAX, nameLength } from "./ifname.ts";

/** A link by its index, its name, or one of its alternative names. */
export type LinkRef = number | string;

/** The part of a request that says which link it is about. */
export interface Reference {
  /** Its index, if that is known. */
  readonly header: Partial<LinkHeader>;
  /** Its name otherwise: a long one must be an alternative one. */
  readonly attrs: LinkAttrs;
}

/**
 * Where a link is named: its index in the header, or its name among the attributes.
 * @param link which
 */
export const reference = (link: LinkRef): Reference =>
  typeof link === "number"
    ? { header: { index: link }, attrs: {} }
    : { header: {}, attrs: nameLength(link) > IFNAME_MAX ? { altIfname: link } : { ifname: link } };
