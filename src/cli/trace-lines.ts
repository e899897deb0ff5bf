// What `nlkit trace` says beside each message: how long its answer took, and why it was refused.
import type { Turn } from "../capture/conversation.ts";
import type { Refused } from "../capture/refused.ts";
import { refusedLines } from "../capture/refused-lines.ts";
import type { Beside } from "./decode-lines.ts";
import { decoded, linesOfEach } from "./output.ts";

/** "0.469 ms". */
const milliseconds = (latency: bigint): string => `${(Number(latency) / 1e6).toFixed(3)} ms`;

/**
 * What was asked, on a line: of a refusal that marks nothing in it, since one that does shows the whole request.
 * @param refused the refusal
 * @param request what was refused
 */
export const askedLines = ({ at, missing }: Refused, { types, bytes, captured, masked }: Turn): string[] => {
  if (at !== undefined || missing !== undefined) return [];
  const { byteOrder } = captured;
  const shown = decoded(types, { bytes, byteOrder, direction: ">" }, masked ? {} : { showKeys: true });
  const [[line] = []] = linesOfEach(shown, {});
  return line === undefined ? [] : [`    asked: ${line}`];
};

/** A refusal in JSON. */
export const refusalFacts = ({ code, text, path, attribute, at, missing, policy, hints }: Refused): object => ({
  code,
  ...(text === undefined ? {} : { text }),
  ...(path === undefined ? {} : { path, attribute, offset: at?.offset }),
  ...(missing === undefined ? {} : { missing }),
  ...(policy === undefined ? {} : { policy }),
  hints,
});

/** What is said beside a message; undefined: nothing. */
export const besideOf = ({ role, exchange, latency, refused }: Turn): Beside | undefined => {
  if (role !== "answer") return undefined;
  return {
    json: {
      answers: exchange?.request.name ?? exchange?.request.type,
      ...(latency === undefined ? {} : { latency: String(latency) }),
      ...(refused === undefined ? {} : { refused: refusalFacts(refused) }),
    },
    suffix: latency === undefined ? "" : ` (${milliseconds(latency)})`,
    below: refused === undefined ? [] : refusedLines(refused),
  };
};
