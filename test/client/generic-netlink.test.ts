// Generic netlink on the running kernel, held against genl(8) and ethtool(8).
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { ETHTOOL_MSG_USER as CMD } from "../../src/attrs/generic/ethtool/messages.ts";
import { GenericNetlink } from "../../src/client/generic-netlink.ts";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import { live, withNetns } from "../support/live.ts";

const run = (...command: string[]): string => {
  const [program = "", ...args] = command;
  return execFileSync(program, args, { encoding: "utf8" });
};
const asked = (cmd: number) => ({ cmd, version: 1, reserved: 0 });

live("generic netlink", () => {
  test("every family that genl(8) lists, with its number, commands and groups", async () => {
    const theirs = [...run("genl", "ctrl", "list").matchAll(/^Name: (\S+)\s+ID: (0x[\da-f]+).*$/gm)];
    await using genl = await GenericNetlink.open();
    const families = await genl.families();
    expect([...families].map(([id, { familyName }]) => [familyName, id]).sort()).toEqual(
      theirs.map(([, name, id]) => [name, Number(id)]).sort(),
    );
    expect(families.size).toBeGreaterThan(2);
    const control = await genl.family("nlctrl");
    expect(control).toMatchObject({ familyId: 16, familyName: "nlctrl", hdrsize: 0 });
    expect(control.mcastGroups).toEqual([{ name: "notify", id: 16 }]);
    expect(control.unknown).toBeUndefined();
  });

  test("a family that is not there is refused, with the kernel's number", async () => {
    await using genl = await GenericNetlink.open();
    await expect(genl.family("nlkit-none")).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("a request says its command by its key, and looks for a family that has come since", async () => {
    await using genl = await GenericNetlink.open();
    const { types } = genl.connection;
    (types.byName as Map<string, unknown>).delete("ethtool");
    const linkstateGet = { attrs: { header: { devName: "lo" } } };
    const { messages } = await genl.request({ name: "ethtool", linkstateGet });
    expect(messages).toMatchObject([{ name: "ethtool", linkstateGetReply: { header: { cmd: CMD.LINKSTATE_GET } } }]);
    expect(types.byName.has("ethtool")).toBe(true);
    (types.byName as Map<string, unknown>).delete("ethtool");
    await genl.request({ name: "ethtool", linkstateGet }, { fields: ["link"] });
    expect((await genl.families({ fields: ["ops"] })).size).toBeGreaterThan(2);
    // Said, and wrong: refused.
    const wrong = { ...linkstateGet, header: asked(CMD.CHANNELS_GET) };
    await expect(genl.request({ name: "ethtool", linkstateGet: wrong })).rejects.toThrow("due is 6");
    const none = genl.request({ name: "genl:nlkit-none", header: { cmd: 1 } });
    await expect(none).rejects.toThrow('nlctrl: ENOENT (no such file or directory), familyName "nlkit-none"');
    await expect(genl.request({ name: "ethtol" } as never)).rejects.toThrow(/no message of .* is called "ethtol"/);
  });

  test("policies: what the kernel would take of nlctrl's own requests", async () => {
    await using genl = await GenericNetlink.open();
    const { messages } = await genl.connection.dump({
      name: "nlctrl",
      header: { cmd: 10, version: 1 },
      attrs: { familyName: "nlctrl" },
    });
    const attrs = messages.flatMap((m) => (m.name === "nlctrl" ? [m.attrs] : []));
    const commands = attrs.flatMap(({ opPolicy = [] }) => opPolicy);
    // Of GETPOLICY, which is only dumped, this kernel writes 0 for its number.
    expect(commands).toHaveLength(2);
    expect(commands[0]).toMatchObject({ number: 3, value: { do: 0, dump: 0 } });
    const policies = attrs.flatMap(({ policy = [] }) => policy).flatMap(({ value }) => value);
    // CTRL_ATTR_FAMILY_ID is a u16, CTRL_ATTR_FAMILY_NAME a string of 15 bytes at most.
    expect(policies.find(({ number }) => number === 1)?.value).toMatchObject({ type: 3 });
    expect(policies.find(({ number }) => number === 2)?.value).toMatchObject({ type: 12, maxLength: 15 });
    expect(attrs.every(({ unknown }) => unknown === undefined)).toBe(true);
  });

  test("ethtool: channels, features and state of a veth are what ethtool(8) says", async () => {
    await withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await rtnl.links.add({
        ifname: "v0",
        linkinfo: { kind: "veth", data: { veth: { peer: { attrs: { ifname: "v1" } } } } },
      });
      await rtnl.links.up("v0");
      await using genl = await GenericNetlink.open({ netns });
      const about = { attrs: { header: { devName: "v0" } } };
      const ask = async (message: Parameters<typeof genl.request>[0]) => {
        const answer = (await genl.request(message)).messages.find((one) => one.name === "ethtool");
        if (answer?.name !== "ethtool") throw new Error("no answer");
        expect(JSON.stringify(answer, (_, v) => (typeof v === "bigint" ? `${v}` : v))).not.toMatch(
          /"unknown"|"issues"/,
        );
        return answer;
      };
      const inside = (...args: string[]) => run("ip", "netns", "exec", netns, "ethtool", ...args);

      const { channelsGetReply } = await ask({
        name: "ethtool",
        channelsGet: { header: asked(CMD.CHANNELS_GET), ...about },
      });
      const counts = [...inside("-l", "v0").matchAll(/^(RX|TX):\s+(\d+)$/gm)].map(([, , n]) => Number(n));
      const { rxMax, txMax, rxCount, txCount } = channelsGetReply?.attrs ?? {};
      expect([rxMax, txMax, rxCount, txCount]).toEqual(counts);

      const { featuresGetReply } = await ask({
        name: "ethtool",
        featuresGet: { header: asked(CMD.FEATURES_GET), ...about },
      });
      const active = (featuresGetReply?.attrs.active?.bits?.bit ?? []).map(({ name }) => name).sort();
      const [features] = JSON.parse(inside("--json", "-k", "v0")) as [Record<string, { active: boolean }>];
      // ethtool(8) has names of its own for sums of features; the others are the kernel's.
      const theirs = Object.entries(features).filter(([name, one]) => name.startsWith("tx-") && one?.active === true);
      expect(theirs.length).toBeGreaterThan(5);
      expect(active).toEqual(
        expect.arrayContaining(theirs.map(([name]) => name).filter((name) => name.includes("segmentation"))),
      );

      const { linkstateGetReply } = await ask({
        name: "ethtool",
        linkstateGet: { header: asked(CMD.LINKSTATE_GET), ...about },
      });
      expect(linkstateGetReply?.attrs.link).toBe(/Link detected: yes/.test(inside("v0")) ? 1 : 0);

      const { strsetGetReply } = await ask({
        name: "ethtool",
        strsetGet: {
          header: asked(CMD.STRSET_GET),
          attrs: { header: { devName: "v0" }, stringsets: { stringset: [{ id: 4 }] } },
        },
      });
      const [names] = strsetGetReply?.attrs.stringsets?.stringset ?? [];
      expect(names?.count).toBe(names?.strings?.string?.length);
      expect(names?.strings?.string?.map(({ value }) => value)).toContain("tx-checksum-ipv4");
    });
  });
});
