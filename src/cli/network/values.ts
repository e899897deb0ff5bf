// What stands behind an option: K=V, true or false, a number, several of the same.
import { InvalidArgumentError } from "../commander.ts";

/** Collects an option that may be given several times. */
export const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** "key=value"; what is behind the first "=" is the value, whatever it is. */
export const keyValue = (
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => {
  const at = text.indexOf("=");
  // As Docker reads it: a label may have no value. Object.fromEntries: a key may be called __proto__.
  const [key, value] = at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
  if (key === "") throw new InvalidArgumentError("KEY=VALUE is expected.");
  return Object.fromEntries([...Object.entries(before), [key, value]]);
};

/** The same, where a value has to be. */
export const assignment = (
  text: string,
  before?: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  if (!/^[^=]+=./s.test(text)) throw new InvalidArgumentError("KEY=VALUE is expected.");
  return keyValue(text, before);
};

/** As Docker's driver reads it, strconv.ParseBool. */
export const truth = (text: string): boolean => {
  if (["true", "1", "t", "T", "TRUE", "True"].includes(text)) return true;
  if (["false", "0", "f", "F", "FALSE", "False"].includes(text)) return false;
  throw new InvalidArgumentError("true or false is expected.");
};

/** A whole number. */
export const whole = (text: string): number => {
  if (!/^-?\d{1,15}$/.test(text)) throw new InvalidArgumentError("A whole number is expected.");
  return Number(text);
};

/** Seconds, as milliseconds. */
export const seconds = (text: string): number => {
  if (!/^\d{1,6}(\.\d+)?$/.test(text)) throw new InvalidArgumentError("Seconds are expected: 5, 0.5.");
  return Math.round(Number(text) * 1000);
};
