// What a fake kernel remembers: a table of links, addresses, routes or neighbours, as NEW, DEL and GET change and show it.
import { NLM_F } from "../codec/control.ts";
import type { AnyInput, AnyMessage, MessageOf } from "../codec/message.ts";
import type { MessageType } from "../codec/registry.ts";
import type { FakeKernel } from "./fake-kernel.ts";
import type { Reply } from "./fake-reply.ts";

const EEXIST = 17;
const ENODEV = 19;

/** What kind of table. */
export interface FakeTableOptions<M extends MessageType> {
  /** Constants of the messages: `{ add: "RTM_NEWROUTE", remove: "RTM_DELROUTE", get: "RTM_GETROUTE" }`. */
  readonly names: Readonly<Record<"add" | "remove" | "get", MessageOf<M>["name"]>>;
  /** What tells an entry from the others; the same for a request that means it. */
  readonly key: (message: AnyMessage<M>) => string;
  /** Is this entry asked for by this dump? Default: all are. */
  readonly filter?: ((request: AnyMessage<M>, entry: AnyInput<M>) => boolean) | undefined;
  /** errno where there is no such entry. Default: ENODEV. */
  readonly missing?: number | undefined;
  /** The group that hears of changes. Default: none. */
  readonly group?: number | undefined;
}

/**
 * Teaches a kernel a table. NEW follows NLM_F_CREATE, EXCL and REPLACE, and otherwise changes the attributes that it names; a dump
 * during which the table changes carries NLM_F_DUMP_INTR (Linux does not say it of IPv4 routes).
 * @param kernel whom
 * @param options what kind of table
 * @returns the entries by key: to be read, and filled before the first request
 * @example
 * const routes = fakeTable(kernel, {
 *   names: { add: "RTM_NEWROUTE", remove: "RTM_DELROUTE", get: "RTM_GETROUTE" },
 *   key: (message) =>
 *     message.name === "RTM_NEWROUTE" || message.name === "RTM_DELROUTE" || message.name === "RTM_GETROUTE"
 *       ? `${message.attrs.dst}/${message.header.dstLen}`
 *       : "",
 * });
 */
export const fakeTable = <M extends MessageType>(
  kernel: FakeKernel<M>,
  { names, key, filter, missing = ENODEV, group }: FakeTableOptions<M>,
): Map<string, AnyInput<M>> => {
  const entries = new Map<string, AnyInput<M>>();
  let generation = 0;
  const changed = (entry: object, name: string): void => {
    generation++;
    if (group !== undefined) kernel.emit({ ...entry, name } as AnyInput<M>, { group });
  };
  const handle = (name: MessageOf<M>["name"], handler: (request: AnyMessage<M>, reply: Reply<M>) => void): void => {
    kernel.on(name, handler as never);
  };

  handle(names.add, (request, reply) => {
    const { flags } = request;
    const old = entries.get(key(request)) as Parts | undefined;
    if (old === undefined && (flags & NLM_F.CREATE) === 0) return reply.error(missing);
    if (old !== undefined && (flags & NLM_F.EXCL) !== 0) return reply.error(EEXIST);
    const { header, attrs } = request as Parts;
    const kept = old === undefined || (flags & NLM_F.REPLACE) !== 0 ? {} : old.attrs;
    const entry = { name: names.add, header, attrs: { ...kept, ...attrs } };
    entries.set(key(request), entry as unknown as AnyInput<M>);
    changed(entry, names.add);
  });
  handle(names.remove, (request, reply) => {
    const old = entries.get(key(request));
    if (old === undefined) return reply.error(missing);
    entries.delete(key(request));
    changed(old, names.remove);
  });
  handle(names.get, (request, reply) => {
    if ((request.flags & NLM_F.DUMP) === NLM_F.DUMP) {
      const begun = generation;
      const wanted = filter && ((entry: AnyInput<M>) => filter(request, entry));
      return reply.dump(entries.values(), { filter: wanted, changed: () => generation !== begun });
    }
    const entry = entries.get(key(request));
    if (entry === undefined) reply.error(missing);
    else reply.object(entry);
  });
  return entries;
};

interface Parts {
  readonly header: object;
  readonly attrs: object;
}
