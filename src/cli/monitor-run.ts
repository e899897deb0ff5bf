// What `nlkit monitor` does: shows events as they come.
import { NETLINK } from "../attrs/netlink-protocols.ts";
import type { Captured } from "../capture/datagram.ts";
import type { Filter } from "../capture/filter.ts";
import { jsonLine } from "../capture/json.ts";
import { dateAndTime } from "../capture/when.ts";
import type { Registry } from "../codec/registry.ts";
import { printable } from "../codec/text.ts";
import { HOST_ORDER } from "../socket/libc.ts";
import { begin } from "./begin.ts";
import { type Paint, paint } from "./colour.ts";
import { decodeLines } from "./decode-lines.ts";
import { Interrupted } from "./failure.ts";
import { filterOf } from "./filter.ts";
import type { MonitorOptions } from "./monitor.ts";
import { groupsOf } from "./monitor-groups.ts";
import { listen, type News } from "./monitor-sources.ts";
import { netnsRef } from "./netns-ref.ts";
import { decoded, linesOf, linesOfEach } from "./output.ts";
import { askFamilies, registryFor } from "./registries.ts";
import { print } from "./stdout.ts";

/** The registry of what this kernel tells: generic netlink with the families that it has. */
const registryHere = (protocol: number): Promise<Registry | undefined> =>
  protocol === NETLINK.GENERIC ? askFamilies() : registryFor(String(protocol));

/** An AbortSignal for Ctrl-C and its like. */
const interrupted = (): AbortSignal => {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => controller.abort(new Interrupted(signal)));
  }
  return controller.signal;
};

const note = (text: string): void => void process.stderr.write(`nlkit: ${printable(text)}\n`);

/** What the lines of an event begin with. */
const prefixOf = ({ netns, time }: News, options: MonitorOptions): string => {
  const parts = [
    ...(options.timestamp === true ? [dateAndTime(time)] : []),
    ...(netns === undefined ? [] : [`[${printable(netns)}]`]),
  ];
  return parts.map((part) => `${part} `).join("");
};

const linesFor = (
  news: News & { readonly bytes: Uint8Array },
  types: Registry,
  options: MonitorOptions,
  filter: Filter | undefined,
  colours: Paint | undefined,
): string[] => {
  const { bytes, netns, time } = news;
  const captured: Captured = { protocol: types.name, direction: "<", bytes, time, byteOrder: HOST_ORDER };
  const shown = decoded(types, captured, options);
  const where = netns === undefined ? {} : { netns };
  const chosen = shown.messages.map(
    (message) => filter?.({ message: { ...message, ...where }, protocol: types.name, direction: "<" }) ?? true,
  );
  if (!chosen.includes(true)) return [];
  const prefix = prefixOf(news, options);
  if (options.hex === true) return [...(prefix === "" ? [] : [`# ${prefix.trimEnd()}`]), ...linesOf(shown, options)];
  if (options.json === true) {
    const beside = { json: where, suffix: "", below: [] };
    return decodeLines(
      captured,
      shown,
      chosen,
      options,
      undefined,
      shown.messages.map(() => beside),
    );
  }
  const painted = colours?.prefix(prefix, "<") ?? prefix;
  return linesOfEach(shown, options).flatMap(([first = "", ...rest], i) =>
    chosen[i] === true ? [painted + (colours?.line(first) ?? first), ...rest] : [],
  );
};

/** A namespace that is not there, or not this user's, is said as every command says it. */
const said = async (netns: string | undefined, run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    begin("monitor", netns ?? "the present namespace", () => {
      throw error;
    });
  }
};

/**
 * Listens, and prints, until it is interrupted.
 * @param words groups; none: all
 * @param options what the user chose
 * @param exit told of the signal that ended it
 * @throws UsageError
 */
export const monitor = async (
  words: readonly string[],
  options: MonitorOptions,
  exit: (code: number) => void,
): Promise<void> => {
  const groups = await groupsOf(words);
  const signal = interrupted();
  const netns = options.netns === undefined ? undefined : netnsRef(options.netns);
  const filter = options.filter === undefined ? undefined : await filterOf(options.filter);
  const colours = await paint();
  const registries = new Map(
    await Promise.all(groups.map(async ({ protocol }) => [protocol, await registryHere(protocol)] as const)),
  );

  let refusals = 0;
  const tell = async (news: News): Promise<void> => {
    const types = registries.get(news.protocol);
    if (types === undefined) return;
    const { bytes, time } = news;
    if (bytes !== undefined) return print(linesFor({ ...news, bytes }, types, options, filter, colours));
    note(`${prefixOf(news, {})}events of ${types.name} were lost: more came than were read`);
    // Whoever reads objects has to know that some are missing.
    if (options.json === true)
      await print([jsonLine({ time: String(time), protocol: types.name, netns: news.netns, overrun: true })]);
  };
  await said(options.netns, async () => {
    try {
      await listen({
        groups,
        netns,
        allNamespaces: options.allNamespaces === true,
        signal,
        tell,
        refused({ protocol }, error) {
          // Asked for nothing in particular: what can be heard is shown. No namespace, nothing to hear.
          refusals++;
          const isAll = refusals === groups.length || error.syscall === "open" || error.syscall === "setns";
          if (words.length > 0 || isAll) throw error;
          note(`${registries.get(protocol)?.name ?? protocol} cannot be heard: ${error.message}`);
        },
      });
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      exit(error.exitCode);
    }
  });
};
