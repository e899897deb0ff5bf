// Numbers and escapes as source texts write them.

const NUMBER = /^(-?)(?:0x([\da-f_]+)|0b([01_]+)|0o([0-7_]+)|0([0-7]+)|(\d[\d_]*))(?:u8|i8|u|l|ul)?$/i;

/**
 * A byte that a source text writes as a number: 0x38, 0x38u8, 56, 070, 0b111000, -1.
 * @returns undefined: it is none, or no byte
 */
export const octetOf = (text: string): number | undefined => {
  const [, sign, hex, binary, octal, old, decimal] = NUMBER.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const [digits, base] = hex ? [hex, 16] : binary ? [binary, 2] : octal ? [octal, 8] : old ? [old, 8] : [decimal, 10];
  const value = Number.parseInt((digits ?? "").replaceAll("_", ""), base as number) * (sign === "-" ? -1 : 1);
  return value >= -128 && value <= 255 ? value & 0xff : undefined;
};

const SINGLE: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, a: 7, b: 8, f: 12, v: 11, e: 27 };

/** What stands behind a backslash in a string. */
export const escaped = {
  /** Is it complete? */
  isWhole: (said: string): boolean => {
    if (said.startsWith("x")) return said.length >= 3 || !/^x[\da-f]*$/i.test(said);
    if (/^[0-7]/.test(said)) return said.length >= 3 || !/^[0-7]+$/.test(said);
    return true;
  },
  /** The bytes that it stands for, and a character that is not part of it any more. */
  read: (said: string): { octets: number[]; rest: string | undefined } => {
    const [digits = ""] = /^(?:x[\da-f]{1,2}|[0-7]{1,3})/i.exec(said) ?? [];
    if (digits !== "") {
      const octet = digits.startsWith("x") ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 8);
      return { octets: [octet & 0xff], rest: said.length > digits.length ? said.slice(-1) : undefined };
    }
    // A backslash at the end of a line goes on with the next one.
    const octets = said === "\n" ? [] : [SINGLE[said] ?? said.charCodeAt(0) & 0xff];
    return { octets, rest: undefined };
  },
};
