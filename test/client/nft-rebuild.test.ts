// What nft wrote, listed by us and made again by us in another namespace, is to nft the same ruleset.
import { expect, test } from "vitest";
import { Rtnetlink } from "../../src/client/index.ts";
import { Nftables } from "../../src/client/nft/nftables.ts";
import { messagesOf } from "../../src/client/nft/ruleset.ts";
import { live, withNetns } from "../support/live.ts";
import { listRuleset, writeRuleset } from "../support/nft.ts";
import { rulesets } from "../support/nft-rulesets.ts";

live("rulesets of nft", () => {
  test.each(rulesets.map((ruleset) => [ruleset.name, ruleset] as const))("%s", (_name, ruleset) =>
    withNetns((from) =>
      withNetns(async (to) => {
        for (const netns of [from, to]) {
          await using rtnl = await Rtnetlink.open({ netns });
          for (const ifname of ruleset.links ?? []) await rtnl.links.add({ ifname, linkinfo: { kind: "bridge" } });
        }
        if (writeRuleset(from, ruleset) === undefined) {
          console.warn(`${ruleset.name}: this kernel has none`);
          return;
        }
        await using theirs = await Nftables.open({ netns: from });
        await using ours = await Nftables.open({ netns: to });
        const listed = await theirs.list();
        expect(listed.tables.length).toBeGreaterThan(0);
        await ours.apply(messagesOf(listed));
        expect(listRuleset(to)).toEqual(listRuleset(from));
        expect((await theirs.list()).generation).toBe(listed.generation);
      }),
    ),
  );
});
