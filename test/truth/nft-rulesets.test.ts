// nft writes rulesets, we read them from the kernel; what we read, said again in another namespace, nft lists as the same.
import { execFileSync } from "node:child_process";
import { release } from "node:os";
import { expect, it } from "vitest";
import {
  type AnyInput,
  NF,
  NFNL_SUBSYS,
  NFT_CHAIN,
  NFT_SET,
  type NftExpression,
  type NftMessageType,
  NLM_F,
  nftables,
} from "../../src/index.ts";
import { Connection } from "../../src/socket/connection.ts";
import { live, withNetns } from "../support/live.ts";
import {
  type Dumped,
  dumpRuleset,
  hasNft,
  listRuleset,
  listText,
  type NftPrinted,
  writeRuleset,
} from "../support/nft.ts";
import { type Ruleset, rulesets } from "../support/nft-rulesets.ts";

type Input = AnyInput<NftMessageType>;
const CREATE = NLM_F.REQUEST | NLM_F.CREATE;

const addLinks = (netns: string, { links = [] }: Ruleset): void => {
  for (const link of links) execFileSync("ip", ["-n", netns, "link", "add", link, "type", "ifb"]);
};
const printed = (list: readonly NftPrinted[], sort: string): NftPrinted[] =>
  list.flatMap((one) => (one[sort] === undefined ? [] : [one[sort]]));

/** What the kernel says of an expression and refuses itself: flags of 0 where one writes or takes out, a timeout of 0. */
const acceptable = ({ name, data = {} }: NftExpression): NftExpression => {
  const { exthdr, dynset, osf } = data;
  if (exthdr !== undefined && exthdr.dreg === undefined) {
    const { sreg, type, op, offset, len } = exthdr;
    return { name, data: { exthdr: sreg === undefined ? { type, op } : { type, offset, len, op, sreg } } };
  }
  if (osf?.flags === 0) return { name, data: { osf: { ...osf, flags: undefined } } };
  if (dynset?.timeout === 0n) return { name, data: { dynset: { ...dynset, timeout: undefined } } };
  return { name, ...(Object.keys(data).length > 0 && { data }) };
};
/** A chain without a name takes rules only until a rule jumps there. */
const bindingFirst = ({ chains, rules }: Dumped): Dumped["rules"] => {
  const bindings = chains.filter(({ attrs }) => ((attrs.flags ?? 0) & NFT_CHAIN.BINDING) !== 0);
  const inner = new Set(bindings.map(({ attrs }) => attrs.name));
  const [first, then] = [true, false].map((is) => rules.filter(({ attrs }) => inner.has(attrs.chain) === is));
  return [...(first ?? []), ...(then ?? [])];
};
/** What the kernel said, as what it is to make of it: without what only answers have. */
const requestsOf = (dumped: Dumped): Input[] => {
  const { tables, chains, objects, flowtables, sets, elements } = dumped;
  return [
    ...tables.map(({ name, header, attrs: { handle, use, ...attrs } }): Input => ({ name, header, attrs })),
    ...chains.map(({ name, header, attrs: { handle, use, ...attrs } }): Input => ({ name, header, attrs })),
    ...objects.map(({ name, header, attrs: { handle, use, ...attrs } }): Input => ({ name, header, attrs })),
    ...flowtables.map(({ name, header, attrs: { handle, use, ...attrs } }): Input => ({ name, header, attrs })),
    // The kernel makes no set without an id of its batch.
    ...sets.map(({ name, header, attrs: { handle, type, count, ...attrs } }, i): Input => {
      return { name, header, attrs: { ...attrs, id: i + 1 } };
    }),
    ...elements.map(({ name, header, attrs }): Input => ({ name, header, attrs })),
    ...bindingFirst(dumped).map(({ name, header, attrs: { handle, position, expressions = [], ...attrs } }): Input => {
      return { name, header, attrs: { ...attrs, expressions: expressions.map(acceptable) } };
    }),
  ];
};
const made = (input: Input): Input => {
  const append = input.name === "NFT_MSG_NEWRULE" ? NLM_F.APPEND : 0;
  return {
    ...input,
    flags: CREATE | append,
    header: { ...("header" in input ? input.header : {}), resId: 0 },
  } as Input;
};

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
  for (const { attrs } of sets) {
    const own = elements.filter((m) => m.attrs.set === attrs.name && m.attrs.table === attrs.table);
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

/** Of 132 rules how many Linux 6.18 took, without flowtables, queues and the bridge's own. */
const TAKEN = 120;
/** Expressions and sorts of objects that were in those. */
const SEEN =
  "bitwise byteorder cmp connlimit counter ct dup dynset exthdr fib fwd hash immediate limit log lookup masq meta nat notrack numgen " +
  "object counter object ctExpect object ctHelper object ctTimeout object limit object quota object synproxy objref osf payload quota " +
  "range redir reject rt socket synproxy tproxy xfrm";
let taken = 0;
const seen = new Set<string>();

live("nf_tables as nft writes it", () => {
  it("needs nft", () => expect(hasNft()).toBe(true));

  it.each(rulesets.map((ruleset) => [ruleset.name, ruleset] as const))("%s", async (name, ruleset) => {
    await withNetns(async (from) => {
      addLinks(from, ruleset);
      const refused = writeRuleset(from, ruleset);
      if (refused === undefined) return void console.warn(`skipped: ${name}: this kernel has no such thing`);
      if (refused.length > 0) console.warn(`${name}: this kernel does not take ${refused.join(" / ")}`);
      taken += Object.values(ruleset.rules).flat().length - refused.length;
      const dumped = await dumpRuleset(from);

      const text = JSON.stringify(dumped, (_, v) => (typeof v === "bigint" ? `${v}` : v));
      expect(text).not.toMatch(/"unknown":|"issues":/);
      for (const { attrs } of dumped.rules) for (const e of attrs.expressions ?? []) seen.add(e.name ?? "");
      for (const { attrs } of dumped.objects)
        for (const key of Object.keys(attrs.data ?? {})) seen.add(`object ${key}`);
      compare(from, dumped);

      await withNetns(async (to) => {
        addLinks(to, ruleset);
        await using target = Connection.open(nftables, { netns: to });
        const header = { resId: NFNL_SUBSYS.NFTABLES };
        const inBatch = (messages: readonly Input[]) =>
          target.transaction({
            begin: { name: "NFNL_MSG_BATCH_BEGIN", flags: NLM_F.REQUEST, header },
            messages: messages.map(made),
            end: { name: "NFNL_MSG_BATCH_END", flags: NLM_F.REQUEST, header },
          });
        await inBatch(requestsOf(dumped));
        expect(listRuleset(to)).toEqual(listRuleset(from));
        expect(listText(to)).toBe(listText(from));
      });
    });
  });

  it("covers most of what there is", () => {
    const [major = 0, minor = 0] = release().split(".").map(Number);
    if (major < 6 || (major === 6 && minor < 12)) return;
    expect(taken).toBeGreaterThanOrEqual(TAKEN);
    expect([...seen].sort().join(" ")).toContain(SEEN);
  });
});
