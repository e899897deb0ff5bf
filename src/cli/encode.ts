// What `nlkit encode` does: NDJSON becomes bytes.
import { annotatedText } from "../capture/annotated.ts";
import { ABOUT, messageFromJson } from "../capture/from-json.ts";
import { explainWith } from "../codec/explain.ts";
import { type AnyInput, encodeAllWith } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { hexText } from "../codec/text.ts";
import { piecesOf } from "./capture-input.ts";
import { registryNamed } from "./captured.ts";
import type { EncodeOptions } from "./encode-command.ts";
import { EXIT, UsageError } from "./failure.ts";
import { pcapSink } from "./pcap-sink.ts";
import { Problems } from "./problems.ts";
import { registryForMessage } from "./registries.ts";
import { write } from "./stdout.ts";

type About = { readonly [K in (typeof ABOUT)[number]]?: unknown };

/** The lines of a file, as they come. */
const linesOf = async function* (file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of piecesOf(file)) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
};

const orderOf = (value: unknown): "little" | "big" | undefined =>
  value === "little" || value === "big" ? value : undefined;

const timeOf = (value: unknown): { time: bigint } | undefined =>
  typeof value === "string" && /^\d+$/.test(value) ? { time: BigInt(value) } : undefined;

const parsed = (line: string): object => {
  const value: unknown = JSON.parse(line);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new SyntaxError("no object");
  return value;
};

/**
 * Reads messages, and writes bytes. What cannot be encoded is a problem that says where; the rest goes on.
 * @param file -: standard input
 * @param options what the user chose
 * @param exit told of problems
 */
export const encode = async (file: string, options: EncodeOptions, exit: (code: number) => void): Promise<void> => {
  const fixed = orderOf(options.byteOrder);
  if (options.byteOrder !== undefined && fixed === undefined) {
    throw new UsageError(`--byte-order: "${options.byteOrder}" is neither little nor big`);
  }
  const usual = await registryNamed(options.protocol ?? "NETLINK_ROUTE");
  const pcap = options.write === undefined ? undefined : pcapSink(options.write);
  const problems = new Problems();
  let waiting: object[] = [];
  let broken = false;

  const give = async (types: Registry, about: About, isAsked: boolean): Promise<void> => {
    const byteOrder = fixed ?? orderOf(about.byteOrder) ?? "little";
    const bytes = encodeAllWith(types, waiting as AnyInput<MessageType>[], { byteOrder });
    const direction = about.direction === "<" || (about.direction !== ">" && !isAsked) ? "<" : ">";
    const packet = { direction, protocol: types.name, bytes, byteOrder, ...timeOf(about.time) } as const;
    problems.hasDatagram();
    if (pcap !== undefined) await pcap.write([packet]);
    else if (options.hex === true) await write(annotatedText(packet, explainWith(types, bytes, { byteOrder })));
    else await write(`${hexText(bytes).slice(4)}\n\n`);
  };
  const take = async (line: string): Promise<void> => {
    const json = parsed(line) as { [name: string]: unknown };
    // What trace and monitor say between messages: that some were lost.
    if (json["overrun"] === true || typeof json["call"] === "string") return;
    const about: About = json;
    const isLast = about.more !== true;
    try {
      const { protocol } = about;
      const types = typeof protocol === "string" ? await registryForMessage(protocol, json) : usual;
      if (types === undefined) throw new SyntaxError(`"${String(protocol)}" is no netlink protocol`);
      const own = Object.fromEntries(
        Object.entries(json).filter(([name]) => !(ABOUT as readonly string[]).includes(name)),
      );
      waiting.push(messageFromJson(types, { ...own }));
      const [first] = waiting as readonly { readonly flags?: number }[];
      if (isLast && !broken) await give(types, about, ((first?.flags ?? 0) & 1) === 1);
    } catch (error) {
      broken = true;
      throw error;
    } finally {
      // A datagram of which one message cannot be said is not said at all.
      if (isLast) {
        waiting = [];
        broken = false;
      }
    }
  };
  let number = 0;
  for await (const line of linesOf(file)) {
    number++;
    if (line.trim() === "") continue;
    try {
      await take(line);
    } catch (error) {
      if (!(error instanceof Error) || error instanceof UsageError) throw error;
      problems.add({ problem: error.message, line: number });
    }
  }
  await pcap?.end();
  if (problems.count > 0) exit(EXIT.FAILED);
  const nothing = problems.end();
  if (nothing !== undefined) throw new UsageError(nothing);
};
