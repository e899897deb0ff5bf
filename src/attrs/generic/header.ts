// What every message of generic netlink begins with: struct genlmsghdr. Its first byte is the command, which each family counts itself.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, u8, u16 } from "../../codec/int.ts";
import type { Names } from "../../codec/names.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { struct } from "../../codec/struct.ts";
import type { UndeclaredVariant } from "../../codec/variants.ts";

/** What every message of generic netlink begins with. */
export interface GenlHeader {
  /** Command of the family. */
  cmd: number;
  /** Version of the family's messages. */
  version: number;
  /** Reserved: 0. */
  reserved: number;
}
/**
 * struct genlmsghdr, with names for a family's commands.
 * @param names their constants. Default: none
 */
/* @__NO_SIDE_EFFECTS__ */
export const genlHeaderOf = (names?: () => Names): Struct<GenlHeader> =>
  struct<GenlHeader>("genlmsghdr", "", 4, () => {
    const known = names?.();
    return {
      cmd: [0, known === undefined ? u8 : enumOf(u8, known.prefix, known.values)],
      version: [1, u8],
      reserved: [2, u16],
    };
  });
/** struct genlmsghdr of a family whose commands have no names. */
export const genlHeader: Struct<GenlHeader> = /* @__PURE__ */ genlHeaderOf();
/** Attributes of a family that nlkit does not know: all in `unknown`. */
export type GenericAttrs = Attrs;
/** A table without names. */
export const genericAttrs: AttrTable<GenericAttrs> = /* @__PURE__ */ attrs<GenericAttrs>("NLA_", () => ({}));
/** A message of a family, or with a command, that nlkit does not know. */
export type GenericBody = HeaderAndAttrs<GenlHeader, GenericAttrs>;
/** The body of such a message. */
export const genericBody: Body<GenericBody> = /* @__PURE__ */ body<GenlHeader, GenericAttrs>(genlHeader, genericAttrs);
/** What the messages of a family have beside those of its commands that nlkit knows. */
export interface OtherCommands extends UndeclaredVariant {
  /** An answer or event with another command. */
  other?: GenericBody | undefined;
  /** A request with another command. */
  otherRequest?: GenericBody | undefined;
}
