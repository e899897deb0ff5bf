// What is known of networks and endpoints: JSON, cut into comments of the elements of one set. The kernel is the only store: nothing
// here outlives a reboot, and nothing can disagree with it.
import { NFPROTO } from "../attrs/netfilter/nfnetlink.ts";
import type { NftSetElement } from "../attrs/netfilter/nftables/set-element.ts";
import type { BridgeInfo } from "../attrs/route/link-kinds/bridge.ts";
import { type NftMessage, newElements } from "../client/nft/messages.ts";
import type { Nftables } from "../client/nft/nftables.ts";
import { KernelError } from "../socket/errors.ts";
import type { RequestOptions } from "../socket/requester.ts";
import { element, value } from "./firewall/fields.ts";
import { SET, TABLE } from "./firewall/names.ts";
import { askContents, type Contents, contentsIn } from "./firewall/whole.ts";
import type { EndpointConfig, NetworkConfig } from "./model.ts";

/** A sysctl of one link ("all" and "default" too), as it was. */
export interface SysctlBefore {
  /** With IFNAME for the link: a link's name may have dots. */
  readonly name: string;
  /** The link. */
  readonly ifname: string;
  /** What it was. */
  readonly value: string;
}
/** What the kernel keeps beside networks and endpoints, under the name of no link. */
export interface HostConfig {
  /** What it is, where it is kept beside others. */
  readonly kind: "host";
  /** Sysctls that were changed for the networks, and what they were before. */
  readonly before: Readonly<Record<string, string>>;
  /** What hangs on them, where it would not come back by itself. */
  readonly links?: readonly SysctlBefore[] | undefined;
}
/** Something kept. */
export type Stored = NetworkConfig | EndpointConfig | HostConfig;
/** Under what the host's own is kept: no link can have that name, since "all" and "default" stand for all of them. */
export const HOST_KEY = "all";

/**
 * Characters a piece; all of them are ASCII. nft reads a comment back up to 128 (NFTNL_UDATA_COMMENT_MAXLEN), so that what `nft list
 * ruleset` wrote can be loaded again. (An element has room for more: measured on 6.18, 254 bytes of userdata are kept, 255 are refused
 * with EINVAL, and 256 are lost without a word.)
 */
const PIECE = 120;
/** Pieces a message: an attribute's length ends at 65,535. */
const AT_ONCE = 250;
/** Before the JSON: how many pieces there are. A thing of which one is missing is not taken for whole. */
const HEAD = /^(\d+) /;

/**
 * JSON in ASCII that can be printed as it is: names and labels are hostile text, and `nft list` prints comments raw, between quotation marks
 * that nothing escapes. So the JSON's own are apostrophes here.
 */
const ascii = (thing: Stored): string =>
  // A bridge has options of 64 bits: "12345n", which none of its other values is.
  JSON.stringify(thing, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value))
    .replace(/[^ -~]|'/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/"/g, "'");
const json = (text: string): string => text.replace(/'/g, '"');
/** With the integers of 64 bits that `ascii` wrote as text. */
const revived = (thing: Stored): Stored => {
  if (thing.kind !== "network" || thing.bridgeOptions === undefined) return thing;
  const options = Object.entries(thing.bridgeOptions).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === "string" && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  ]);
  return { ...thing, bridgeOptions: Object.fromEntries(options) as BridgeInfo };
};

/** The elements that keep a thing. */
const elementsOf = (link: string, thing: Stored): NftSetElement[] => {
  const body = ascii(thing);
  let count = Math.ceil(body.length / PIECE);
  // The head may make it one piece longer.
  count = Math.ceil((body.length + `${count} `.length) / PIECE);
  const text = `${count} ${body}`;
  return Array.from({ length: Math.ceil(text.length / PIECE) }, (_, i) => ({
    ...element(value.ifname(link), value.number(i)),
    userdata: { comment: text.slice(i * PIECE, (i + 1) * PIECE) },
  }));
};

const parts = (elements: readonly NftSetElement[]): NftSetElement[][] =>
  Array.from({ length: Math.ceil(elements.length / AT_ONCE) }, (_, i) =>
    elements.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  );

/** Keeps a thing under the name of its link; refused with EEXIST where there is one. */
export const keep = (link: string, thing: Stored): NftMessage[] =>
  parts(elementsOf(link, thing)).map((elements) => newElements(NFPROTO.INET, TABLE, SET.METADATA, elements));

/** Forgets it. */
export const forget = (link: string, thing: Stored): NftMessage[] =>
  parts(elementsOf(link, thing)).map((elements) => ({
    name: "NFT_MSG_DELSETELEM",
    header: { family: NFPROTO.INET },
    attrs: { table: TABLE, set: SET.METADATA, elements: elements.map(({ key }) => ({ key })) },
  }));

const IFNAMSIZ = 16;
const decoder = new TextDecoder();
const nameIn = (key: Uint8Array): string => {
  const end = key.subarray(0, IFNAMSIZ).indexOf(0);
  return decoder.decode(key.subarray(0, end < 0 ? IFNAMSIZ : end));
};

/**
 * Puts pieces together.
 * @param elements of the set, in any order
 * @returns things by the names of their links; undefined for what is not whole or not JSON
 */
export const assemble = (elements: readonly NftSetElement[]): Map<string, Stored | undefined> => {
  const pieces = new Map<string, string[]>();
  for (const { key, userdata } of elements) {
    const bytes = key?.value;
    if (bytes === undefined || bytes.length < IFNAMSIZ + 4) continue;
    const name = nameIn(bytes);
    const number = numberIn(bytes.subarray(IFNAMSIZ, IFNAMSIZ + 4));
    const all = pieces.get(name) ?? [];
    all[number] = userdata?.comment ?? "";
    pieces.set(name, all);
  }
  return new Map([...pieces].map(([name, all]) => [name, parse(all)]));
};

/** The number of a piece, as `value.number` writes it. */
const numberIn = (bytes: Uint8Array): number => new Uint32Array(bytes.slice().buffer)[0] as number;

const parse = (pieces: readonly string[]): Stored | undefined => {
  const text = pieces.join("");
  const head = HEAD.exec(text);
  // Object.keys: a piece that is missing is a hole, which has no key.
  if (head === null || Number(head[1]) !== Object.keys(pieces).length) return undefined;
  try {
    return revived(JSON.parse(json(text.slice(head[0].length))) as Stored);
  } catch {
    return undefined;
  }
};

/** What is kept, and how much of the firewall there is. */
export interface Kept {
  /** Things by the names of their links, undefined for what cannot be read; undefined: there is no table of ours that keeps anything. */
  readonly things: Map<string, Stored | undefined> | undefined;
  /** Of the firewall. */
  readonly contents: Contents;
}
/**
 * Reads what is kept, and how much of the firewall there is: one datagram.
 * @param nft in the host's namespace
 * @param options timeout, signal
 */
export const readKept = async (nft: Nftables, options?: RequestOptions): Promise<Kept> => {
  const attrs = { table: TABLE, set: SET.METADATA };
  const message = { name: "NFT_MSG_GETSETELEM", header: { family: NFPROTO.INET }, attrs } as const;
  const [dump, ...answers] = await nft.connection.dumpWith(message, askContents(), options);
  const isNothing = dump.status === "rejected" && dump.reason instanceof KernelError && dump.reason.code === "ENOENT";
  if (dump.status === "rejected" && !isNothing) throw dump.reason;
  const parts = dump.status === "rejected" ? undefined : (dump.value.messages as readonly ElementsPart[]);
  const elements = parts?.flatMap((part) => [...(part.attrs?.elements ?? [])]);
  return { things: elements === undefined ? undefined : assemble(elements), contents: contentsIn(answers) };
};
interface ElementsPart {
  readonly attrs?: { readonly elements?: readonly NftSetElement[] };
}

/**
 * Reads what is kept.
 * @param nft in the host's namespace
 * @param options timeout, signal
 * @returns undefined where there are no tables of ours
 */
export const readStore = async (
  nft: Nftables,
  options?: RequestOptions,
): Promise<Map<string, Stored | undefined> | undefined> => {
  try {
    return assemble(await nft.elements(NFPROTO.INET, TABLE, SET.METADATA, options));
  } catch (error) {
    if (error instanceof KernelError && error.code === "ENOENT") return undefined;
    throw error;
  }
};
