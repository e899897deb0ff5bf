// One byte of type, one of length, the value, no padding: how libnftnl keeps what the kernel only stores (nftnl_udata).
import type { Attrs, RawAttribute } from "./attribute.ts";
import type { AttrSpec } from "./attrs.ts";
import type { Reader, Writer } from "./bytes.ts";
import type { Codec, Field, Int, Tlv8 } from "./codec.ts";
import { below, EncodeError } from "./errors.ts";
import { checkBytes, checkKeys, checkList, checkRecord, shown } from "./expect.ts";
import { upperSnake } from "./names.ts";
import { plain } from "./text.ts";

/**
 * Visits what u8[start, end) frames in this way.
 * @param visit gets each type and the value's bounds
 * @returns where framing ends: at `end`, or before bytes that frame nothing
 */
export const eachTlv8 = (
  r: Reader,
  start: number,
  end: number,
  visit: (type: number, at: number, end: number) => void,
): number => {
  let at = start;
  while (end - at >= 2) {
    const to = at + 2 + (r.u8[at + 1] as number);
    if (to > end) break;
    visit(r.u8[at] as number, at + 2, to);
    at = to;
  }
  return at;
};

type Values = { [name: string]: unknown } & Pick<Attrs, "unknown">;
type AnySpec = { readonly [name: string]: readonly [id: number, codec: Codec<unknown>, constant?: string] };

/**
 * Reads one declared value. An integer of another width is none of ours: other programs keep their own things in the same place.
 * @returns undefined: it stays raw
 */
export const readTlv8 = (r: Reader, { codec }: Field, at: number, end: number): unknown =>
  codec.kind === "int" && (codec as unknown as Int).size !== end - at ? undefined : codec.read(r, at, end, {});

const writeOne = (w: Writer, type: number, value: () => void): void => {
  const at = w.room(2);
  value();
  const length = w.pos - at - 2;
  if (length > 0xff) throw new EncodeError("TOO_LONG", `${length} bytes: the length field ends at 255`);
  w.u8[at] = type;
  w.u8[at + 1] = length;
};

const writeUnknown = (w: Writer, unknown: unknown): void => {
  checkList(unknown);
  (unknown as RawAttribute[]).forEach((raw, i) => {
    try {
      checkRecord("{ word, bytes }", raw);
      checkKeys(raw, ["word", "bytes"], "an unknown value");
      if (!Number.isInteger(raw.word) || raw.word < 0 || raw.word > 0xff)
        throw new EncodeError("OUT_OF_RANGE", `${shown(raw.word)} is no u8`).within("word");
      checkBytes(raw.bytes, "bytes");
      writeOne(w, raw.word, () => w.raw(raw.bytes));
    } catch (error) {
      throw below(error, `[${i}]`);
    }
  });
};

/**
 * Declares values that each stand behind a byte of type and a byte of length. Bytes that are not framed so are left raw without an issue:
 * the kernel lets every program keep there what it likes.
 * @param prefix what the constants have in common: "NFTNL_UDATA_RULE_"
 * @param spec type and codec of each property of T
 */
/* @__NO_SIDE_EFFECTS__ */
export const tlv8 = <T extends Attrs>(prefix: string, spec: () => AttrSpec<T>): Tlv8<T> => {
  let built: readonly Field[] | undefined;
  const self: Tlv8<T> = {
    kind: "tlv8",
    prefix,
    get fields() {
      built ??= Object.entries(spec() as AnySpec).map(([name, [id, codec, constant]]) => ({
        name,
        id,
        codec,
        constant: constant ?? prefix + upperSnake(name),
      }));
      return built;
    },
    read(r, start, end) {
      const values: Values = {};
      const unknown: RawAttribute[] = [];
      const stop = eachTlv8(r, start, end, (type, at, to) => {
        const field = self.fields.find((f) => f.id === type);
        const value = field && readTlv8(r, field, at, to);
        if (field === undefined || value === undefined) unknown.push({ word: type, bytes: r.u8.slice(at, to) });
        else values[field.name] = value;
      });
      if (stop < end) return undefined;
      if (unknown.length > 0) values.unknown = unknown;
      return values as T;
    },
    write(w, value) {
      checkRecord("values", value);
      const given = value as Values;
      for (const name of Object.keys(given)) {
        const one = given[name];
        if (one === undefined) continue;
        try {
          if (name === "unknown") {
            writeUnknown(w, one);
            continue;
          }
          const field = self.fields.find((f) => f.name === name);
          if (field === undefined) throw new EncodeError("UNKNOWN_NAME", `no "${plain(name)}" here (${prefix}…)`);
          writeOne(w, field.id, () => field.codec.write(w, one, given, field.constant));
        } catch (error) {
          throw below(error, plain(name));
        }
      }
    },
  };
  return self;
};
