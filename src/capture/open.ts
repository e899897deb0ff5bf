// The parser of a format. Only the one that is asked for is loaded.
import type { CaptureOptions, CaptureParser } from "./datagram.ts";
import type { Format } from "./detect.ts";
import { hexParser } from "./hex-parser.ts";

/** What parsers need besides. */
export interface OpenOptions extends CaptureOptions {
  /** Of an annotated hexdump: gives the bytes of a reference like "bulk.hex:3"; undefined: it has none. */
  readonly resolve?: ((reference: string) => Uint8Array | undefined) | undefined;
}

const PARSERS: Readonly<Record<Format, (options: OpenOptions) => CaptureParser | Promise<CaptureParser>>> = {
  hex: hexParser,
  annotated: async (options) => (await import("./annotated-parser.ts")).annotatedParser(options, options.resolve),
  hexdump: async (options) => (await import("./hexdump.ts")).hexdumpParser(options),
  base64: async (options) => (await import("./base64.ts")).base64Parser(options),
  array: async (options) => (await import("./array.ts")).arrayParser(options),
  pcap: async (options) => (await import("./pcap.ts")).pcapParser(options),
  pcapng: async (options) => (await import("./pcapng.ts")).pcapngParser(options),
  strace: async (options) => (await import("./strace.ts")).straceParser(options),
  nft: async (options) => (await import("./nft-debug.ts")).nftDebugParser(options),
  rtmon: async (options) => (await import("./rtmon.ts")).rtmonParser(options),
};

/**
 * The parser of a format.
 * @param format what `detect` said
 * @param options protocol and byte order where the format is silent
 */
export const openCapture = async (format: Format, options: OpenOptions = {}): Promise<CaptureParser> =>
  await PARSERS[format](options);
