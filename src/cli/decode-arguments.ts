// The arguments of `nlkit decode`, where there is nothing to say about them. commander takes 6 ms to load, make a program and read one line,
// an eighth of what Node itself takes to start: only what needs a help text, a guess or a refusal waits for it.
import { parseArgs } from "node:util";
import type { OutputOptions } from "./output-options.ts";

/** What the user chose. */
export interface DecodeOptions extends OutputOptions {
  readonly in?: string;
  readonly protocol?: string;
  readonly body?: string;
  readonly byteOrder?: "little" | "big";
  readonly filter?: string;
  readonly count?: string;
  readonly write?: string;
  readonly timestamp?: boolean;
  readonly lossless?: boolean;
  readonly showKeys?: boolean;
  readonly askKernel?: boolean;
}

/** Where nothing is said. */
export const DEFAULTS = { file: "-" } as const;

const options = {
  details: { type: "boolean", short: "d" },
  json: { type: "boolean", short: "j" },
  hex: { type: "boolean", short: "x" },
  flat: { type: "boolean" },
  in: { type: "string" },
  protocol: { type: "string", short: "p" },
  body: { type: "string" },
  "byte-order": { type: "string" },
  filter: { type: "string" },
  count: { type: "string", short: "C" },
  write: { type: "string", short: "w" },
  timestamp: { type: "boolean" },
  lossless: { type: "boolean" },
  "show-keys": { type: "boolean" },
  "ask-kernel": { type: "boolean" },
} as const;

/** Output forms that go together: any alone, and --flat with --json. */
const agree = ({ details = false, json = false, hex = false, flat = false }): boolean =>
  Number(details) + Number(json || flat) + Number(hex) <= 1;

/**
 * iproute2's -ts, which no parser of arguments takes for one word: they see -t and -s.
 * @param args behind "nlkit"
 */
export const withLongNames = (args: readonly string[]): string[] => {
  const end = args.indexOf("--");
  return args.map((arg, i) => (arg === "-ts" && (end < 0 || i < end) ? "--timestamp" : arg));
};

/**
 * What a plain command line says.
 * @param args behind "nlkit"
 * @returns undefined: it is not plain. commander has the word: it reads these lines to the same effect, and all others
 */
export const plainDecode = (args: readonly string[]): { file: string; options: DecodeOptions } | undefined => {
  if (args[0] !== "decode") return undefined;
  try {
    const { values, positionals } = parseArgs({ args: args.slice(1), options, allowPositionals: true });
    const { "byte-order": byteOrder, "show-keys": showKeys, "ask-kernel": askKernel, ...chosen } = values;
    const [file = DEFAULTS.file, ...more] = positionals;
    if (more.length > 0 || !agree(chosen)) return undefined;
    return {
      file,
      options: {
        ...chosen,
        // Any order that a person types; `decode` refuses what is none.
        ...(byteOrder === undefined ? {} : { byteOrder: byteOrder as "little" | "big" }),
        ...(showKeys === undefined ? {} : { showKeys }),
        ...(askKernel === undefined ? {} : { askKernel }),
      },
    };
  } catch {
    return undefined;
  }
};
