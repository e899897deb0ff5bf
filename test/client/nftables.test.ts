// The ruleset as a whole: read at one moment, changed at one moment, owned.
import { expect, test } from "vitest";
import { NFPROTO } from "../../src/attrs/netfilter/nfnetlink.ts";
import { NFT_TABLE_F } from "../../src/attrs/netfilter/nftables/table.ts";
import { deleteTable, Nftables, newChain, newTable } from "../../src/client/index.ts";
import { live, withNetns } from "../support/live.ts";

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
