// The ruleset as a whole: read at one moment, changed at one moment, owned.
import { expect, test } from "vitest";
import { NFPROTO } from "../../src/attrs/netfilter/nfnetlink.ts";
import { NF_INET, NF_IP_PRI } from "../../src/attrs/netfilter/nftables/hook.ts";
import { NFT_TABLE_F } from "../../src/attrs/netfilter/nftables/table.ts";
import {
  deleteChain,
  deleteElements,
  deleteRule,
  deleteSet,
  deleteTable,
  flushChain,
  insertRule,
  Nftables,
  newChain,
  newElements,
  newRule,
  newSet,
  newTable,
  rule,
  setKey,
} from "../../src/client/index.ts";
import { live, withNetns } from "../support/live.ts";
import { listText } from "../support/nft.ts";

const { INET } = NFPROTO;

live("the ruleset", () => {
  test("a stale generation is refused, whole", () =>
    withNetns(async (netns) => {
      await using nft = await Nftables.open({ netns });
      const { generation } = await nft.list();
      await nft.apply([newTable(INET, "first")], { generation });
      await expect(nft.apply([newTable(INET, "second")], { generation })).rejects.toMatchObject({ code: "ERESTART" });
      expect((await nft.list()).tables.map(({ attrs }) => attrs.name)).toEqual(["first"]);
    }));

  test("rules and elements come and go; what is not there is refused by its path", () =>
    withNetns(async (netns) => {
      await using nft = await Nftables.open({ netns });
      const key = setKey("inet_service");
      const element = (port: number) => ({ key: key.value(port) });
      await nft.apply([
        newTable(INET, "t"),
        newChain(INET, "t", "c"),
        newSet(INET, "t", "s", { ...key.attrs, id: 1 }),
        newElements(INET, "t", "s", [element(22), element(80)]),
        newRule(INET, "t", "c", rule(INET).accept().expressions, {
          userdata: { comment: 'a "quoted" \u001b[0m\n\u202eone' },
        }),
        newRule(INET, "t", "c", rule(INET).drop().expressions),
      ]);
      const [first, second] = (await nft.list()).rules;
      expect(first?.attrs.userdata).toEqual({ comment: 'a "quoted" \u001b[0m\n\u202eone' });
      await nft.apply([
        deleteRule(INET, "t", "c", second?.attrs.handle ?? 0n),
        deleteElements(INET, "t", "s", [element(22)]),
      ]);
      const { rules, sets } = await nft.list();
      expect(rules.map(({ attrs }) => attrs.handle)).toEqual([first?.attrs.handle]);
      expect(sets.map(({ elements }) => elements)).toEqual([[element(80)]]);
      await expect(
        nft.apply([deleteElements(INET, "t", "s", [element(80), element(23)]), deleteRule(INET, "t", "c", 999n)]),
      ).rejects.toMatchObject({
        errors: [
          { index: 0, error: { code: "ENOENT" } },
          { index: 1, error: { code: "ENOENT", path: "handle" } },
        ],
      });
      const after = await nft.list();
      expect(after.rules.map(({ attrs }) => attrs)).toEqual(rules.map(({ attrs }) => attrs));
      expect(after.sets.map(({ elements }) => elements)).toEqual([[element(80)]]);
    }));

  test("at the beginning, flushed, deleted; sets without a number of their own", () =>
    withNetns(async (netns) => {
      await using nft = await Nftables.open({ netns });
      const key = setKey("inet_service");
      const hook = { hooknum: NF_INET.PRE_ROUTING, priority: NF_IP_PRI.NAT_DST };
      await nft.apply([
        newTable(INET, "t"),
        newChain(INET, "t", "c", { type: "nat", hook }),
        newSet(INET, "t", "one", { ...key.attrs, id: 1 }),
        newSet(INET, "t", "two", key.attrs),
        newSet(INET, "t", "three", key.attrs),
        newRule(INET, "t", "c", rule(INET).mark(2).accept().expressions),
        insertRule(INET, "t", "c", rule(INET).mark(1).accept().expressions),
      ]);
      expect(listText(netns)).toMatch(/priority dstnat;[^}]*mark 0x00000001 accept\n\s*meta mark 0x00000002 accept/);
      expect((await nft.list()).sets.map(({ set }) => set.attrs.name).sort()).toEqual(["one", "three", "two"]);
      await nft.apply([flushChain(INET, "t", "c"), deleteSet(INET, "t", "two")]);
      expect((await nft.list()).rules).toEqual([]);
      await nft.apply([newChain(INET, "t", "d"), newRule(INET, "t", "c", rule(INET).jump("d").expressions)]);
      await expect(nft.apply([deleteChain(INET, "t", "d")])).rejects.toMatchObject({ code: "EBUSY" });
      await nft.apply([deleteChain(INET, "t", "c"), deleteChain(INET, "t", "d")]);
      // What is wanted of others is no word to what is asked here.
      expect((await nft.list({ fields: ["handle"] })).sets).toHaveLength(2);
      expect(await nft.generation({ fields: ["handle"] })).toBe(await nft.generation());
      const { rules, chains, sets } = await nft.list();
      expect([rules, chains]).toEqual([[], []]);
      expect(sets.map(({ set }) => set.attrs.name).sort()).toEqual(["one", "three"]);
    }));

  test("an owner's table: nobody else changes it, and it goes with its socket", () =>
    withNetns(async (netns) => {
      await using other = await Nftables.open({ netns });
      const owner = await Nftables.open({ netns });
      await owner.apply([newTable(INET, "mine", { flags: NFT_TABLE_F.OWNER })]);
      const [table] = (await other.list()).tables;
      expect(table?.attrs).toMatchObject({ name: "mine", owner: owner.connection.portId });
      await expect(other.apply([newChain(INET, "mine", "c")])).rejects.toMatchObject({
        name: "TransactionFailed",
        code: "EPERM",
        errors: [{ index: 0 }],
      });
      await expect(other.apply([newTable(INET, "mine")])).rejects.toMatchObject({ name: "TransactionFailed" });
      owner.close();
      // Tried on 6.18: no NFT_MSG_DELTABLE tells of it. The table is gone when close() returns.
      expect((await other.list()).tables).toEqual([]);
    }));

  test("read while it changes: always a state that there was", () =>
    withNetns(async (netns) => {
      await using nft = await Nftables.open({ netns });
      await using churn = await Nftables.open({ netns });
      let stop = false;
      const churning = (async () => {
        for (let i = 0; !stop; i++) {
          // A table and its chain come and go together.
          await churn.apply([newTable(INET, `t${i}`), newChain(INET, `t${i}`, "c")]);
          await new Promise((resolve) => setTimeout(resolve, i % 3));
          await churn.apply([deleteTable(INET, `t${i}`)]);
        }
      })();
      let whole = 0;
      for (let i = 0; i < 100; i++) {
        try {
          const { tables, chains } = await nft.list();
          expect(chains.map(({ attrs }) => attrs.table)).toEqual(tables.map(({ attrs }) => attrs.name));
          whole++;
        } catch (error) {
          expect((error as Error).name).toBe("DumpInterrupted");
        }
      }
      stop = true;
      await churning;
      expect(whole).toBeGreaterThan(0);
    }));
});
