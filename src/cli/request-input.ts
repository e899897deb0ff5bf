// What a person wants to say -> datagrams.
import { readFileSync } from "node:fs";
import { NETLINK } from "../attrs/netlink-protocols.ts";
import { ABOUT, messageFromJson } from "../capture/from-json.ts";
import { NLM_F } from "../codec/control.ts";
import { EncodeError } from "../codec/errors.ts";
import { type AnyInput, encodeAllWith } from "../codec/message.ts";
import { controlTypes, type MessageType, type Registry } from "../codec/registry.ts";
import { HOST_ORDER } from "../socket/libc.ts";
import { registryNamed } from "./captured.ts";
import { UsageError } from "./failure.ts";
import { askFamilies, registryFor } from "./registries.ts";
import type { RequestOptions } from "./request.ts";

/** Messages that go to the kernel in one send. */
export interface Parcel {
  readonly types: Registry;
  readonly bytes: Uint8Array;
}
type Json = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textOf = (input: string): string => {
  if (/^\s*[{[]/.test(input)) return input;
  try {
    return readFileSync(input === "-" ? 0 : input, "utf8");
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== "ENOENT") throw new UsageError(`cannot read ${input}: ${code}`);
    // RTM_GETLINK: the name of a message, where the message was wanted.
    const hint = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(input) ? `; a message is JSON: '{"name":"${input}"}'` : "";
    throw new UsageError(`no such file: ${input}${hint}`);
  }
};

/** One object, over any number of lines; a list of them; or one a line. */
const objectsIn = (text: string): Json[] => {
  const parse = (part: string, where: string): unknown => {
    try {
      return JSON.parse(part);
    } catch (error) {
      throw new UsageError(`${where}${(error as Error).message}`);
    }
  };
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const isPerLine = lines.length > 1 && lines.every((line) => line.trim().startsWith("{"));
  const values = isPerLine ? lines.map((line, i) => parse(line, `line ${i + 1}: `)) : [parse(text, "")].flat();
  return values.map((value) => {
    if (!isObject(value)) throw new UsageError("a message is a JSON object");
    return value;
  });
};

/** The numbers of generic netlink's families are the kernel's to say. */
const withFamilies = async (types: Registry, name: unknown): Promise<Registry> =>
  types.protocol !== NETLINK.GENERIC || types.byName.has(String(name)) ? types : await askFamilies();

/** The registry that a message is of: as it says, as the user says, or the one that has its name. */
const typesOf = async ({ protocol, name }: Json, named: Registry | undefined): Promise<Registry> => {
  if (typeof protocol === "string") return withFamilies(await registryNamed(protocol), name);
  if (named !== undefined) return withFamilies(named, name);
  const route = await registryNamed("NETLINK_ROUTE");
  if (typeof name !== "string" || route.byName.has(name) || controlTypes.byName.has(name as never)) return route;
  for (const key of Object.keys(NETLINK)) {
    const types = await registryFor(`NETLINK_${key}`);
    if (types?.byName.has(name) === true) return types;
  }
  const families = await askFamilies();
  if (families.byName.has(name)) return families;
  throw new UsageError(`no protocol has a message "${name}", nor is there a family of generic netlink of that name`);
};

interface Wanted {
  readonly types: Registry;
  readonly message: Json;
  /** The next one belongs to the same datagram. */
  readonly more: boolean;
}

const BATCH = /^NFNL_MSG_BATCH_/;
/** nf_tables takes changes in a transaction only. */
const needsBatch = (name: unknown): boolean => typeof name === "string" && /^NFT_MSG_(NEW|DEL|DESTROY)/.test(name);
const NFNL_SUBSYS_NFTABLES = 10;

/** Changes of nf_tables that nobody put into a batch, in one. */
const inBatches = (wanted: readonly Wanted[]): Wanted[] => {
  if (wanted.some(({ message }) => BATCH.test(String(message["name"])))) return [...wanted];
  const frame = (types: Registry, name: string, more: boolean): Wanted => ({
    types,
    more,
    message: { name, header: { resId: NFNL_SUBSYS_NFTABLES } },
  });
  return wanted.flatMap((one, i) => {
    if (!needsBatch(one.message["name"])) return [one];
    const before = i > 0 && needsBatch(wanted[i - 1]?.message["name"]);
    const after = needsBatch(wanted[i + 1]?.message["name"]);
    return [
      ...(before ? [] : [frame(one.types, "NFNL_MSG_BATCH_BEGIN", true)]),
      { ...one, more: true },
      ...(after ? [] : [frame(one.types, "NFNL_MSG_BATCH_END", false)]),
    ];
  });
};

/** What a request of ours has beside what was asked for. The kernel gives a batch no ack as a whole. */
const completed = (message: Json, seq: number): Json => {
  const added = BATCH.test(String(message["name"])) ? NLM_F.REQUEST : NLM_F.REQUEST | NLM_F.ACK;
  return { ...message, flags: Number(message["flags"] ?? 0) | added, seq, pid: 0 };
};

/** nlmsg_flags by name: "NLM_F_DUMP", "CREATE|EXCL". */
const flagsOf = (flags: unknown): unknown => {
  if (typeof flags !== "string" || /^\d+$/.test(flags)) return typeof flags === "string" ? Number(flags) : flags;
  return flags.split("|").reduce((sum, word) => {
    const key = word.trim().replace(/^NLM_F_/, "");
    if (!Object.hasOwn(NLM_F, key)) throw new UsageError(`flags: "${word}" is none of NLM_F_…`);
    return sum | NLM_F[key as keyof typeof NLM_F];
  }, 0);
};

const messageOf = (types: Registry, json: Json): Json => {
  const own = Object.fromEntries(Object.entries(json).filter(([key]) => !(ABOUT as readonly string[]).includes(key)));
  const flags = flagsOf(own["flags"]);
  return messageFromJson(types, flags === undefined ? own : { ...own, flags }) as unknown as Json;
};

/**
 * Reads what is to be sent. Answers among it, as a capture has them, are left out.
 * @param input JSON, a file, or -
 * @param options protocol; raw
 * @throws UsageError for what is no JSON, and for what cannot be said
 */
export const parcelsIn = async (input: string, options: RequestOptions): Promise<Parcel[]> => {
  const named = options.protocol === undefined ? undefined : await registryNamed(options.protocol);
  const wanted: Wanted[] = [];
  const said = objectsIn(textOf(input)).filter(({ direction }) => direction !== "<");
  for (const json of said) {
    const types = await typesOf(json, named);
    wanted.push({ types, message: encoding(() => messageOf(types, json)), more: json["more"] === true });
  }
  if (wanted.length === 0) throw new UsageError("no message to send");
  const parcels: Parcel[] = [];
  let open: Wanted[] = [];
  let seq = 0;
  for (const one of options.raw === true ? wanted : inBatches(wanted)) {
    const message = options.raw === true ? one.message : completed(one.message, ++seq);
    open.push({ ...one, message });
    const isInBatch =
      open.some(({ message: m }) => m["name"] === "NFNL_MSG_BATCH_BEGIN") && message["name"] !== "NFNL_MSG_BATCH_END";
    if (one.more || isInBatch) continue;
    parcels.push(parcelOf(open));
    open = [];
  }
  if (open.length > 0) parcels.push(parcelOf(open));
  return parcels;
};

/** A value that cannot be said is the user's to change. */
const encoding = <T>(run: () => T): T => {
  try {
    return run();
  } catch (error) {
    throw error instanceof EncodeError ? new UsageError(error.message) : error;
  }
};

const parcelOf = (wanted: readonly Wanted[]): Parcel => {
  const types = wanted[0]?.types as Registry;
  const messages = wanted.map(({ message }) => message) as unknown as AnyInput<MessageType>[];
  return { types, bytes: encoding(() => encodeAllWith(types, messages, { byteOrder: HOST_ORDER })) };
};
