// Bytes or text that somebody brought -> messages.
import { type CaptureItem, type CaptureParser, type CaptureProblem, isCaptured } from "../src/capture/datagram.ts";
import { DETECT_BYTES, detect, type Format } from "../src/capture/detect.ts";
import { openCapture } from "../src/capture/open.ts";
import { type Piece, piecesOf } from "./piece.ts";

/** What a page can hold and still scroll. */
const MOST = 100_000;
/** Problems worth listing. */
const MOST_PROBLEMS = 50;

/** What an input gave. */
export interface Reading {
  readonly format: Format | undefined;
  readonly pieces: readonly Piece[];
  /** One a line, for a person. */
  readonly problems: readonly string[];
}

const where = ({ line, offset }: CaptureProblem): string =>
  line !== undefined ? `line ${line}: ` : offset !== undefined ? `byte ${offset}: ` : "";

/** What there is to choose from, for whoever brings something else. */
const NONE =
  "none of the formats that are read: hex text, annotated hexdump, xxd, hexdump -C, base64, byte array, pcap, pcapng, strace, nft --debug=mnl, rtmon";

/**
 * Reads a capture.
 * @param data all of it
 * @param protocol of datagrams that name none
 */
export const readCapture = async (data: Blob, protocol: string): Promise<Reading> => {
  const format = detect(new Uint8Array(await data.slice(0, DETECT_BYTES).arrayBuffer()));
  const pieces: Piece[] = [];
  const problems: string[] = [];
  if (format === undefined) return { format, pieces, problems: data.size === 0 ? [] : [NONE] };
  const take = (items: readonly CaptureItem[]): void => {
    for (const item of items) {
      if (!isCaptured(item)) problems.push(where(item) + item.problem);
      else if (pieces.length <= MOST) for (const piece of piecesOf(item)) pieces.push(piece);
    }
  };
  try {
    await pump(
      data,
      await openCapture(format, { protocol, resolve: () => undefined }),
      take,
      () => pieces.length <= MOST,
    );
  } catch (error) {
    // A parser reports, and does not throw; should one all the same, what came before is shown.
    problems.push(error instanceof Error ? error.message : String(error));
  }
  if (pieces.splice(MOST).length > 0) problems.push(`more than ${MOST} messages: the rest is left out`);
  const left = problems.length - MOST_PROBLEMS;
  return { format, pieces, problems: left > 0 ? [...problems.slice(0, MOST_PROBLEMS), `and ${left} more`] : problems };
};

const pump = async (
  data: Blob,
  parser: CaptureParser,
  take: (items: readonly CaptureItem[]) => void,
  hungry: () => boolean,
): Promise<void> => {
  const reader = data.stream().getReader();
  for (let { done, value } = await reader.read(); !done && hungry(); { done, value } = await reader.read()) {
    if (value !== undefined) take(parser.push(value));
  }
  take(parser.end());
};
