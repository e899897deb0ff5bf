// What `nlkit trace` says beside each message: how long its answer took, and why it was refused.
import type { Turn } from "../capture/conversation.ts";
import type { Exchange } from "../capture/exchange.ts";
import { lineOf } from "../capture/line.ts";
import { isProbe, PROBE } from "../capture/probe.ts";
import type { Refused } from "../capture/refused.ts";
import { refusedLines } from "../capture/refused-lines.ts";
import type { Beside } from "./decode-lines.ts";

/** "0.469 ms". */
const milliseconds = (latency: bigint): string => `${(Number(latency) / 1e6).toFixed(3)} ms`;

/** A refusal in JSON. */
export const refusalFacts = ({ code, text, path, attribute, at, missing, policy, hints }: Refused): object => ({
  code,
  ...(text === undefined ? {} : { text }),
  ...(path === undefined ? {} : { path, attribute, offset: at?.offset }),
  ...(missing === undefined ? {} : { missing }),
  ...(policy === undefined ? {} : { policy }),
  hints,
});

/** Lines of a refusal: the request as a tree where something in it can be marked, else on a line where it does not stand above. */
export const refusalLines = (refused: Refused, exchange: Exchange<Turn>, isRequestShown: boolean): string[] => {
  const isTree = refused.at !== undefined || (refused.missing !== undefined && refused.lacking !== undefined);
  return [
    ...(isRequestShown || isTree ? [] : [`    > ${lineOf(refused.request)}`]),
    ...(isProbe(exchange) ? [`    hint: ${PROBE}`] : refusedLines(refused)),
  ];
};

/** What is said beside a message; undefined: nothing. */
export const besideOf = (turn: Turn, isRequestShown = true): Beside | undefined => {
  const { role, exchange, latency, refused } = turn;
  if (role !== "answer") return undefined;
  const probe = exchange !== undefined && isProbe(exchange);
  const facts = refused === undefined ? undefined : probe ? { ...refused, hints: [PROBE] } : refused;
  return {
    json: {
      answers: exchange?.request.name ?? exchange?.request.type,
      ...(latency === undefined ? {} : { latency: String(latency) }),
      ...(facts === undefined ? {} : { refused: refusalFacts(facts) }),
      ...(refused === undefined || isRequestShown ? {} : { request: exchange?.request.message }),
    },
    suffix: latency === undefined ? "" : ` (${milliseconds(latency)})`,
    below: refused === undefined || exchange === undefined ? [] : refusalLines(refused, exchange, isRequestShown),
  };
};
