// What `nlkit diff` does. Both captures are held in memory: messages are matched from end to end.
import {
  type Compared,
  captureDifferences,
  IGNORABLE,
  type Ignorable,
  type MessageDifference,
} from "../capture/diff.ts";
import { jsonLine } from "../capture/json.ts";
import { readCapture } from "./captured.ts";
import { chosenOf } from "./decode-lines.ts";
import type { DiffOptions } from "./diff-command.ts";
import { EXIT, UsageError } from "./failure.ts";
import { filterOf } from "./filter.ts";
import { decoded, isMessage } from "./output.ts";
import { print } from "./stdout.ts";

const ignoredBy = (text: string | undefined): Ignorable[] =>
  (text ?? "").split(",").flatMap((word) => {
    const found = IGNORABLE.find((known) => known === word.trim());
    if (found === undefined && word.trim() !== "") {
      throw new UsageError(`--ignore: "${word}" is none of ${IGNORABLE.join(", ")}`);
    }
    return found === undefined ? [] : [found];
  });

const linesOf = ({ name, a, b, differences }: MessageDifference): string[] => {
  if (b === undefined) return [`- message ${a}: ${name}`];
  if (a === undefined) return [`+ message ${b}: ${name}`];
  const head = a === b ? `message ${a}: ${name}` : `message ${a} and ${b}: ${name}`;
  const sides = differences.flatMap(({ path, a: left, b: right }) => {
    if (left === undefined && right === undefined) return [`  ${path} differ: padding, or what no attribute holds`];
    return [
      ...(left === undefined ? [] : [`- ${path} ${left}`]),
      ...(right === undefined ? [] : [`+ ${path} ${right}`]),
    ];
  });
  return [head, ...sides.map((line) => line.trimEnd())];
};

/**
 * Compares, and prints where the two differ.
 * @param a the one
 * @param b the other
 * @param options what the user chose
 * @param exit told how it went
 */
export const diff = async (a: string, b: string, options: DiffOptions, exit: (code: number) => void): Promise<void> => {
  if (a === "-" && b === "-") throw new UsageError("diff: only one of the two can be standard input");
  const ignore = ignoredBy(options.ignore);
  const filter = options.filter === undefined ? undefined : await filterOf(options.filter);
  const read = async (file: string): Promise<Compared[]> => {
    const out: Compared[] = [];
    // What cannot be read cannot be compared: trouble, as diff(1) has it.
    await readCapture(
      file,
      options,
      () => exit(EXIT.USAGE),
      async (datagrams) => {
        for (const [captured, types] of datagrams) {
          const shown = decoded(types, captured, options.showKeys === true ? { showKeys: true } : {});
          const chosen = chosenOf(captured, shown, filter);
          const { bytes } = shown;
          shown.fields.filter(isMessage).forEach((field, i) => {
            if (chosen[i] === true) out.push({ field, bytes });
          });
        }
        return true;
      },
    );
    return out;
  };
  const found = captureDifferences(await read(a), await read(b), ignore);
  if (found.length > 0) exit(EXIT.FAILED);
  await print(found.flatMap((one) => (options.json === true ? [jsonLine(one)] : linesOf(one))));
};
