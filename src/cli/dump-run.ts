// What `nlkit dump` does: lists what the kernel has.
import type { Filter } from "../capture/filter.ts";
import type { Registry } from "../codec/registry.ts";
import { Connection, openSocket, recording } from "../socket/index.ts";
import { HOST_ORDER } from "../socket/libc.ts";
import { begin } from "./begin.ts";
import type { DumpOptions } from "./dump.ts";
import { TABLES } from "./dump-tables.ts";
import { UsageError } from "./failure.ts";
import { netnsRef } from "./netns-ref.ts";
import { decoded, linesOf, type Shown } from "./output.ts";
import { print } from "./stdout.ts";
import { TABLE_NAMES } from "./table-names.ts";

/**
 * A datagram of the answer, decoded and explained. NLMSG_DONE says nothing to a person; in the hexdump every byte stays.
 * @param types the messages of its protocol
 * @param bytes the datagram
 * @param byteOrder of the machine
 * @param hex is it for the hexdump?
 */
export const shownOf = (types: Registry, bytes: Uint8Array, byteOrder: "little" | "big", hex: boolean): Shown => {
  const { fields, messages, ...rest } = decoded(types, { bytes, byteOrder, direction: "<" }, {});
  return {
    ...rest,
    fields: fields.filter((field) => hex || field.constant !== "NLMSG_DONE"),
    messages: messages.filter((message) => (message as { name?: string }).name !== "NLMSG_DONE"),
  };
};

/** The objects of a datagram that are wanted; a hexdump has all of it, or nothing. */
const chosenOf = (shown: Shown, filter: Filter | undefined, hex: boolean): Shown | undefined => {
  if (filter === undefined) return shown;
  const { protocol, direction, messages, fields } = shown;
  const is = messages.map((message) => filter({ message, protocol, direction, socket: undefined }));
  if (hex) return is.includes(true) ? shown : undefined;
  return { ...shown, messages: messages.filter((_, i) => is[i]), fields: fields.filter((_, i) => is[i]) };
};

/** By its name, or the beginning of one: "addr", "neigh". */
const tableNamed = (text: string): (typeof TABLE_NAMES)[number] => {
  const begun = TABLE_NAMES.filter((name) => text !== "" && name.startsWith(text));
  const [found, another] = begun.some((name) => name === text) ? begun.filter((name) => name === text) : begun;
  if (found === undefined) throw new UsageError(`"${text}" is none of ${TABLE_NAMES.join(", ")}`);
  if (another !== undefined) throw new UsageError(`"${text}" may be ${begun.join(" or ")}`);
  return found;
};

/**
 * Asks the kernel, and prints.
 * @param table one of TABLE_NAMES
 * @param options what the user chose
 */
export const dump = async (table: string, options: DumpOptions): Promise<void> => {
  const found = tableNamed(table);
  const filter =
    options.filter === undefined ? undefined : await (await import("./filter.ts")).filterOf(options.filter);
  const { types, requests } = await TABLES[found]();
  const hex = options.hex === true;
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
  await requests(options, async (request) => {
    const { messages } = await connection.dump(request);
    for (const bytes of datagrams) {
      const shown = chosenOf(shownOf(types, bytes, HOST_ORDER, hex), filter, hex);
      if (shown !== undefined) await print(linesOf(shown, options));
    }
    return messages;
  });
};
