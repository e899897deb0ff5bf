// Words that several causes use.
import { IFF } from "../../attrs/route/link-names.ts";
import type { Link } from "../../client/links.ts";
import { plain } from "../../codec/text.ts";
import type { Attachment, End, Situation } from "./situation.ts";

/** A link's name as it is. */
export const rawName = ({ attrs, header }: Link): string => attrs.ifname ?? `if${header.index}`;
/** A link's name for a sentence. */
export const nameOf = (link: Link): string => plain(rawName(link));
/** Has somebody put it up? */
export const isUp = ({ header }: Link): boolean => (header.flags & IFF.UP) !== 0;

/** An attachment and whose it is. */
export interface Owned {
  readonly end: End;
  readonly at: Attachment;
}
/** What matters: the attachments that a way goes by; without one, those on a common bridge; where there is none, all. */
export const attachmentsThatMatter = ({ a, b, shared, ways }: Situation): Owned[] => {
  const used = new Set(ways.flatMap((way) => way.shared ?? []));
  const pairs = used.size > 0 ? [...used] : shared;
  if (pairs.length === 0) return [a, b].flatMap((end) => end.attachments.map((at) => ({ end, at })));
  return pairs.flatMap((pair) => [
    { end: a, at: pair.a },
    { end: b, at: pair.b },
  ]);
};
