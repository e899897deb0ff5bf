// The attribute table: one nest of TLVs <-> one object.
import type { Attrs, wire } from "./attribute.ts";
import { readAttrs } from "./attrs-read.ts";
import { writeAttrs } from "./attrs-write.ts";
import type { Reader, Writer } from "./bytes.ts";
import type { AttrTable, Codec, Field } from "./codec.ts";
import { upperSnake } from "./names.ts";

/** [id, codec], and the C constant where the naming rule does not give it. */
export type AttrSpec<T> = {
  readonly [K in Exclude<keyof T, "unknown" | typeof wire>]-?: readonly [
    id: number,
    codec: Codec<NonNullable<T[K]>>,
    constant?: string,
  ];
};

/**
 * Declares the attributes of one nest. The spec is a function so that tables may be circular (a veth's peer is a link) and nothing
 * is built before its first use.
 * @param prefix what the constants have in common: "IFLA_"
 * @param spec id and codec of each property of T
 */
/* @__NO_SIDE_EFFECTS__ */
export const attrs = <T extends Attrs>(prefix: string, spec: () => AttrSpec<T>): AttrTable<T> =>
  new Table<T>(prefix, spec as () => AnySpec);

type AnySpec = { readonly [name: string]: readonly [id: number, codec: Codec<unknown>, constant?: string] };
class Table<T> implements AttrTable<T> {
  readonly kind = "attrs";
  readonly prefix: string;
  readonly #spec: () => AnySpec;
  #fields: readonly Field[] | undefined;
  #byId: readonly (Field | undefined)[] = [];
  #byName: ReadonlyMap<string, Field> = new Map();
  constructor(prefix: string, spec: () => AnySpec) {
    this.prefix = prefix;
    this.#spec = spec;
  }
  get fields(): readonly Field[] {
    return this.#fields ?? this.#build();
  }
  get byId(): readonly (Field | undefined)[] {
    this.#fields ?? this.#build();
    return this.#byId;
  }
  get byName(): ReadonlyMap<string, Field> {
    this.#fields ?? this.#build();
    return this.#byName;
  }
  #build(): readonly Field[] {
    const fields = Object.entries(this.#spec()).map(([name, [id, codec, constant]]) => ({
      name,
      id,
      codec,
      constant: constant ?? this.prefix + upperSnake(name),
    }));
    const byId: (Field | undefined)[] = Array.from({ length: 1 + Math.max(-1, ...fields.map((f) => f.id)) });
    for (const field of fields) {
      const other = byId[field.id];
      if (other !== undefined) throw new TypeError(`${field.constant} and ${other.constant} are both ${field.id}`);
      byId[field.id] = field;
    }
    this.#byId = byId;
    this.#byName = new Map(fields.map((f) => [f.name, f]));
    this.#fields = fields;
    return fields;
  }

  read(r: Reader, start: number, end: number): T {
    return readAttrs(this as AttrTable<unknown>, r, start, end) as T;
  }

  write(w: Writer, value: T, _siblings: object, constant: string): void {
    writeAttrs(this as AttrTable<unknown>, w, value, constant);
  }
}
