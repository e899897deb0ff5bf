// Keys: declared where they stand. `masking.ts` has what hides them.
import type { Reader } from "./bytes.ts";
import type { Codec } from "./codec.ts";

/** What stands in a key's place. */
export const secretText = (length: number): string => `<secret: ${length} bytes>`;

/**
 * Declares that a payload is a key: XFRMA_ALG_*, WGDEVICE_A_PRIVATE_KEY, a member of a struct. With `masked`, reading and explaining give
 * `<secret: 32 bytes>` in its place. Its registry has to say so too: `withSecrets`.
 * @param codec how it is read and written: `bytes`, `string`, `octets`
 */
/* @__NO_SIDE_EFFECTS__ */
export const secret = <C extends Pick<Codec<unknown>, "kind" | "read">>(codec: C): C => ({
  ...codec,
  secret: true,
  read: (r: Reader, at: number, end: number, siblings: object): unknown =>
    r.masked ? secretText(end - at) : codec.read(r, at, end, siblings),
});

/**
 * Declares how long a payload without a length of its own is at most: a longer one, whose nla_len is wrong, may have swallowed the key
 * that stands behind it, and counts as a key.
 * @param codec how it is read and written
 * @param longest bytes; a function where a sibling says it
 */
/* @__NO_SIDE_EFFECTS__ */
export const upTo = <C extends Pick<Codec<unknown>, "kind">>(
  codec: C,
  longest: NonNullable<Codec<unknown>["longest"]>,
): C => ({ ...codec, longest });
