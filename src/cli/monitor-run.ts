// What `nlkit monitor` does: shows events as they come.
import { loadRegistry } from "../attrs/load.ts";
import { printable } from "../codec/text.ts";
import { HOST_ORDER } from "../socket/libc.ts";
import { begin } from "./begin.ts";
import { shownOf } from "./dump-run.ts";
import { Interrupted } from "./failure.ts";
import type { MonitorOptions } from "./monitor.ts";
import { groupsOf } from "./monitor-groups.ts";
import { listen, type News } from "./monitor-sources.ts";
import { netnsRef } from "./netns-ref.ts";
import { linesOf, print } from "./output.ts";

/** An AbortSignal for Ctrl-C and its like. */
const interrupted = (): AbortSignal => {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => controller.abort(new Interrupted(signal)));
  }
  return controller.signal;
};

const note = (text: string): void => void process.stderr.write(`nlkit: ${printable(text)}\n`);

/** A namespace that is not there, or not this user's, is said as every command says it. */
const listening = async (netns: string | undefined, listen: () => Promise<void>): Promise<void> => {
  try {
    await listen();
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
 * @throws UsageError; Interrupted
 */
export const monitor = async (words: readonly string[], options: MonitorOptions): Promise<void> => {
  const groups = groupsOf(words);
  const signal = interrupted();
  const netns = options.netns === undefined ? undefined : netnsRef(options.netns);
  const tell = async (news: News): Promise<void> => {
    const types = await loadRegistry(news.protocol);
    if (types === undefined) return;
    const where = news.netns === undefined ? "" : `[${printable(news.netns)}] `;
    if (news.bytes === undefined) {
      note(`${where}events of ${types.name} were lost: more came than were read; what was shown so far may be wrong`);
      return;
    }
    const shown = shownOf(types, news.bytes, HOST_ORDER, options.hex === true);
    await print(linesOf(shown, options).map((line) => (options.json === true ? line : `${where}${line}`)));
  };
  await listening(options.netns, () =>
    listen({
      groups,
      netns,
      allNamespaces: options.allNamespaces === true,
      signal,
      tell,
      refused({ protocol }, error) {
        // Asked for nothing in particular: what can be heard is shown.
        if (words.length > 0) throw error;
        note(`protocol ${protocol} cannot be heard: ${error.message}`);
      },
      ready() {},
    }),
  );
};
