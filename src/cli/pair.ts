// What `nlkit pair` does: requests and answers of a capture, side by side.
import { Conversation, type Turn } from "../capture/conversation.ts";
import type { Exchange } from "../capture/exchange.ts";
import type { Filter } from "../capture/filter.ts";
import { isProbe } from "../capture/hints/kernel.ts";
import { jsonLine } from "../capture/json.ts";
import { type Latencies, latencyTable } from "../capture/latencies.ts";
import { refusedLines } from "../capture/refused-lines.ts";
import { timeOfDay } from "../capture/when.ts";
import { errnoName } from "../codec/errno.ts";
import { quote } from "../codec/text.ts";
import { askOrder } from "./ask-order.ts";
import { readCapture, type Visit } from "./captured.ts";
import { callLine } from "./decode-lines.ts";
import { filterOf } from "./filter.ts";
import type { PairOptions } from "./pair-command.ts";
import { print } from "./stdout.ts";
import { askedLines, refusalFacts } from "./trace-lines.ts";

type Pair = Exchange<Turn>;

const nameOf = ({ name, type }: Turn): string => name ?? `nlmsg_type ${type}`;

/** What `ip link` asks first is refused each time, and counts by itself. */
const kindOf = (turn: Turn): string =>
  isProbe(turn.name, turn.bytes) ? `${nameOf(turn)} (does the kernel know it?)` : nameOf(turn);

/** Milliseconds with three decimals: a round trip takes a few microseconds. */
const ms = (time: bigint): string => `${(Number(time) / 1e6).toFixed(3)} ms`;

const replies = (count: number): string => (count === 1 ? "1 reply" : `${count} replies`);

const outcomeOf = ({ outcome, error, replies: count }: Pair): string => {
  if (outcome === "error") return errnoName(error ?? 0);
  if (outcome === "silent") return "no answer was asked for";
  if (outcome === "none") return count === 0 ? "no answer" : `${replies(count)} and no end`;
  if (outcome === "done") return replies(count - 1);
  return outcome ?? "";
};

const linesOf = (pair: Pair): string[] => {
  const { request, answer, latency, interrupted } = pair;
  const { time, socket, protocol, seq } = request;
  const refused = answer?.refused;
  const words = [
    ...(time === undefined ? [] : [timeOfDay(time)]),
    ...(socket === undefined ? [] : [socket]),
    protocol,
    nameOf(request),
    `seq ${seq}:`,
    outcomeOf(pair),
    ...(interrupted ? ["interrupted (NLM_F_DUMP_INTR)"] : []),
    ...(refused?.text === undefined ? [] : [quote(refused.text)]),
    ...(latency === undefined || pair.outcome === "none" ? [] : [`in ${ms(latency)}`]),
  ];
  return [
    words.join(" "),
    ...(refused === undefined ? [] : [...askedLines(refused, request), ...refusedLines(refused)]),
  ];
};

const objectOf = (pair: Pair): object => {
  const { request, answer, replies: count, outcome, error, first, latency, interrupted } = pair;
  const refused = answer?.refused;
  return {
    time: request.time,
    socket: request.socket,
    protocol: request.protocol,
    message: nameOf(request),
    seq: request.seq,
    outcome,
    error: error === undefined ? undefined : errnoName(error),
    replies: count,
    interrupted: interrupted || undefined,
    first,
    latency,
    msg: refused?.text,
    refused: refused === undefined ? undefined : refusalFacts(refused),
    asked: refused === undefined ? undefined : request.message,
  };
};

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

/** The filter's view of an exchange: any of its messages will do. */
const wantedBy = (options: PairOptions, filter: Filter | undefined) => {
  const answers = new WeakMap<Pair, Turn[]>();
  const holds = (turn: Turn, direction: ">" | "<", exchange: Pair): boolean =>
    filter?.({ message: turn.message, protocol: turn.protocol, socket: turn.socket, direction, exchange }) ?? true;
  return {
    /** Answers are kept only where a filter may ask for them. */
    hear(turns: readonly Turn[]): void {
      if (filter === undefined) return;
      for (const turn of turns) {
        if (turn.role !== "answer" || turn.exchange === undefined) continue;
        const same = answers.get(turn.exchange);
        if (same === undefined) answers.set(turn.exchange, [turn]);
        else same.push(turn);
      }
    },
    isWanted(exchange: Pair): boolean {
      if (
        options.refused === true &&
        (exchange.outcome !== "error" || isProbe(exchange.request.name, exchange.request.bytes))
      )
        return false;
      return (
        holds(exchange.request, ">", exchange) ||
        (answers.get(exchange)?.some((answer) => holds(answer, "<", exchange)) ?? false)
      );
    },
  };
};

/**
 * Reads, and prints pairs: of a file in the order in which they were asked, else as they are complete. Statistics at the end.
 * @param file -: standard input
 * @param options what the user chose
 * @param exit told of problems of the input
 */
export const pair = async (file: string, options: PairOptions, exit: (code: number) => void): Promise<void> => {
  const filter: Filter | undefined = options.filter === undefined ? undefined : await filterOf(options.filter);
  const table = latencyTable();
  const ended: Pair[] = [];
  const conversation = new Conversation({ ended: (exchange) => void ended.push(exchange) });
  const wanting = wantedBy(options, filter);
  const order = askOrder<Pair>(file === "-");
  const show = async (): Promise<void> => {
    const wanted = order.take(ended.splice(0)).filter(wanting.isWanted);
    for (const one of wanted)
      table.add(kindOf(one.request), one.outcome, one.outcome === "none" ? undefined : one.latency);
    if (options.summary === true) return;
    const lines = (one: Pair): string[] => (options.json === true ? [jsonLine(objectOf(one))] : linesOf(one));
    await print(wanted.flatMap(lines));
  };
  const visit: Visit = async (datagrams) => {
    for (const [captured, types] of datagrams) {
      const turns = conversation.hear(captured, types);
      order.ask(
        turns.flatMap(({ role, exchange }) => (role === "request" && exchange !== undefined ? [exchange] : [])),
      );
      wanting.hear(turns);
    }
    await show();
    return true;
  };
  // What was lost may have been an answer.
  await readCapture(file, options, exit, visit, async (call) => {
    if (options.summary !== true) await print([callLine(call, { json: options.json === true }, undefined)]);
  });
  conversation.end();
  await show();
  const rows = table.rows();
  if (options.json === true) await print(rows.map((row) => jsonLine({ statistics: row })));
  else if (rows.length > 0) await print([...(options.summary === true ? [] : [""]), ...tableOf(rows)]);
};
