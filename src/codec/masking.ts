// Keys, masked wherever they would be shown: those that are declared, and in a registry that has some all bytes that may be one.
import type { ReadOptions } from "./bytes.ts";
import { explainWith } from "./explain.ts";
import type { Field } from "./explain-field.ts";
import type { Hidden, MessageType, Registry } from "./registry.ts";

/**
 * Declares that some messages of a registry hold keys: what prints them looks for keys only then. It counts as a key whatever was not
 * read as something else: malformed and undeclared attributes, bytes behind the last message.
 * @param types the registry
 */
/* @__NO_SIDE_EFFECTS__ */
export const withSecrets = <M extends MessageType>(types: Registry<M>): Registry<M> => ({
  ...types,
  secrets: true,
  hide,
});

const hide = (types: Registry, bytes: Uint8Array, options?: ReadOptions): Hidden =>
  hiddenBy(bytes, explainWith(types, bytes, options));

/**
 * A datagram without its keys, and where its messages end: zeros would not tell.
 * @param bytes the datagram
 * @param fields what `explain` gave for it
 */
export const hiddenBy = (bytes: Uint8Array, fields: readonly Field[]): Hidden => {
  const last = fields.at(-1);
  const isRunt = last?.constant === "" && last.issue !== undefined;
  return { bytes: redact(bytes, fields), end: isRunt ? last.offset : bytes.length };
};

/**
 * A copy of a datagram with zeros in place of its keys. Also of those in the request that a refusal echoes, and of all bytes that may be
 * one: see `withSecrets`.
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
