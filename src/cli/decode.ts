// What `nlkit decode` does: bytes that somebody recorded, in words.
import { readFile } from "node:fs/promises";
import { loadRegistry } from "../attrs/load.ts";
import { CaptureError, isAnnotated, parseAnnotated } from "../capture/annotated.ts";
import { parseHex } from "../capture/hex.ts";
import { explainBodyWith, explainWith } from "../codec/explain.ts";
import type { Field } from "../codec/explain-field.ts";
import { decodeBodyWith, decodeWith } from "../codec/message.ts";
import type { Registry } from "../codec/registry.ts";
import type { DecodeOptions } from "./decode-arguments.ts";
import { EXIT, UsageError } from "./failure.ts";
import { isMalformed, linesOf, print, type Shown } from "./output.ts";

interface Input {
  readonly direction: ">" | "<" | undefined;
  readonly protocol: string;
  readonly bytes: Uint8Array;
}

/** Only the family that is asked for is loaded: the others would take longer than the decoding. */
const registryNamed = async (name: string): Promise<Registry> => {
  const types = await loadRegistry(name);
  if (types === undefined) throw new UsageError(`"${name}" is no netlink protocol`);
  return types;
};

const read = async (file: string): Promise<string> => {
  if (file === "-") {
    process.stdin.setEncoding("utf8");
    let text = "";
    for await (const chunk of process.stdin) text += chunk;
    return text;
  }
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as { code?: string };
    throw new UsageError(code === "ENOENT" ? `no such file: ${file}` : `cannot read ${file}: ${code}`);
  }
};

/** What there is to choose from, for whoever brings something else. */
const FORMATS = "decode reads hex text, as `xxd -p` prints it, and annotated hexdumps; no other format yet";
/** The offsets of xxd and tcpdump -x: their digits are no bytes of the message. */
const OFFSET_COLUMN = /^\s*(0x)?[\da-f]{4,8}:[ \t]/i;

/**
 * Hex text, and nothing that only looks like it.
 * @throws UsageError that names the formats
 */
const hexOf = (text: string): Uint8Array[] => {
  const first = text.split("\n").find((line) => line.trim() !== "" && !line.startsWith("#")) ?? "";
  if (OFFSET_COLUMN.test(first)) throw new UsageError(`a hexdump with a column of offsets; ${FORMATS}`);
  try {
    return parseHex(text);
  } catch (error) {
    throw error instanceof CaptureError ? new UsageError(`${error.message}; ${FORMATS}`) : error;
  }
};

const inputs = async (text: string, { in: format, protocol }: DecodeOptions): Promise<Input[]> => {
  const { name } = await registryNamed(protocol);
  if (format === "annotated" || (format === undefined && isAnnotated(text))) {
    return parseAnnotated(text, name).filter((datagram) => datagram.reference === undefined);
  }
  return hexOf(text).map((bytes) => ({ direction: undefined, protocol: name, bytes }));
};

/** A body stands as a message whose header nobody has seen. */
const showBody = (types: Registry, name: string, bytes: Uint8Array, options: DecodeOptions): Shown => {
  const children = explainBodyWith(types, name, bytes, options);
  const message = decodeBodyWith(types, name, bytes, options) as Record<string, unknown> | undefined;
  if (children === undefined || message === undefined) {
    throw new UsageError(`"${name}" is no message of ${types.name}`);
  }
  const field: Field = { constant: name, path: "", property: "", offset: 0, length: bytes.length, text: "", children };
  const { flags: _flags, seq: _seq, pid: _pid, ...body } = message;
  return { direction: ">", protocol: types.name, bytes, fields: [field], messages: [body] };
};

const show = async ({ direction, protocol, bytes }: Input, options: DecodeOptions): Promise<Shown> => {
  const types = await registryNamed(protocol);
  if (options.body !== undefined) return showBody(types, options.body, bytes, options);
  const messages = decodeWith(types, bytes, options);
  // NLM_F_REQUEST tells who spoke, where the input does not.
  const asked = ((messages[0]?.flags ?? 0) & 1) === 1;
  return {
    direction: direction ?? (asked ? ">" : "<"),
    protocol,
    bytes,
    fields: explainWith(types, bytes, options),
    messages,
  };
};

/**
 * Reads, and prints.
 * @param file where the bytes are; -: standard input
 * @param options what the user chose
 * @param exit told of malformed messages
 */
export const decode = async (file: string, options: DecodeOptions, exit: (code: number) => void): Promise<void> => {
  if (options.in !== undefined && !["hex", "annotated"].includes(options.in)) {
    throw new UsageError(`--in: "${options.in}" is neither hex nor annotated: ${FORMATS}`);
  }
  if (options.byteOrder !== "little" && options.byteOrder !== "big") {
    throw new UsageError(`--byte-order: "${options.byteOrder}" is neither little nor big`);
  }
  const all = await inputs(await read(file), options);
  if (all.length === 0) throw new UsageError(`${file}: no bytes in it`);
  for (const input of all) {
    const shown = await show(input, options);
    await print(linesOf(shown, options));
    if (isMalformed(shown)) exit(EXIT.FAILED);
  }
};
