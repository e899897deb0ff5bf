// Only what was named is read, and a name that is none is refused at once.
import { expect, test } from "vitest";
import { Rtnetlink } from "../../src/client/index.ts";
import { live, withNetns } from "../support/live.ts";

live("fields", () => {
  test("of a dump, a request and a list", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      const fields = ["ifname", "mtu"];
      const get = { name: "RTM_GETLINK", header: { index: 1 } } as const;
      const named = [{ header: { index: 1 }, attrs: { ifname: "lo", mtu: 65536 } }];
      expect((await rtnl.connection.dump({ name: "RTM_GETLINK" }, { fields })).messages).toMatchObject(named);
      const [link] = (await rtnl.connection.request(get, { fields })).messages;
      expect(Object.keys((link as unknown as { attrs: object }).attrs)).toEqual(fields);
      expect((await rtnl.links.list({}, { fields })).map(({ attrs }) => Object.keys(attrs))).toEqual([fields]);
      // The next one reads everything again.
      expect((await rtnl.links.get("lo")).attrs.stats64).toBeDefined();
      await expect(rtnl.connection.dump({ name: "RTM_GETLINK" }, { fields: ["ifnam"] })).rejects.toThrow(/ifnam/);
      // A refusal says what it always says.
      const refused = rtnl.connection.request({ name: "RTM_NEWLINK", attrs: { ifname: "x", mtu: 1 } }, { fields });
      await expect(refused).rejects.toMatchObject({ name: "KernelError" });
    }));
});
