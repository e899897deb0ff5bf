// nlkit dump: what the kernel has, live.
import type { Command } from "commander";
import { explainWith } from "../codec/explain.ts";
import { decodeWith } from "../codec/message.ts";
import type { Registry } from "../codec/registry.ts";
import { begin } from "./begin.ts";
import { TABLES } from "./dump-tables.ts";
import { UsageError } from "./failure.ts";
import { netnsRef } from "./netns.ts";
import { linesOf, type OutputOptions, print, type Shown, withOutput } from "./output.ts";

interface DumpOptions extends OutputOptions {
  readonly netns?: string;
  readonly statistics?: boolean;
}

/** Loaded when it is needed. Apart from `await using`, behind which tsc 6.0 forgets to rewrite the extension of an import(). */
const live = (): Promise<typeof import("../socket/index.ts")> => import("../socket/index.ts");
const hostOrder = async (): Promise<"little" | "big"> => (await import("../socket/libc.ts")).HOST_ORDER;

/**
 * A datagram of the answer, decoded and explained. NLMSG_DONE says nothing to a person; in the hexdump every byte stays.
 * @param types the messages of its protocol
 * @param bytes the datagram
 * @param byteOrder of the machine
 * @param hex is it for the hexdump?
 */
export const shownOf = (types: Registry, bytes: Uint8Array, byteOrder: "little" | "big", hex: boolean): Shown => ({
  direction: "<",
  protocol: types.name,
  bytes,
  fields: explainWith(types, bytes, { byteOrder }).filter((field) => hex || field.constant !== "NLMSG_DONE"),
  messages: decodeWith(types, bytes, { byteOrder }).filter((message) => message.name !== "NLMSG_DONE"),
});

/** Adds the subcommand. */
export const addDump = (program: Command): void => {
  withOutput(program.command("dump").description("list what the kernel has"))
    .argument("<table>", Object.keys(TABLES).join(", "))
    .option("--netns <name>", "namespace: a name of `ip netns`, a path, or pid:123")
    .option("-s, --statistics", "IPv6 counters of links too")
    .action(async (table: string, options: DumpOptions) => {
      const found = Object.hasOwn(TABLES, table) ? TABLES[table] : undefined;
      if (found === undefined) throw new UsageError(`"${table}" is none of ${Object.keys(TABLES).join(", ")}`);
      const { types, requests } = await found();
      const { Connection, openSocket, recording } = await live();
      let datagrams: Uint8Array[] = [];
      const netns = options.netns === undefined ? undefined : netnsRef(options.netns);
      const open = () => openSocket({ protocol: types.protocol, netns });
      const socket = options.netns === undefined ? open() : begin("dump --netns", options.netns, open);
      const transport = recording(socket, ({ direction, bytes }) => {
        // A dump that changed under way is asked again: only the last answer counts.
        if (direction === ">") datagrams = [];
        else datagrams.push(bytes);
      });
      await using connection = new Connection(transport, types);
      const byteOrder = await hostOrder();
      await requests(options, async (request) => {
        const { messages } = await connection.dump(request);
        for (const bytes of datagrams) {
          await print(linesOf(shownOf(types, bytes, byteOrder, options.hex === true), options));
        }
        return messages;
      });
    });
};
