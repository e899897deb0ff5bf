// Messages that have one type and several layouts: a request begins with another struct than its answer (NETLINK_SOCK_DIAG).
import type { Attrs } from "./attribute.ts";
import type { Body, Codec, Variant, Variants } from "./codec.ts";
import { NLM_F } from "./control.ts";
import { below, EncodeError } from "./errors.ts";
import { checkBytes } from "./expect.ts";
import type { HeaderAndAttrs } from "./nests.ts";

/** What a message of several layouts holds when none of them is declared for it. */
export interface UndeclaredVariant {
  /** Its body as bytes: a family that nlkit does not know. */
  payload?: Uint8Array | undefined;
}

/**
 * A layout of requests: of messages with NLM_F_REQUEST.
 * @param families what the first byte of the body may be. Undefined: anything
 * @param body what stands behind nlmsghdr
 */
/* @__NO_SIDE_EFFECTS__ */
export const requestOf = <H extends object, A extends Attrs>(
  families: readonly number[] | undefined,
  body: Body<HeaderAndAttrs<H, A>>,
): VariantOf<HeaderAndAttrs<H, A>> => ({ request: true, families, body });
/**
 * A layout of answers and events: of messages without NLM_F_REQUEST.
 * @param families what the first byte of the body may be. Undefined: anything
 * @param body what stands behind nlmsghdr
 */
/* @__NO_SIDE_EFFECTS__ */
export const answerOf = <H extends object, A extends Attrs>(
  families: readonly number[] | undefined,
  body: Body<HeaderAndAttrs<H, A>>,
): VariantOf<HeaderAndAttrs<H, A>> => ({ request: false, families, body });

/**
 * A layout of dump requests, where it is another than that of other requests: of messages with NLM_F_REQUEST and NLM_F_DUMP.
 * @param body what stands behind nlmsghdr
 */
/* @__NO_SIDE_EFFECTS__ */
export const dumpOf = <H extends object, A extends Attrs>(
  body: Body<HeaderAndAttrs<H, A>>,
): VariantOf<HeaderAndAttrs<H, A>> => ({ request: true, dump: true, families: undefined, body });

/** A layout and the value that it has. */
export interface VariantOf<T> extends Omit<Variant, "body"> {
  /** What stands behind nlmsghdr. */
  readonly body: Body<T>;
}

/** Which layout a message with these flags and this first byte has; undefined: none that is declared. */
export const variantOf = (
  { cases }: Variants,
  flags: number,
  family: number | undefined,
): readonly [key: string, variant: Variant] | undefined =>
  Object.entries(cases).find(([, variant]) => fits(variant, flags, family));

const fits = ({ request, dump, families }: Variant, flags: number, family: number | undefined): boolean =>
  request === ((flags & NLM_F.REQUEST) !== 0) &&
  (dump === undefined || dump === isDump(flags)) &&
  (families === undefined || families.includes(family ?? -1));

const isDump = (flags: number): boolean => (flags & NLM_F.DUMP) === NLM_F.DUMP;

/** The keys that a message of this body may have beside those of every message. */
export const variantKeys = (codec: Variants): string[] => [...Object.keys(codec.cases), "payload"];

/** The properties of the message, all absent but one. */
type Given = { readonly [key: string]: unknown };

/** What of a message says which layout it has. Beside it stand the properties of every message. */
const givenOf = (codec: Variants, value: Given): string[] =>
  variantKeys(codec).filter((key) => value[key] !== undefined);

/**
 * Declares a body that has several layouts. The value has one key: `{ inet: { header, attrs } }`; `payload` where none is declared.
 * @param cases a layout for each key
 */
/* @__NO_SIDE_EFFECTS__ */
export const variants = <T extends UndeclaredVariant>(
  cases: () => { readonly [K in Exclude<keyof T, "payload">]-?: VariantOf<NonNullable<T[K]>> },
): Variants<T> => {
  let built: Variants["cases"] | undefined;
  const self: Variants<T> = {
    kind: "variants",
    get cases() {
      built ??= cases() as unknown as Variants["cases"];
      return built;
    },
    read(r, at, end) {
      const found = variantOf(self as Variants, r.flags, at < end ? r.u8[at] : undefined);
      const value = found?.[1].body.read(r, at, end, {});
      return (found === undefined || value === undefined
        ? { payload: r.u8.slice(at, end) }
        : { [found[0]]: value }) as unknown as T;
    },
    write(w, value, siblings) {
      const keys = givenOf(self as Variants, value as unknown as Given);
      const [key = ""] = keys;
      if (keys.length !== 1) {
        const due = variantKeys(self as Variants).join(", ");
        throw new EncodeError("WRONG_KIND", `one of ${due} is due, got ${keys.join(" and ") || "none"}`);
      }
      const one = (value as unknown as Given)[key];
      try {
        if (key === "payload") {
          checkBytes(one);
          w.raw(one as Uint8Array);
          return;
        }
        writeVariant(self as Variants, key, w, one, siblings);
      } catch (error) {
        throw below(error, key);
      }
    },
  };
  return self;
};

/** The first byte, where the key leaves no choice and the caller said nothing: the command of `linkstateGet`. */
const fillFamily = ({ families = [], body }: Variant, u8: Uint8Array, at: number, value: unknown): void => {
  const [only, ...others] = families;
  if (only === undefined || others.length > 0 || u8[at] !== 0) return;
  const [first] = body.header.members;
  const { header } = value as { readonly header?: { readonly [name: string]: unknown } };
  if (first !== undefined && header?.[first.name] === undefined) u8[at] = only;
};

/** Refuses a layout under flags or a family by which nobody would read it as that layout. */
const writeVariant = (
  codec: Variants,
  key: string,
  w: Parameters<Codec<unknown>["write"]>[0],
  value: unknown,
  siblings: object,
): void => {
  const { request, dump, body } = codec.cases[key] as Variant;
  if (request !== ((w.flags & NLM_F.REQUEST) !== 0)) {
    throw new EncodeError("WRONG_KIND", `NLM_F_REQUEST is ${request ? "due" : "not due"} in the message's flags`);
  }
  if (dump !== undefined && dump !== isDump(w.flags)) {
    throw new EncodeError("WRONG_KIND", `NLM_F_DUMP is ${dump ? "due" : "not due"} in the message's flags`);
  }
  const from = w.pos;
  (body as Codec<unknown>).write(w, value, siblings, key);
  fillFamily(codec.cases[key] as Variant, w.u8, from, value);
  const family = w.pos > from ? w.u8[from] : undefined;
  if (variantOf(codec, w.flags, family)?.[0] !== key) {
    const { families = [] } = codec.cases[key] as Variant;
    throw new EncodeError(
      "WRONG_KIND",
      `the header's family is ${family ?? "absent"}, due is ${families.join(" or ")}`,
    );
  }
};
