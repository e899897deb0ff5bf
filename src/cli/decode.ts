// What `nlkit decode` does: bytes that somebody recorded, in words.
import { type Captured, isCaptured } from "../capture/datagram.ts";
import { FORMATS, type Format } from "../capture/detect.ts";
import type { Filter } from "../capture/filter.ts";
import { explainBodyWith } from "../codec/explain.ts";
import type { Field } from "../codec/explain-field.ts";
import { decodeBodyWith } from "../codec/message.ts";
import type { Registry } from "../codec/registry.ts";
import { openInput, READS } from "./capture-input.ts";
import { paint } from "./colour.ts";
import type { DecodeOptions } from "./decode-arguments.ts";
import { chosenOf, decodeLines } from "./decode-lines.ts";
import { EXIT, UsageError } from "./failure.ts";
import { decoded, isMalformed, print, type Shown } from "./output.ts";
import { Problems } from "./problems.ts";
import { loadedRegistry, registryFor } from "./registries.ts";

/** The registry of a protocol that the user named. */
const registryNamed = async (name: string): Promise<Registry> => {
  const types = await registryFor(name);
  if (types === undefined) throw new UsageError(`"${name}" is no netlink protocol`);
  return types;
};

/** A body stands as a message whose header nobody has seen. */
const showBody = (types: Registry, name: string, { bytes, byteOrder }: Captured, options: DecodeOptions): Shown => {
  const settings = { byteOrder, masked: types.secrets === true && options.showKeys !== true };
  const children = explainBodyWith(types, name, bytes, settings);
  const message = decodeBodyWith(types, name, bytes, settings) as Record<string, unknown> | undefined;
  if (children === undefined || message === undefined) {
    throw new UsageError(`"${name}" is no message of ${types.name}`);
  }
  const field: Field = { constant: name, path: "", property: "", offset: 0, length: bytes.length, text: "", children };
  const { flags: _flags, seq: _seq, pid: _pid, ...body } = message;
  return { direction: ">", protocol: types.name, bytes, fields: [field], messages: [body] };
};

const formatOf = (name: string | undefined): Format | undefined => {
  const found = FORMATS.find((format) => format === name);
  if (name !== undefined && found === undefined) throw new UsageError(`--in: "${name}" is no format: ${READS}`);
  return found;
};

const countOf = (text: string | undefined): number => {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^[1-9]\d*$/.test(text)) throw new UsageError(`--count: "${text}" is no number of messages`);
  return Number(text);
};

const filterOf = async (text: string | undefined): Promise<Filter | undefined> => {
  if (text === undefined) return undefined;
  const [{ compileFilter }, { loadConstants }] = await Promise.all([
    import("../capture/filter.ts"),
    import("./constants.ts"),
  ]);
  const constants = await loadConstants();
  try {
    return compileFilter(text, constants);
  } catch (error) {
    throw error instanceof SyntaxError ? new UsageError(error.message) : error;
  }
};

/** The formats that people type: what is none of them was not meant as a capture. */
const TYPED: readonly Format[] = ["hex", "annotated", "hexdump", "base64", "array"];

/**
 * Reads, and prints.
 * @param file where the bytes are; -: standard input
 * @param options what the user chose
 * @param exit told of malformed messages, and of problems of the input
 */
export const decode = async (file: string, options: DecodeOptions, exit: (code: number) => void): Promise<void> => {
  const { protocol, body, byteOrder } = options;
  if (byteOrder !== undefined && byteOrder !== "little" && byteOrder !== "big") {
    throw new UsageError(`--byte-order: "${byteOrder}" is neither little nor big`);
  }
  if (options.lossless === true && options.json !== true) throw new UsageError("--lossless goes with --json");
  const format = formatOf(options.in);
  let left = countOf(options.count);
  const filter = await filterOf(options.filter);
  const named = protocol === undefined ? undefined : await registryNamed(protocol);
  const input = await openInput(file, format, {
    protocol: named?.name,
    // A body does not begin with its length, which would tell.
    byteOrder: byteOrder ?? (body === undefined ? undefined : "little"),
  });
  const colours = await paint();
  const problems = new Problems();
  const pcap = options.write === undefined ? undefined : (await import("./pcap-sink.ts")).pcapSink(options.write);

  const show = async (captured: Captured): Promise<string[]> => {
    const types = loadedRegistry(captured.protocol) ?? (await registryFor(captured.protocol));
    if (types === undefined) {
      problems.add({ problem: `"${captured.protocol}" is no netlink protocol` });
      return [];
    }
    const shown = body === undefined ? decoded(types, captured, options) : showBody(types, body, captured, options);
    if (isMalformed(shown)) exit(EXIT.FAILED);
    const chosen = chosenOf(captured, shown, filter).map((is) => is && left-- > 0);
    if (!chosen.includes(true)) return [];
    if (pcap !== undefined) await pcap.write({ ...captured, direction: shown.direction, bytes: shown.bytes });
    return pcap === undefined ? decodeLines(captured, shown, chosen, options, colours) : [];
  };

  for await (const items of input.items) {
    const lines: string[] = [];
    for (const item of items) {
      if (left <= 0) break;
      if (isCaptured(item)) {
        problems.hasDatagram();
        lines.push(...(await show(item)));
      } else problems.add(item);
    }
    await print(lines);
    if (left <= 0) break;
  }
  await pcap?.end();
  if (problems.count > 0) exit(EXIT.FAILED);
  const nothing = problems.end();
  if (nothing === undefined) return;
  // Hex is what a text is taken for that looks like nothing else.
  const said = format === undefined && input.format === "hex" ? `${nothing}; ${READS}` : nothing;
  throw TYPED.includes(input.format) ? new UsageError(said) : new Error(said);
};
