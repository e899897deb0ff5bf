// What `nlkit decode` does: bytes that somebody recorded, in words.
import type { Captured, FailedCall } from "../capture/datagram.ts";
import type { PcapPacket } from "../capture/pcap-write.ts";
import { explainBodyWith } from "../codec/explain.ts";
import type { Field } from "../codec/explain-field.ts";
import { redact } from "../codec/masking.ts";
import { decodeBodyWith } from "../codec/message.ts";
import type { Registry } from "../codec/registry.ts";
import { readCapture, type Visit } from "./captured.ts";
import { paint } from "./colour.ts";
import type { DecodeOptions } from "./decode-arguments.ts";
import { callLine, chosenOf, decodeLines } from "./decode-lines.ts";
import { EXIT, UsageError } from "./failure.ts";
import { decoded, isMalformed, type Shown } from "./output.ts";
import { printDirectly } from "./stdout.ts";

/** A body stands as a message whose header nobody has seen. */
const showBody = (types: Registry, name: string, captured: Captured, options: DecodeOptions): Shown => {
  const { byteOrder } = captured;
  const masked = types.secrets === true && options.showKeys !== true;
  const children = explainBodyWith(types, name, captured.bytes, { byteOrder, masked });
  const bytes = masked ? redact(captured.bytes, children ?? []) : captured.bytes;
  const settings = options.lossless === true ? { byteOrder, lossless: true } : { byteOrder, masked };
  const message = decodeBodyWith(types, name, bytes, settings) as Record<string, unknown> | undefined;
  if (children === undefined || message === undefined) {
    throw new UsageError(`"${name}" is no message of ${types.name}`);
  }
  const field: Field = { constant: name, path: "", property: "", offset: 0, length: bytes.length, text: "", children };
  const { flags: _flags, seq: _seq, pid: _pid, ...body } = message;
  return { direction: ">", protocol: types.name, bytes, fields: [field], messages: [body] };
};

const countOf = (text: string | undefined): number => {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^[1-9]\d*$/.test(text)) throw new UsageError(`--count: "${text}" is no number of messages`);
  return Number(text);
};

/**
 * Reads, and prints.
 * @param file where the bytes are; -: standard input
 * @param options what the user chose
 * @param exit told of malformed messages, and of problems of the input
 */
export const decode = async (file: string, options: DecodeOptions, exit: (code: number) => void): Promise<void> => {
  const { body } = options;
  if (options.lossless === true && options.json !== true) throw new UsageError("--lossless goes with --json");
  let left = countOf(options.count);
  const filter =
    options.filter === undefined ? undefined : await (await import("./filter.ts")).filterOf(options.filter);
  const colours = await paint();
  const pcap = options.write === undefined ? undefined : (await import("./pcap-sink.ts")).pcapSink(options.write);
  const kept: PcapPacket[] = [];
  const show = (captured: Captured, types: Registry): readonly string[] => {
    const shown = body === undefined ? decoded(types, captured, options) : showBody(types, body, captured, options);
    if (isMalformed(shown)) exit(EXIT.FAILED);
    const chosen = chosenOf(captured, shown, filter).map((is) => is && left-- > 0);
    if (!chosen.includes(true)) return [];
    if (pcap === undefined) return decodeLines(captured, shown, chosen, options, colours);
    kept.push({ ...captured, direction: shown.direction, bytes: shown.bytes });
    return [];
  };
  // A body does not begin with its length, which would tell.
  const input = body === undefined ? options : { byteOrder: "little" as const, ...options };
  const failed = async (call: FailedCall): Promise<void> => {
    const line = callLine(call, options, colours);
    if (pcap === undefined) await printDirectly([line]);
    else process.stderr.write(`nlkit: ${line}\n`);
  };
  const visit: Visit = async (datagrams) => {
    const lines: string[] = [];
    for (const [captured, types] of datagrams) {
      if (left <= 0) break;
      for (const line of show(captured, types)) lines.push(line);
    }
    await printDirectly(lines);
    await pcap?.write(kept.splice(0));
    return left > 0;
  };
  await readCapture(file, input, exit, visit, failed);
  await pcap?.end();
};
