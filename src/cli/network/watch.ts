// nlkit network watch: takes away what the dead leave, as soon as they die, until it is stopped.
import type { Command } from "commander";
import { jsonLine } from "../../capture/json.ts";
import { plain } from "../../codec/text.ts";
import type { ReaperEvent } from "../../network/watch.ts";
import { Interrupted } from "../failure.ts";
import { type HostOption, withHost, withNetworks } from "./session.ts";
import { reapedLines } from "./text.ts";

interface WatchOptions extends HostOption {
  readonly json?: true;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const text = (event: ReaperEvent): string[] => {
  switch (event.kind) {
    case "listening":
      return ["listening"];
    case "overrun":
      return ["overrun: events were lost, looking at everything"];
    case "failed":
      return [`failed, trying again: ${plain(messageOf(event.error))}`];
    case "reaped":
      return [...reapedLines(event)];
  }
};

const json = (event: ReaperEvent): string[] => {
  switch (event.kind) {
    case "failed":
      return [jsonLine({ event: "failed", error: messageOf(event.error) })];
    case "reaped":
      return [
        ...event.endpoints.map((endpoint) => jsonLine({ event: "removed", ...endpoint })),
        ...event.networks.map((network) => jsonLine({ event: "removed", ...network })),
      ];
    default:
      return [jsonLine({ event: event.kind })];
  }
};

/** Adds the subcommand. */
export const addWatch = (network: Command): void => {
  withHost(
    network.command("watch").description("remove what dead endpoints leave, as soon as they die; until it is stopped"),
  )
    .option("-j, --json", "one JSON object a line")
    .action(async (options: WatchOptions) => {
      const controller = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        process.on(signal, () => controller.abort(new Interrupted(signal)));
      }
      process.stdout.on("error", () => controller.abort(new Error("nobody reads the output any more")));
      const report = (event: ReaperEvent): void => {
        for (const line of options.json === true ? json(event) : text(event)) process.stdout.write(`${line}\n`);
      };
      await withNetworks("network watch", options, (networks) => networks.watch({ report, signal: controller.signal }));
    });
};
