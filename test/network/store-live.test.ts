// The set that keeps everything must not grow by itself: a list of one that does is not whole now and then.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { NFPROTO } from "../../src/attrs/netfilter/nfnetlink.ts";
import { Nftables } from "../../src/client/index.ts";
import { SET, TABLE } from "../../src/network/firewall/names.ts";
import { makeTables } from "../../src/network/firewall/tables.ts";
import type { NetworkConfig } from "../../src/network/model.ts";
import { keep, readStore } from "../../src/network/store.ts";
import { live, withNetns } from "../support/live.ts";

live("the store", () => {
  test("has a size, and holds long things up to it", async () => {
    await withNetns(async (netns) => {
      await using nft = await Nftables.open({ netns });
      await nft.apply(makeTables());
      const text = execFileSync(
        "nsenter",
        [`--net=/run/netns/${netns}`, "nft", "list", "set", "inet", TABLE, SET.METADATA],
        {
          encoding: "utf8",
        },
      );
      expect(text).toMatch(/size 32768/);
      const things = Array.from({ length: 50 }, (_, i) => ({
        kind: "network",
        bridge: `nl-${i}`,
        labels: { text: "x".repeat(60_000) },
      })) as unknown as NetworkConfig[];
      for (const thing of things) await nft.apply(keep(thing.bridge, thing));
      expect([...((await readStore(nft)) ?? [])].sort()).toEqual(things.map((thing) => [thing.bridge, thing]).sort());
      expect((await nft.elements(NFPROTO.INET, TABLE, SET.METADATA)).length).toBeGreaterThan(25_000);
      await expect(
        (async () => {
          for (const thing of things) await nft.apply(keep(`x${thing.bridge}`, thing));
        })(),
      ).rejects.toMatchObject({ code: "ENFILE" });
    });
  });
});
