// What `nlkit trace` does: strace runs the command, and its log is shown as it comes.

import { once } from "node:events";
import { createWriteStream, existsSync, type WriteStream } from "node:fs";
import { Conversation, type Turn } from "../capture/conversation.ts";
import { type Captured, type CaptureItem, isCaptured } from "../capture/datagram.ts";
import type { Filter } from "../capture/filter.ts";
import { isProbe } from "../capture/probe.ts";
import { straceParser } from "../capture/strace.ts";
import { printable } from "../codec/text.ts";
import { type Paint, paint } from "./colour.ts";
import { callLine, chosenOf, decodeLines } from "./decode-lines.ts";
import { UsageError } from "./failure.ts";
import { filterOf } from "./filter.ts";
import { decoded, print } from "./output.ts";
import { type PcapSink, pcapSink } from "./pcap-sink.ts";
import { askFamilies, loadedRegistry, registryForDatagram } from "./registries.ts";
import { startStrace, type Target } from "./strace.ts";
import type { TraceOptions } from "./trace.ts";
import { besideOf } from "./trace-lines.ts";

const note = (text: string): void => void process.stderr.write(`nlkit: ${printable(text)}\n`);

const targetOf = (command: readonly string[], pids: string | undefined): Target => {
  const words = command[0] === "--" ? command.slice(1) : command;
  if (pids === undefined) {
    if (words.length === 0) throw new UsageError("trace: no command, and no -p");
    return { command: words };
  }
  if (words.length > 0) throw new UsageError("trace: a command or -p, not both");
  return {
    pids: pids.split(",").map((text) => {
      if (!/^[1-9]\d*$/.test(text) || !existsSync(`/proc/${text}`)) throw new UsageError(`no such process: ${text}`);
      return Number(text);
    }),
  };
};

/** Where -o says that a copy goes. */
interface Copy {
  readonly pcap?: PcapSink;
  readonly log?: WriteStream;
}
const copyOf = async (file: string | undefined): Promise<Copy> => {
  if (file === undefined) return {};
  if (/\.pcap$/i.test(file)) return { pcap: pcapSink(file) };
  if (!/\.(strace|log)$/i.test(file)) throw new UsageError(`-o ${file}: FILE.pcap, or FILE.strace for the raw log`);
  const log = createWriteStream(file);
  try {
    await once(log, "open");
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${(error as { code?: string }).code}`);
  }
  return { log };
};

/** Shows a log, datagram by datagram. */
class Shower {
  readonly #options: TraceOptions;
  readonly #filter: Filter | undefined;
  readonly #pcap: PcapSink | undefined;
  readonly #conversation: Conversation;
  readonly #paint: Paint | undefined;
  /** Nobody reads any more: the command goes on all the same. */
  #isUnread = false;
  /** Messages so far; 0: nothing was said over netlink. */
  messages = 0;
  /** Requests that were refused; iproute2's probe is none. */
  refusals = 0;
  /** A key was hidden. */
  masked = false;
  #hasFamilies = false;
  readonly #unread: Promise<void>;
  constructor(
    options: TraceOptions,
    filter: Filter | undefined,
    pcap: PcapSink | undefined,
    colours: Paint | undefined,
  ) {
    this.#paint = colours;
    this.#options = options;
    this.#filter = filter;
    this.#pcap = pcap;
    this.#conversation = new Conversation(options);
    this.#unread = new Promise((resolve) => {
      process.stdout.on("error", () => {
        this.#isUnread = true;
        resolve();
      });
    });
  }

  async show(items: readonly CaptureItem[]): Promise<void> {
    for (const item of items) {
      if (!isCaptured(item)) {
        if (item.call === undefined) note(`strace: ${item.problem}`);
        else await this.#say([callLine(item.call, this.#options, this.#paint)]);
      } else await this.#say(await this.#linesOf(item));
    }
  }

  async #linesOf(captured: Captured): Promise<string[]> {
    // Who has asked nlctrl before we came will not ask again.
    if (captured.protocol === "NETLINK_GENERIC" && !this.#hasFamilies) {
      this.#hasFamilies = true;
      await askFamilies().catch((error: unknown) => note(`families of generic netlink: ${(error as Error).message}`));
    }
    const types = loadedRegistry(captured) ?? (await registryForDatagram(captured));
    if (types === undefined) return [];
    const turns = this.#conversation.hear(captured, types);
    const shown = decoded(types, captured, this.#options);
    if (shown.bytes !== captured.bytes) this.masked = true;
    await this.#pcap?.write([{ ...captured, bytes: shown.bytes }]);
    this.#count(turns);
    const asked = turns.map((turn) => this.#isAskedFor(turn));
    const chosen = chosenOf(captured, shown, this.#filter).map((is, i) => is || asked[i] === true);
    if (!chosen.includes(true)) return [];
    // Of a request that the filter has left out, a refusal says what it was.
    const besides = turns.map((turn) => besideOf(turn, this.#filter === undefined || this.#holdsForRequest(turn)));
    return decodeLines(captured, shown, chosen, this.#options, this.#paint, besides);
  }

  #count(turns: readonly Turn[]): void {
    this.messages += turns.length;
    for (const { refused, exchange } of turns)
      if (refused !== undefined && exchange !== undefined && !isProbe(exchange)) this.refusals++;
  }

  /** Does the filter hold for the request that a message answers? */
  #holdsForRequest({ exchange }: Turn, direction: ">" | "<" = ">"): boolean {
    if (this.#filter === undefined || exchange === undefined) return false;
    const { message, protocol, socket } = exchange.request;
    return this.#filter({ message, protocol, socket, direction });
  }

  /** An answer goes with its request. Who asks for a direction means that of the message itself. */
  #isAskedFor(turn: Turn): boolean {
    return turn.role === "answer" && this.#holdsForRequest(turn, "<");
  }

  async #say(lines: readonly string[]): Promise<void> {
    if (!this.#isUnread) await Promise.race([print(lines), this.#unread]);
  }
}

/** What the conversation does not show; undefined: nothing. */
const endOf = (
  name: string,
  code: number,
  { messages, refusals }: Pick<Shower, "messages" | "refusals">,
  hasSocket: boolean,
): string | undefined => {
  if (messages === 0) {
    return hasSocket
      ? `no netlink: ${name} opened a socket and said nothing`
      : `no netlink: ${name} opened no netlink socket`;
  }
  // Signals have an exit code too.
  const isKilled = code > 128 && code <= 192;
  return code === 0 || isKilled || refusals > 0
    ? undefined
    : `${name} ended with ${code}, and the kernel refused nothing: it said no by itself`;
};

/**
 * Runs, and shows.
 * @param command the command and its arguments
 * @param options what the user chose
 * @returns the exit code of the command
 * @throws UsageError
 */
export const trace = async (command: readonly string[], options: TraceOptions): Promise<number> => {
  const target = targetOf(command, options.attach);
  const filter = options.filter === undefined ? undefined : await filterOf(options.filter);
  const { pcap, log } = await copyOf(options.output);
  const shower = new Shower(options, filter, pcap, await paint());
  const strace = startStrace(target);
  let signalled: number | undefined;
  if ("pids" in target) {
    // The processes go on; it is we who stop.
    for (const [signal, number] of [
      ["SIGINT", 2],
      ["SIGTERM", 15],
      ["SIGHUP", 1],
    ] as const) {
      process.once(signal, () => {
        signalled = 128 + number;
        strace.detach();
      });
    }
  }
  const parser = straceParser();
  let hasSocket = false;
  for await (const chunk of strace.log) {
    hasSocket ||= Buffer.from(chunk).includes("NETLINK");
    if (log?.write(chunk) === false) await once(log, "drain");
    await shower.show(parser.push(chunk));
  }
  await shower.show(parser.end());
  await pcap?.end();
  if (log !== undefined) await new Promise((resolve) => log.end(resolve));
  const code = await strace.ended;
  if (pcap !== undefined && shower.masked)
    note(`keys are zeros in ${printable(options.output ?? "")}: --show-keys keeps them`);
  if ("command" in target) {
    const said = endOf(target.command[0] ?? "", code, shower, hasSocket);
    if (said !== undefined) note(said);
  }
  return signalled ?? code;
};
