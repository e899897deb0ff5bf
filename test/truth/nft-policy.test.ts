// What the running kernel says it would take for the attributes of nf_tables' messages. It checks nests, expressions and data without a word:
// those are held by test/truth/nft-rulesets.test.ts, which reads what it sends and says it again.
import { describe, expect, it } from "vitest";
import type { AnyCodec, Body } from "../../src/codec/codec.ts";
import { type AnyInput, NFPROTO, NFT_META, type NftMessageType, nftables } from "../../src/index.ts";
import { Connection } from "../../src/socket/connection.ts";
import { KernelError } from "../../src/socket/errors.ts";
import { live, withNetns } from "../support/live.ts";
import { constants, groups } from "./facts.ts";
import { agree, policyText } from "./policy.ts";
import { exportsOf, isNames, reached, tablesOf } from "./tables.ts";

/** Lengths that some policy refuses. */
const LENGTHS = [0, 1, 3, 300, 5000];
/** A question for each table; the kernel has the same policy for what changes things. */
const QUESTIONS = [
  "NFT_MSG_GETTABLE",
  "NFT_MSG_GETCHAIN",
  "NFT_MSG_GETRULE",
  "NFT_MSG_GETSET",
  "NFT_MSG_GETSETELEM",
  "NFT_MSG_GETOBJ",
] as const;
/** How many attributes of these Linux 6.18 answered for: all but those that take any length. */
const ANSWERED = 51;

live("the kernel's policies of nf_tables", () => {
  it("agree with the tables", async () => {
    const wrong: string[] = [];
    let answered = 0;
    await withNetns(async (netns) => {
      await using connection = Connection.open(nftables, { netns });
      for (const name of QUESTIONS) {
        const body = nftables.byName.get(name)?.body as unknown as Body | undefined;
        for (const { id, constant, codec } of body?.attrs.fields ?? []) {
          for (const length of LENGTHS) {
            const unknown = [{ word: id, bytes: new Uint8Array(length).fill(0x61) }];
            const input: AnyInput<NftMessageType> = { name, header: { family: NFPROTO.INET }, attrs: { unknown } };
            const error: unknown = await connection.request(input).catch((e: unknown) => e);
            if (!(error instanceof KernelError) || error.policy === undefined || error.attribute !== constant) continue;
            answered++;
            if (!agree(error.policy, codec as AnyCodec)) wrong.push(`${constant}: ${policyText(error.policy)}`);
            break;
          }
        }
      }
    });
    expect(wrong).toEqual([]);
    expect(answered).toBeGreaterThanOrEqual(ANSWERED);
  });
});

/** Constants of nf_tables.h that name no value of their own: counts, masks, other names. */
const NO_VALUE =
  /^__|_MAX$|_MASK$|_MAXLEN$|_MAXNAMELEN$|_SIZE$|_COUNT$|^NFT_CHAIN_FLAGS$|^NFT_BITWISE_BOOL$|_MAXGENRELEN$/;
/** Attributes of a list: a codec of its own. */
const LISTS = ["NFTA_LIST_ELEM"];

describe("nf_tables.h, from end to end", () => {
  const own = groups.filter((group) => Object.keys(group).some((name) => /^NFTA?_/.test(name)));
  const codecs = reached([nftables]);

  it("every attribute stands in a table", () => {
    const declared = new Set(tablesOf(codecs).flatMap(({ fields }) => fields.map(({ constant }) => constant)));
    const all = own.flatMap((group) => Object.keys(group)).filter((name) => /^NFTA_(?!FIB_F_)/.test(name));
    const missing = all.filter((name) => !declared.has(name) && !LISTS.includes(name));
    expect(missing.filter((name) => !/_(UNSPEC|PAD)$|_MAX$|^__/.test(name))).toEqual([]);
  });

  it("every message is in the registry", () => {
    const all = own.flatMap((group) => Object.keys(group)).filter((name) => /^NFT_MSG_/.test(name));
    expect(all.filter((name) => !nftables.byName.has(name))).toEqual(["NFT_MSG_MAX"]);
  });

  it("every value has a name", async () => {
    const names = (await exportsOf("attrs/netfilter")).filter(({ value }) => isNames(value));
    const known = new Set(names.flatMap(({ name, value }) => Object.keys(value as object).map((k) => `${name}_${k}`)));
    const all = own.flatMap((group) => Object.keys(group)).filter((name) => /^NFT_(?!MSG_)|^NFTA_FIB_F_/.test(name));
    expect(all.filter((name) => !known.has(name) && !NO_VALUE.test(name))).toEqual([]);
    expect(NFT_META.IIFTYPE).toBe(constants["NFT_META_IFTYPE"]);
  });

  it("lists have the kernel's number", () => {
    const lists = [...codecs].flatMap((codec) => (codec.kind === "list" ? [[codec.constant, codec.id]] : []));
    expect(lists.length).toBeGreaterThan(2);
    expect(lists).toEqual(lists.map(([constant]) => [constant, constants[constant as string]]));
  });
});
