// Colour, where a person looks: on a terminal, or where FORCE_COLOR asks for it; never under NO_COLOR (https://no-color.org).
import { isTerminal } from "./stdout.ts";

/** Is somebody looking who wants it? */
const isWanted = (): boolean => {
  const { NO_COLOR = "", FORCE_COLOR = "", TERM } = process.env;
  if (NO_COLOR !== "") return false;
  return (FORCE_COLOR !== "" && FORCE_COLOR !== "0") || (TERM !== "dumb" && isTerminal());
};

/** How a line is coloured: who spoke, when, and what about; undefined: not at all. */
export interface Paint {
  readonly prefix: (text: string, direction: ">" | "<") => string;
  readonly line: (text: string) => string;
}

/** Its package is loaded only where there is colour. */
export const paint = async (): Promise<Paint | undefined> => {
  if (!isWanted()) return undefined;
  const [colours, { ERRNO }] = [
    (await import("picocolors")).default.createColors(true),
    await import("../codec/errno.ts"),
  ];
  // EXCL and ECHO are flags.
  const isWrong = (word: string): boolean => /^(!|-\d+$|E\d+$|ENOTSUPP$)/.test(word) || Object.hasOwn(ERRNO, word);
  return {
    prefix: (text, direction) => (direction === ">" ? colours.green(text) : colours.cyan(text)),
    line: (text) => {
      // The message's name, then what went wrong. Names from the kernel hold no escapes: they are printable by now.
      const [name = "", ...rest] = text.split(" ");
      const words = rest.map((word) => (isWrong(word) ? colours.red(word) : word));
      return [colours.bold(name), ...words].join(" ");
    },
  };
};
