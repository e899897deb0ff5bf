// Keys: declared once, where they stand, and masked wherever they would be shown.
import type { Reader } from "./bytes.ts";
import type { Codec } from "./codec.ts";
import type { Field } from "./explain-field.ts";
import type { MessageType, Registry } from "./registry.ts";

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
 * Declares that some messages of a registry hold keys: what prints them looks for keys only then.
 * @param types the registry
 */
/* @__NO_SIDE_EFFECTS__ */
export const withSecrets = <M extends MessageType>(types: Registry<M>): Registry<M> => ({ ...types, secrets: true });

/**
 * A copy of a datagram with zeros in place of its keys. Also of those in the request that a refusal echoes.
 * @param bytes the datagram
 * @param fields what `explain` gave for it
 */
export const redact = (bytes: Uint8Array, fields: readonly Field[]): Uint8Array => {
  let out: Uint8Array | undefined;
  const visit = ({ secret: place, children }: Field): void => {
    if (place !== undefined) {
      out ??= bytes.slice();
      out.fill(0, place.at, place.end);
    }
    children.forEach(visit);
  };
  fields.forEach(visit);
  return out ?? bytes;
};
