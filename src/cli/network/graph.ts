// nlkit network graph: namespaces, bridges, ports and addresses, as a tree or a picture.
import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { UsageError } from "../failure.ts";
import { netnsRef } from "../netns-ref.ts";
import { type HostOption, live, withHost, withNetworks } from "./session.ts";

interface GraphOptions extends HostOption {
  readonly dot?: true | string;
  readonly svg?: string;
}

const write = (file: string, text: string): void => {
  if (file === "-") return void process.stdout.write(text);
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${(error as { code?: string }).code}`);
  }
};

/** Adds the subcommand. */
export const addGraph = (network: Command): void => {
  withHost(network.command("graph").description("namespaces, bridges, ports and addresses, as a tree or a picture"))
    .option("--dot [file]", "for Graphviz, to standard output or a file")
    .option("--svg <file>", "a picture; - for standard output")
    .action(async (options: GraphOptions) => {
      const { allNamespaces } = await import("./namespaces.ts");
      const { collectGraph, graphDot, graphSvg, graphText } = await live();
      const host = options.host === undefined ? undefined : netnsRef(options.host, "--host");
      await withNetworks("network graph", options, async (networks) => {
        const graph = await collectGraph({ host, namespaces: allNamespaces(await networks.state()) });
        if (options.dot !== undefined) write(options.dot === true ? "-" : options.dot, graphDot(graph));
        if (options.svg !== undefined) write(options.svg, graphSvg(graph));
        if (options.dot === undefined && options.svg === undefined) write("-", graphText(graph));
      });
    });
};
