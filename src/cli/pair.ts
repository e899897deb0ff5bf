// What `nlkit pair` does: requests and answers of a capture, side by side.
import type { Filter } from "../capture/filter.ts";
import { jsonLine } from "../capture/json.ts";
import { type Latencies, latencyTable } from "../capture/latencies.ts";
import { type Pair, type PairMessage, pairer } from "../capture/pair.ts";
import { timeOfDay } from "../capture/when.ts";
import { errnoName } from "../codec/errno.ts";
import { readCapture } from "./captured.ts";
import { filterOf } from "./filter.ts";
import { decoded, print } from "./output.ts";
import type { PairOptions } from "./pair-command.ts";

const nameOf = ({ name, type }: PairMessage): string => name ?? `nlmsg_type ${type}`;

/** Milliseconds with three decimals: a round trip takes a few microseconds. */
const ms = (time: bigint): string => `${(Number(time) / 1e6).toFixed(3)} ms`;

const outcomeOf = ({ outcome, error, replies }: Pair): string => {
  if (outcome === "error") return errnoName(error ?? 0);
  if (outcome === "silent") return "no answer was asked for";
  if (outcome === "none") return replies === 0 ? "no answer" : `${replies} replies and no end`;
  if (outcome === "done") return `${replies - 1} replies`;
  return outcome;
};

const lineOf = (pair: Pair): string => {
  const { request, message, latency } = pair;
  const when = request.time === undefined ? [] : [timeOfDay(request.time)];
  const who = request.socket === undefined ? [] : [request.socket];
  const took = latency === undefined ? "" : ` in ${ms(latency)}`;
  return [...when, ...who, request.protocol, nameOf(message), `seq ${message.seq}:`, `${outcomeOf(pair)}${took}`].join(
    " ",
  );
};

const objectOf = ({ request, message, replies, outcome, error, first, latency }: Pair): object => ({
  time: request.time,
  socket: request.socket,
  protocol: request.protocol,
  message: nameOf(message),
  seq: message.seq,
  outcome,
  error: error === undefined ? undefined : errnoName(error),
  replies,
  first,
  latency,
});

/** Columns as wide as what is in them. */
const tableOf = (rows: readonly Latencies[]): string[] => {
  const cells = rows.map(({ name, requests, refused, unanswered, min, median, p95, max }) => [
    name,
    ...[requests, refused, unanswered].map(String),
    ...[min, median, p95, max].map((time) => (time === undefined ? "-" : ms(time))),
  ]);
  const all = [["request", "sent", "refused", "unanswered", "min", "median", "95 %", "max"], ...cells];
  const widths = (all[0] ?? []).map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
};

/**
 * Reads, and prints pairs as they are complete; statistics at the end.
 * @param file -: standard input
 * @param options what the user chose
 * @param exit told of problems of the input
 */
export const pair = async (file: string, options: PairOptions, exit: (code: number) => void): Promise<void> => {
  const filter: Filter | undefined = options.filter === undefined ? undefined : await filterOf(options.filter);
  const pairs = pairer();
  const table = latencyTable();
  const show = async (found: readonly Pair[]): Promise<void> => {
    const wanted = found.filter(({ request, message }) => filter?.({ message, ...request }) ?? true);
    for (const one of wanted) table.add(nameOf(one.message), one.outcome, one.latency);
    if (options.summary === true) return;
    await print(wanted.map((one) => (options.json === true ? jsonLine(objectOf(one)) : lineOf(one))));
  };
  await readCapture(file, options, exit, async (datagrams) => {
    const found = datagrams.flatMap(([captured, types]) => {
      const { direction, messages } = decoded(types, captured, { json: true });
      return pairs.add(captured, direction, messages as readonly PairMessage[]);
    });
    await show(found);
    return true;
  });
  await show(pairs.end());
  const rows = table.rows();
  if (options.json === true) await print(rows.map((row) => jsonLine({ statistics: row })));
  else if (rows.length > 0) await print([...(options.summary === true ? [] : [""]), ...tableOf(rows)]);
};
