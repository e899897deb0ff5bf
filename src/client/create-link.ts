// Makes a link in as many messages as the kernel needs, and takes it away again when one of them fails.
import type { LinkAttrs } from "../attrs/route/link.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { NLM_F } from "../codec/control.ts";
import type { Connection } from "../socket/connection.ts";
import { allOf } from "./answers.ts";
import type { Link, LinkOptions, Links } from "./links.ts";
import { type Creation, type NewLink, splitCreation } from "./new-link.ts";

const isElsewhere = ({ netNsFd, netNsPid, targetNetnsid }: LinkAttrs): boolean =>
  netNsFd !== undefined || netNsPid !== undefined || targetNetnsid !== undefined;

/** What has to be said after the creation, by the names of its attributes. */
const laterNames = ({ then, altNames }: Creation): string[] => [...Object.keys(then), ...altNames];

/**
 * Makes a link.
 * @param connection over which to talk
 * @param links for what comes after the creation
 * @param attrs what it shall have
 * @param options header flags, timeout, signal
 * @returns the link; undefined when it was made in another namespace
 * @throws KernelError; RangeError for what the kernel would ignore without a word
 */
export const createLink = async (
  connection: Connection<RouteMessageType>,
  links: Links,
  attrs: NewLink,
  options: LinkOptions = {},
): Promise<Link | undefined> => {
  const { header, ...how } = options;
  const creation = splitCreation(attrs);
  const { first, then, altNames } = creation;
  const elsewhere = isElsewhere(attrs);
  const later = laterNames(creation);
  if (elsewhere && later.length > 0) {
    throw new RangeError(`set ${later.join(", ")} in the namespace where the link is made`);
  }
  const flags = NLM_F.CREATE | NLM_F.EXCL | NLM_F.ECHO;
  const { messages } = await connection.request({ name: "RTM_NEWLINK", flags, header, attrs: first }, how);
  if (elsewhere) return undefined;
  const [echoed] = allOf(messages, "RTM_NEWLINK");
  // By its name, where even the look-up for its index may fail.
  const made = echoed?.header.index ?? (header?.index || attrs.ifname);
  try {
    // Linux before 6.2 does not echo what it made.
    if (later.length === 0) return echoed ?? (await links.get(made, how));
    if (Object.keys(then).length > 0) await links.set(made, then, how);
    if (altNames.length > 0) await links.addAltNames(made, altNames, how);
    return await links.get(made, how);
  } catch (error) {
    // Without the caller's signal, which may be why; what the roll-back fails with would hide the reason.
    await links.delete(made).catch(() => undefined);
    throw error;
  }
};
