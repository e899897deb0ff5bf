// A line of a strace log -> who, when, which call.

/** A system call, or half of one. */
export interface StraceCall {
  /** Process or thread; "" where the log has none. */
  readonly pid: string;
  /** When it began, or was taken up again; in nanoseconds since the epoch. */
  readonly time: bigint | undefined;
  /** sendto. */
  readonly name: string;
  /** Second half of a call that was interrupted by another line. */
  readonly resumed: boolean;
  /** Behind the opening bracket. */
  readonly args: string;
  /** What it returned; undefined: an error, or the first half of a call. */
  readonly result: number | undefined;
  /** What stands behind the number: "<NETLINK:[985746]>", " <0.000011>". */
  readonly tail: string;
  /** how the line ends: with a result, as the first half of a call, or too early */
  readonly end: "result" | "unfinished" | "cut";
}

// "[pid 12]" to a terminal, "12 " in a file; with -Y "12<ip>". Times of -t, -tt, -ttt; then those of -r, which are only
// differences, and what -i and -n print.
const LINE =
  /^(?:\[pid +(\d+)(?:<[^>]*>)?\] |(\d+)(?:<[^>]*>)? +)?(?:(\d\d):(\d\d):(\d\d)(?:\.(\d+))? |(\d{9,})\.(\d+) )?(?:\(?\+? *\d+\.\d+\)? )?(?:\[[ \da-f?]+\] )*(?:<\.\.\. (\w+) resumed>|(\w+)\()/;
const RESULT = /^(-?\d+|0x[\da-f]+|\?)/;
const UNFINISHED = "<unfinished ...>";

const nanoseconds = (fraction = ""): bigint => BigInt(fraction.slice(0, 9).padEnd(9, "0"));

/** -t and -tt give a time of the day and no date: it stands for that of the epoch's day, in the local zone as strace has it. */
const timeOf = (day: readonly string[], fraction: string | undefined): bigint => {
  const [hours = 0, minutes = 0, seconds = 0] = day.map(Number);
  return BigInt(new Date(1970, 0, 1, hours, minutes, seconds).getTime()) * 1_000_000n + nanoseconds(fraction);
};

/**
 * Reads a line.
 * @param line one that is no line of a dump
 * @returns undefined: it is no call
 */
export const straceCall = (line: string): StraceCall | undefined => {
  const found = LINE.exec(line);
  if (found === null) return undefined;
  const [all, inBrackets, bare, hours, minutes, seconds, fraction, epoch, part, resumed, name] = found;
  const time =
    epoch !== undefined
      ? BigInt(epoch) * 1_000_000_000n + nanoseconds(part)
      : hours === undefined
        ? undefined
        : timeOf([hours, minutes ?? "", seconds ?? ""], fraction);
  const rest = line.slice(all.length);
  const base = { pid: inBrackets ?? bare ?? "", time, name: resumed ?? name ?? "", resumed: resumed !== undefined };
  const open = rest.trimEnd();
  if (open.endsWith(UNFINISHED)) {
    const args = open.slice(0, -UNFINISHED.length);
    return { ...base, args, result: undefined, tail: "", end: "unfinished" };
  }
  // A name of a file may hold anything, also " = 3".
  const equals = rest.lastIndexOf(" = ");
  const bracket = equals < 0 ? "" : rest.slice(0, equals).trimEnd();
  const [result] = RESULT.exec(rest.slice(equals + 3)) ?? [];
  if (!bracket.endsWith(")") || result === undefined) {
    return { ...base, args: rest, result: undefined, tail: "", end: "cut" };
  }
  const value = result === "?" ? -1 : Number(result);
  const tail = rest.slice(equals + 3 + result.length);
  return { ...base, args: bracket.slice(0, -1), result: value < 0 ? undefined : value, tail, end: "result" };
};

/** Arguments without what stands in quotes: names of files and links, which may look like anything. */
export const unquoted = (args: string): string => args.replace(/"(?:[^"\\]|\\.)*"/g, '""');
