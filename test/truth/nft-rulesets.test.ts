// nft writes rulesets, we read them from the kernel; what we read, said again in another namespace, nft lists as the same.
import { expect, it } from "vitest";
import { messagesOf, Nftables } from "../../src/client/index.ts";
import { NF, NFT_SET } from "../../src/index.ts";
import { live, withNetns } from "../support/live.ts";
import {
  addLinks,
  type Dumped,
  dumpRuleset,
  hasNft,
  listRuleset,
  listText,
  type NftPrinted,
  writeRuleset,
} from "../support/nft.ts";
import { LACKING, type Ruleset, rulesets } from "../support/nft-rulesets.ts";

const printed = (list: readonly NftPrinted[], sort: string): NftPrinted[] =>
  list.flatMap((one) => (one[sort] === undefined ? [] : [one[sort]]));

/** Key facts: what there is, under which handle, with which comment; how many elements. */
const compare = (netns: string, { tables, chains, sets, elements, rules }: Dumped): void => {
  const list = listRuleset(netns, true);
  expect(printed(list, "table").map(({ name, handle }) => [name, handle])).toEqual(
    tables.map(({ attrs }) => [attrs.name, Number(attrs.handle)]),
  );
  const named = rules.filter(({ attrs }) => !attrs.chain?.startsWith("__"));
  expect(printed(list, "rule").map((one) => [one.table, one.chain, one.handle, one.comment])).toEqual(
    named.map(({ attrs }) => [attrs.table, attrs.chain, Number(attrs.handle), attrs.userdata?.comment]),
  );
  const hooks = chains.filter(({ attrs }) => attrs.hook !== undefined);
  const base = printed(list, "chain").filter(({ hook }) => hook !== undefined);
  expect(base.map(({ name, prio, policy, type }) => [name, prio, policy, type])).toEqual(
    hooks.map(({ attrs: { name, hook, policy, type } }) => [
      name,
      hook?.priority,
      policy === NF.ACCEPT ? "accept" : "drop",
      type,
    ]),
  );
  for (const { attrs, header } of sets) {
    const own = elements.filter(
      (m) => m.attrs.set === attrs.name && m.attrs.table === attrs.table && m.header.family === header.family,
    );
    // Of intervals the kernel counts half of their ends, rounded down.
    if (((attrs.flags ?? 0) & NFT_SET.INTERVAL) !== 0) continue;
    const counted = own.flatMap((m) => m.attrs.elements ?? []);
    if (attrs.count !== undefined) expect([attrs.name, counted.length]).toEqual([attrs.name, attrs.count]);
  }
  // The JSON of nft 1.0.6 leaves most comments out; its text has all.
  const text = listText(netns);
  const commented = [tables, chains, sets, rules].flat().map(({ attrs }) => attrs.userdata);
  const inElements = elements.flatMap(({ attrs }) => attrs.elements ?? []).map(({ userdata }) => userdata);
  for (const userdata of [...commented, ...inElements]) {
    if (userdata?.comment !== undefined) expect(text).toContain(`comment "${userdata.comment}"`);
  }
};

/** Expressions and sorts of objects that Linux 6.18 has and nft 1.0.6 writes: each is in some ruleset. */
const SEEN =
  "bitwise byteorder cmp connlimit counter ct dup dynset exthdr fib fwd hash immediate limit log lookup masq meta nat notrack numgen " +
  "object counter object ctExpect object ctHelper object ctTimeout object limit object quota object synproxy objref osf payload quota " +
  "range redir reject rt socket synproxy tproxy xfrm";
/** How many rulesets nft must have written that came out the same. */
const ROUND_TRIPS = 40;
let same = 0;
const seen = new Set<string>();

/** nft wrote it in one namespace; what we list there, we make in another, and nft lists both alike. */
const roundTrip = async (from: string, { links }: Ruleset): Promise<void> => {
  const dumped = await dumpRuleset(from);
  const text = JSON.stringify(dumped, (_, v) => (typeof v === "bigint" ? `${v}` : v));
  expect(text).not.toMatch(/"unknown":|"issues":/);
  for (const { attrs } of dumped.rules) for (const e of attrs.expressions ?? []) seen.add(e.name ?? "");
  for (const { attrs } of dumped.objects) for (const key of Object.keys(attrs.data ?? {})) seen.add(`object ${key}`);
  compare(from, dumped);
  await withNetns(async (to) => {
    addLinks(to, links);
    await using theirs = await Nftables.open({ netns: from });
    await using ours = await Nftables.open({ netns: to });
    const listed = await theirs.list();
    await ours.apply(messagesOf(listed));
    expect(listRuleset(to)).toEqual(listRuleset(from));
    expect(listText(to)).toBe(listText(from));
    // Only looked at.
    expect((await theirs.list()).generation).toBe(listed.generation);
  });
  same++;
};

live("nf_tables as nft writes it", () => {
  it("needs nft", () => expect(hasNft()).toBe(true));

  const [lacking, there] = [true, false].map((is) =>
    rulesets.filter(({ name }) => is === Object.hasOwn(LACKING, name)),
  );
  it.each(there?.map((ruleset) => [ruleset.name, ruleset] as const) ?? [])("%s", (_name, ruleset) =>
    withNetns(async (from) => {
      expect(writeRuleset(from, ruleset)).toBeUndefined();
      await roundTrip(from, ruleset);
    }),
  );

  it.each(lacking?.map((ruleset) => [ruleset.name, ruleset] as const) ?? [])(
    "%s: refused by a kernel that lacks it, the same by any other",
    (name, ruleset) =>
      withNetns(async (from) => {
        const answer = writeRuleset(from, ruleset);
        if (answer !== undefined) return void expect(answer).toBe(LACKING[name]);
        console.warn(`${name}: this kernel has it`);
        await roundTrip(from, ruleset);
      }),
  );
  it("nothing is said to be lacking that is not tried", () => {
    expect(lacking?.map(({ name }) => name).sort()).toEqual(Object.keys(LACKING).sort());
  });

  it("covers what there is", () => {
    expect(same).toBeGreaterThanOrEqual(ROUND_TRIPS);
    expect([...seen].sort().join(" ")).toContain(SEEN);
  });
});
