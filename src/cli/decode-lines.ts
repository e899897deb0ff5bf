// A captured datagram -> what `nlkit decode` prints of it.
import { type Captured, callText, type FailedCall } from "../capture/datagram.ts";
import type { Filter } from "../capture/filter.ts";
import { jsonLine, jsonMembers } from "../capture/json.ts";
import { dateAndTime, timeOfDay } from "../capture/when.ts";
import type { UnknownMessage } from "../codec/message.ts";
import type { Paint } from "./colour.ts";
import type { DecodeOptions } from "./decode-arguments.ts";
import { linesOf, linesOfEach, type Shown } from "./output.ts";

/** What is said of a message beside itself. */
export interface Beside {
  /** Keys of its JSON object, behind its own. */
  readonly json: object;
  /** At the end of its line. */
  readonly suffix: string;
  /** Lines of their own, below it; in a hexdump they are comments. */
  readonly below: readonly string[];
}

/** What stands in front of a line: what the capture says of a datagram, beside its bytes. */
const prefixOf = (
  { time, socket, direction }: Pick<Captured, "time" | "socket" | "direction">,
  shown: Pick<Shown, "direction" | "protocol">,
  options: DecodeOptions,
): string => {
  // Bytes alone: it would only repeat what the user said.
  if (time === undefined && socket === undefined && direction === undefined) return "";
  const when = time === undefined ? [] : [options.timestamp === true ? dateAndTime(time) : timeOfDay(time)];
  return [...when, ...(socket === undefined ? [] : [socket]), shown.direction, shown.protocol, ""].join(" ");
};

/** A datagram of which not all is there. */
const lossOf = ({ bytes, truncated, cut }: Captured): string =>
  truncated !== undefined
    ? ` (cut: ${bytes.length} of ${truncated} bytes)`
    : cut === true
      ? ` (cut after ${bytes.length} bytes: MSG_TRUNC)`
      : "";

/**
 * What a program met that was watched: a call that failed, among the messages.
 * @param call what the log says
 * @param options the form
 * @param paint colours; undefined: none
 */
export const callLine = (call: FailedCall, options: DecodeOptions, paint: Paint | undefined): string => {
  const { name, code, direction, protocol, socket, time } = call;
  if (options.json === true && options.flat !== true) {
    const overrun = direction === "<" && code === "ENOBUFS" ? { overrun: true } : {};
    const when = time === undefined ? {} : { time: String(time) };
    return jsonLine({ ...when, socket, direction, protocol, call: name, error: code, ...overrun });
  }
  const prefix = prefixOf(call, call, options);
  if (options.hex === true || options.flat === true) return `# ${prefix}${callText(call)}`;
  return (paint?.prefix(prefix, direction) ?? prefix) + (paint?.line(callText(call)) ?? callText(call));
};

/**
 * The same for JSON: what `nlkit encode` needs to make the capture again. Of bytes alone, what can be told from the message, or is the
 * default, is not said.
 */
const aboutOf = (captured: Captured, shown: Shown): string => {
  const { time, socket, direction, protocol, byteOrder, truncated, cut } = captured;
  const isCapture = time !== undefined || socket !== undefined;
  const [first] = shown.messages as readonly Partial<UnknownMessage>[];
  const told = ((first?.flags ?? 0) & 1) === 1 ? ">" : "<";
  let out = time === undefined ? "" : `"time":"${time}",`;
  if (socket !== undefined) out += `"socket":${jsonLine(socket)},`;
  if (isCapture || (direction !== undefined && direction !== told)) out += `"direction":"${shown.direction}",`;
  if (isCapture || protocol !== "NETLINK_ROUTE") out += `"protocol":${jsonLine(protocol)},`;
  if (byteOrder === "big") out += '"byteOrder":"big",';
  if (truncated !== undefined) out += `"truncated":${truncated},`;
  if (cut === true) out += '"cut":true,';
  return out;
};

/** Which messages of a datagram are wanted; all without a filter. */
export const chosenOf = (captured: Captured, shown: Shown, filter: Filter | undefined): boolean[] => {
  if (filter === undefined) return shown.messages.map(() => true);
  const { socket } = captured;
  const { protocol, direction } = shown;
  return shown.messages.map((message) => filter({ message, protocol, direction, socket }));
};

/**
 * The lines of those messages of a datagram that were chosen; of a hexdump, of all of them.
 * @param captured as it came
 * @param shown as it was decoded
 * @param chosen one for each message
 * @param options the form
 * @param paint colours; undefined: none
 * @param besides what more is known, one for each message
 */
export const decodeLines = (
  captured: Captured,
  shown: Shown,
  chosen: readonly boolean[],
  options: DecodeOptions,
  paint: Paint | undefined,
  besides: readonly (Beside | undefined)[] = [],
): string[] => {
  if (options.hex === true) {
    const prefix = prefixOf({ ...captured, direction: undefined }, shown, options).replace(/ [<>] \S+ $/, "");
    const below = besides.flatMap((beside) => beside?.below ?? []).map((line) => `# ${line}`);
    const above = (prefix + lossOf(captured)).trim();
    return [...(above === "" ? [] : [`# ${above}`]), ...linesOf(shown, options), ...below];
  }
  if (options.flat === true)
    return linesOfEach(shown, options)
      .filter((_, i) => chosen[i])
      .flat();
  if (options.json === true) {
    const about = aboutOf(captured, shown);
    const last = shown.messages.length - 1;
    const out: string[] = [];
    for (let i = 0; i <= last; i++) {
      if (chosen[i] !== true) continue;
      const more = i < last ? '"more":true,' : "";
      const beside = besides[i]?.json;
      const behind = beside === undefined ? "" : `,${jsonMembers(beside)}`;
      out.push(`{${about}${more}${jsonMembers(shown.messages[i] ?? {})}${behind}}`);
    }
    return out;
  }
  const prefix = prefixOf(captured, shown, options);
  const last = shown.messages.length - 1;
  const painted = paint?.prefix(prefix, shown.direction) ?? prefix;
  return linesOfEach(shown, options).flatMap(([first = "", ...rest], i) => {
    const { suffix = "", below = [] } = besides[i] ?? {};
    const said = (paint?.line(first) ?? first) + (i === last ? lossOf(captured) : "") + suffix;
    return chosen[i] ? [painted + said, ...rest, ...below] : [];
  });
};
