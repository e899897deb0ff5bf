// What every command does that reads a capture: open it, hand on its datagrams as they come, say what is wrong with the rest.
import { type Captured, type FailedCall, isCaptured } from "../capture/datagram.ts";
import { FORMATS, type Format } from "../capture/detect.ts";
import type { Registry } from "../codec/registry.ts";
import { openInput, READS } from "./capture-input.ts";
import { EXIT, UsageError } from "./failure.ts";
import { Problems } from "./problems.ts";
import { askFamilies, loadedRegistry, loadReaders, registryFor, registryForDatagram } from "./registries.ts";

/** What a user may say about an input. */
export interface InputOptions {
  readonly in?: string;
  readonly protocol?: string;
  readonly byteOrder?: "little" | "big";
  readonly askKernel?: boolean;
}

/** Datagrams of a capture that will have more of them. */
const LONG = 500;

/** The formats that people type: what is none of them was not meant as a capture. */
const TYPED: readonly Format[] = ["hex", "annotated", "hexdump", "base64", "array"];

const formatOf = (name: string | undefined): Format | undefined => {
  const found = FORMATS.find((format) => format === name);
  if (name !== undefined && found === undefined) throw new UsageError(`--in: "${name}" is no format: ${READS}`);
  return found;
};

/**
 * The registry of a protocol that the user named.
 * @throws UsageError when there is none
 */
export const registryNamed = async (name: string): Promise<Registry> => {
  const types = await registryFor(name);
  if (types === undefined) throw new UsageError(`"${name}" is no netlink protocol`);
  return types;
};

/** Takes what came at once: datagrams with the messages of their protocol. False: enough. */
export type Visit = (datagrams: readonly (readonly [captured: Captured, types: Registry])[]) => Promise<boolean>;

/**
 * Reads a capture to its end, or until it is enough. Problems go to stderr.
 * @param file -: standard input
 * @param options what the user said about it
 * @param exit told of problems
 * @param visit takes the datagrams
 * @param failed takes calls that failed, in their place among the datagrams. Default: they are left out
 * @throws UsageError for an option that cannot be, a file that cannot be read, a text that is no capture
 */
export const readCapture = async (
  file: string,
  options: InputOptions,
  exit: (code: number) => void,
  visit: Visit,
  failed?: (call: FailedCall) => Promise<void>,
): Promise<void> => {
  const { byteOrder } = options;
  if (byteOrder !== undefined && byteOrder !== "little" && byteOrder !== "big") {
    throw new UsageError(`--byte-order: "${byteOrder}" is neither little nor big`);
  }
  const format = formatOf(options.in);
  if (options.askKernel === true) await askFamilies();
  const named = options.protocol === undefined ? undefined : await registryNamed(options.protocol);
  const input = await openInput(file, format, { protocol: named?.name, byteOrder });
  const problems = new Problems();
  let count = 0;
  for await (const items of input.items) {
    let datagrams: (readonly [Captured, Registry])[] = [];
    let isEnough = false;
    for (const item of items) {
      if (!isCaptured(item)) {
        problems.add(item);
        if (item.call === undefined || failed === undefined) continue;
        problems.hasDatagram();
        isEnough = datagrams.length > 0 && !(await visit(datagrams));
        datagrams = [];
        if (isEnough) break;
        await failed(item.call);
        continue;
      }
      const types = loadedRegistry(item) ?? (await registryForDatagram(item));
      if (types === undefined) problems.add({ problem: `"${item.protocol}" is no netlink protocol` });
      else {
        problems.hasDatagram();
        datagrams.push([item, types]);
      }
    }
    if (isEnough || !(await visit(datagrams))) break;
    const before = count;
    count += items.length;
    if (before < LONG && count >= LONG) await loadReaders();
  }
  if (problems.count > 0) exit(EXIT.FAILED);
  const nothing = problems.end();
  if (nothing === undefined) return;
  // Hex is what a text is taken for that looks like nothing else.
  const said = format === undefined && input.format === "hex" ? `${nothing}; ${READS}` : nothing;
  throw TYPED.includes(input.format) ? new UsageError(said) : new Error(said);
};
