// What `nlkit trace` does: strace runs the command, and its log is shown as it comes.

import { once } from "node:events";
import { createWriteStream, existsSync, type WriteStream } from "node:fs";
import { Conversation, type Turn } from "../capture/conversation.ts";
import { type Captured, type CaptureItem, isCaptured } from "../capture/datagram.ts";
import type { Filter } from "../capture/filter.ts";
import { isProbe } from "../capture/hints/kernel.ts";
import { straceParser } from "../capture/strace.ts";
import { printable } from "../codec/text.ts";
import { type Paint, paint } from "./colour.ts";
import { type Beside, callLine, chosenOf, decodeLines } from "./decode-lines.ts";
import { UsageError } from "./failure.ts";
import { filterOf } from "./filter.ts";
import { decoded } from "./output.ts";
import { type PcapSink, pcapSink } from "./pcap-sink.ts";
import { askFamilies, loadedRegistry, registryForDatagram } from "./registries.ts";
import { print } from "./stdout.ts";
import { startStrace, type Target } from "./strace.ts";
import type { TraceOptions } from "./trace.ts";
import { askedLines, besideOf } from "./trace-lines.ts";

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
  #hasFamilies = false;
  /** Requests that were shown. */
  readonly #shown = new WeakSet<Turn>();
  /** A key was hidden. */
  masked = false;
  /** Messages that were heard. */
  turns = 0;
  /** Those of them that were refusals, without what `ip link` asks to hear it. */
  refusals = 0;
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
    const own = chosenOf(captured, shown, this.#filter);
    // An answer belongs to what was asked.
    const chosen = own.map((is, i) => is || this.#isAskedFor(turns[i]));
    if (!chosen.includes(true)) return [];
    const besides = turns.map((turn, i) => (chosen[i] === true ? this.#beside(turn) : undefined));
    turns.forEach((turn, i) => {
      if (chosen[i] === true && turn.role === "request") this.#shown.add(turn);
    });
    return decodeLines(captured, shown, chosen, this.#options, this.#paint, besides);
  }

  /** Who asks for a direction means that of the message itself. */
  #isAskedFor(turn: Turn | undefined): boolean {
    if (this.#filter === undefined || turn?.role !== "answer" || turn.exchange === undefined) return false;
    const { message, protocol, socket } = turn.exchange.request;
    return this.#filter({ message, protocol, socket, direction: "<" });
  }

  #isShown(request: Turn | undefined): boolean {
    return request !== undefined && this.#shown.has(request);
  }

  #count(turns: readonly Turn[]): void {
    this.turns += turns.length;
    for (const { refused, exchange } of turns) {
      const { name, bytes } = exchange?.request ?? {};
      if (refused !== undefined && bytes !== undefined && !isProbe(name, bytes)) this.refusals++;
    }
  }

  /** A refusal whose request the filter has left out brings it along: alone it says little. */
  #beside(turn: Turn): Beside | undefined {
    const beside = besideOf(turn);
    const request = turn.exchange?.request;
    if (beside === undefined || turn.refused === undefined || request === undefined) return beside;
    if (this.#filter === undefined || this.#isShown(request)) return beside;
    return { ...beside, below: [...askedLines(turn.refused, request), ...beside.below] };
  }

  async #say(lines: readonly string[]): Promise<void> {
    if (!this.#isUnread) await Promise.race([print(lines), this.#unread]);
  }
}

/** Who sees nothing, or nothing that went wrong, would look for the fault here. */
const explainSilence = (command: string, code: number, { turns, refusals }: Shower): void => {
  if (turns === 0) {
    note(`${command} said nothing by netlink: it asked otherwise (ioctl, /proc, /sys), or ended before${ending(code)}`);
  } else if (code !== 0 && (code < 128 || code === NO_SIGNAL) && refusals === 0) {
    note(`${command} ended with ${code}, and the kernel has refused it nothing: it said no by itself`);
  }
};
/** What `ip` ends with, and no signal. */
const NO_SIGNAL = 255;
const ending = (code: number): string => (code === 0 ? "" : `, with ${code}`);

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
  for await (const chunk of strace.log) {
    if (log?.write(chunk) === false) await once(log, "drain");
    await shower.show(parser.push(chunk));
  }
  await shower.show(parser.end());
  await pcap?.end();
  if (log !== undefined) await new Promise((resolve) => log.end(resolve));
  const code = await strace.ended;
  if (pcap !== undefined && shower.masked) note(`keys are zeros in ${options.output}: --show-keys keeps them`);
  if ("command" in target) explainSilence(target.command[0] ?? "", code, shower);
  return signalled ?? code;
};
