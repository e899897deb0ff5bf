// nlkit dump: what the kernel has, live.
import type { Command } from "commander";
import { RTEXT_FILTER } from "../attrs/route/link.ts";
import { type RouteMessageType, route } from "../attrs/route/messages.ts";
import { explainWith } from "../codec/explain.ts";
import { type AnyInput, decodeWith } from "../codec/message.ts";
import { begin } from "./begin.ts";
import { UsageError } from "./failure.ts";
import { netnsRef } from "./netns.ts";
import { linesOf, type OutputOptions, print, type Shown, withOutput } from "./output.ts";

interface DumpOptions extends OutputOptions {
  readonly netns?: string;
  readonly statistics?: boolean;
}

const REQUESTS: Readonly<Record<string, (options: DumpOptions) => AnyInput<RouteMessageType>>> = {
  link: ({ statistics }) => ({
    name: "RTM_GETLINK",
    attrs: { extMask: statistics === true ? 0 : RTEXT_FILTER.SKIP_STATS },
  }),
  address: () => ({ name: "RTM_GETADDR" }),
  route: () => ({ name: "RTM_GETROUTE" }),
  neighbour: () => ({ name: "RTM_GETNEIGH" }),
};

/** Loaded when it is needed. Apart from `await using`, behind which tsc 6.0 forgets to rewrite the extension of an import(). */
const live = (): Promise<typeof import("../socket/index.ts")> => import("../socket/index.ts");
const hostOrder = async (): Promise<"little" | "big"> => (await import("../socket/libc.ts")).HOST_ORDER;

/**
 * A datagram of the answer, decoded and explained. NLMSG_DONE says nothing to a person; in the hexdump every byte stays.
 * @param bytes the datagram
 * @param byteOrder of the machine
 * @param hex is it for the hexdump?
 */
export const shownOf = (bytes: Uint8Array, byteOrder: "little" | "big", hex: boolean): Shown => ({
  direction: "<",
  protocol: route.name,
  bytes,
  fields: explainWith(route, bytes, { byteOrder }).filter((field) => hex || field.constant !== "NLMSG_DONE"),
  messages: decodeWith(route, bytes, { byteOrder }).filter((message) => message.name !== "NLMSG_DONE"),
});

/** Adds the subcommand. */
export const addDump = (program: Command): void => {
  withOutput(program.command("dump").description("list what the kernel has"))
    .argument("<table>", Object.keys(REQUESTS).join(", "))
    .option("--netns <name>", "namespace: a name of `ip netns`, a path, or pid:123")
    .option("-s, --statistics", "IPv6 counters of links too")
    .action(async (table: string, options: DumpOptions) => {
      const request = Object.hasOwn(REQUESTS, table) ? REQUESTS[table] : undefined;
      if (request === undefined) throw new UsageError(`"${table}" is none of ${Object.keys(REQUESTS).join(", ")}`);
      const { Connection, openSocket, recording } = await live();
      let datagrams: Uint8Array[] = [];
      const netns = options.netns === undefined ? undefined : netnsRef(options.netns);
      const open = () => openSocket({ protocol: route.protocol, netns });
      const socket = options.netns === undefined ? open() : begin("dump --netns", options.netns, open);
      const transport = recording(socket, ({ direction, bytes }) => {
        // A dump that changed under way is asked again: only the last answer counts.
        if (direction === ">") datagrams = [];
        else datagrams.push(bytes);
      });
      await using connection = new Connection(transport, route);
      await connection.dump(request(options));
      const byteOrder = await hostOrder();
      for (const bytes of datagrams) {
        await print(linesOf(shownOf(bytes, byteOrder, options.hex === true), options));
      }
    });
};
