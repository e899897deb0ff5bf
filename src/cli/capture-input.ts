// A file or standard input -> what it holds, as it comes.
// node:fs is not imported: that alone loads its streams, which takes 4 ms. Node's own loader has node:fs/promises already.
import { type FileHandle, open } from "node:fs/promises";
import type { CaptureItem } from "../capture/datagram.ts";
import { DETECT_BYTES, detect, FORMATS, type Format } from "../capture/detect.ts";
import { parseHex } from "../capture/hex.ts";
import { type OpenOptions, openCapture } from "../capture/open.ts";
import { UsageError } from "./failure.ts";

/** What was chosen, or told. */
export interface Input {
  readonly format: Format;
  /** What each piece of the input completed. */
  readonly items: AsyncIterable<CaptureItem[]>;
}

/** For whoever brings something else. */
export const READS: string = `decode reads ${FORMATS.slice(0, -1).join(", ")} and ${FORMATS.at(-1)}`;

/** Bytes that are handed on at once. What they make is garbage before the next: with 1 MB it grows old, and all takes twice as long. */
const PIECE = 1 << 16;
/** Bytes that are read at once, where there are so many: a thread does it, and waiting for it costs half a millisecond. */
const READ = 8 * PIECE;

/** Reads ahead while what was read before is worked on. Whoever takes a piece has to be done with it when the next one is asked for. */
const readFrom = async function* (file: string): AsyncGenerator<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    let into = new Uint8Array(PIECE);
    let spare = into;
    let reading = handle.read(into, 0, into.length);
    for (;;) {
      const { bytesRead, buffer } = await reading;
      if (bytesRead === 0) return;
      // A pipe that gives less may give nothing for long: closing would wait for it.
      const isFull = bytesRead === buffer.length;
      if (isFull) {
        into = spare.length === READ && spare !== buffer ? spare : new Uint8Array(READ);
        spare = buffer;
        reading = handle.read(into, 0, READ);
      }
      for (let at = 0; at < bytesRead; at += PIECE) yield buffer.subarray(at, Math.min(bytesRead, at + PIECE));
      if (!isFull) reading = handle.read(into, 0, into.length);
    }
  } catch (error) {
    const { code } = error as { code?: string };
    throw new UsageError(code === "ENOENT" ? `no such file: ${file}` : `cannot read ${file}: ${code}`);
  } finally {
    await handle?.close();
  }
};

/**
 * The bytes of a file, as they come.
 * @param file -: standard input
 */
export const piecesOf = (file: string): AsyncIterator<Uint8Array> & AsyncIterable<Uint8Array> =>
  file === "-" ? (process.stdin[Symbol.asyncIterator]() as AsyncGenerator<Uint8Array>) : readFrom(file);

/** The bytes of "bulk.hex:3", line 3 of a file beside the one that is read. */
const besides = async (file: string): Promise<(reference: string) => Uint8Array | undefined> => {
  const [{ readFileSync }, { dirname, join }] = await Promise.all([import("node:fs"), import("node:path")]);
  return (reference) => {
    const [, name, line] = /^([^/]+):(\d+)$/.exec(reference) ?? [];
    if (file === "-" || name === undefined) return undefined;
    try {
      return parseHex(readFileSync(join(dirname(file), name), "utf8").split("\n")[Number(line) - 1] ?? "")[0];
    } catch {
      return undefined;
    }
  };
};

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};

/** Can it be told by these bytes, or does it take more? A stream may be slow: a line of text is enough. */
const isEnough = (bytes: Uint8Array): boolean => {
  if (bytes.length >= DETECT_BYTES) return true;
  const format = detect(bytes);
  return format !== undefined && (["pcap", "pcapng", "rtmon"].includes(format) || bytes.includes(0x0a));
};

/**
 * Opens an input, and tells its format.
 * @param file -: standard input
 * @param format undefined: what it looks like
 * @param options for the parser
 * @throws UsageError when it cannot be read, or has no bytes
 */
export const openInput = async (file: string, format: Format | undefined, options: OpenOptions): Promise<Input> => {
  const source = piecesOf(file);
  let first: Uint8Array = new Uint8Array(0);
  let isAll = false;
  while (!isAll && (first.length === 0 || (format === undefined && !isEnough(first)))) {
    const { value, done } = await source.next();
    if (done === true) isAll = true;
    else first = joined(first, value);
  }
  if (first.length === 0) throw new UsageError(`${file}: no bytes in it`);
  const found = format ?? detect(first) ?? fallback(file, first);
  const resolve = found === "annotated" ? await besides(file) : undefined;
  const parser = await openCapture(found, { ...options, resolve });
  const items = async function* (): AsyncGenerator<CaptureItem[]> {
    yield parser.push(first);
    if (!isAll) for await (const chunk of source) yield parser.push(chunk);
    yield parser.end();
  };
  return { format: found, items: items() };
};

/** Text that is no format at all is hex with something in it: the parser says what. */
const fallback = (file: string, first: Uint8Array): Format => {
  if (/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(new TextDecoder("latin1").decode(first.subarray(0, DETECT_BYTES)))) {
    throw new Error(`${file} is no capture: ${READS}`);
  }
  return "hex";
};
