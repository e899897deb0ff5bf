// Expressions that read one value.
import type { Int, Member, Struct } from "../../src/codec/codec.ts";

/** Tells that the generated file needs a helper. */
export type Uses = (helper: string) => void;

/** "p + 4"; "p" for 0. */
export const plus = (base: string, offset: number): string => (offset === 0 ? base : `${base} + ${offset}`);

/** Reads an integer at a place. */
export const intAt = ({ size, signed, big, width }: Int, at: string, uses: Uses): string => {
  if (width !== undefined) throw new Error("no generated code for bitfields yet");
  if (size === 1) return signed ? `dv.getInt8(${at})` : `u8[${at}] as number`;
  if (size === 8 && !signed && !big) {
    uses("u64Of");
    return `u64Of(dv, ${at})`;
  }
  const type = size === 8 ? (signed ? "BigInt" : "BigUint") : signed ? "Int" : "Uint";
  return `dv.get${type}${size * 8}(${at}, ${!big})`;
};

/** "family: u8[at] as number": the members of a struct at a place. */
export const membersAt = ({ members, name, open }: Struct, base: string, uses: Uses): string[] => {
  if (open === true) throw new Error(`struct ${name}: no generated code for one that grows yet`);
  return members.map((m: Member) => {
    const at = plus(base, m.offset);
    if (m.codec.kind === "int") return `${m.name}: ${intAt(m.codec, at, uses)}`;
    if (m.codec.address !== undefined) throw new Error(`struct ${name}: no generated code for addresses in it yet`);
    uses("hardwareText");
    return `${m.name}: hardwareText(u8, ${at}, ${plus(base, m.offset + m.size)})`;
  });
};

/** The buffers that a piece of code names. */
export const buffers = (code: string): string => {
  const used = ["dv", "u8"].filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  return used.length === 0 ? "" : `const { ${used.join(", ")} } = r;`;
};
