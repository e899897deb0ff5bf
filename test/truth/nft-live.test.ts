// Tables with an owner, the generation, traces: what the running kernel says by itself.
import { expect, it } from "vitest";
import {
  ARPHRD,
  IFF,
  NF,
  NF_INET,
  NFNLGRP,
  NFPROTO,
  NFT,
  NFT_CMP,
  NFT_CT,
  NFT_META,
  NFT_REG,
  NFT_TABLE_F,
  NFT_TRACETYPE,
  nftables,
  route,
} from "../../src/index.ts";
import { Connection } from "../../src/socket/connection.ts";
import { ping } from "../../src/socket/icmp.ts";
import { live, withNetns } from "../support/live.ts";
import { dumpRuleset } from "../support/nft.ts";
import { bytes, type Input, rule, table, transact } from "../support/nft-messages.ts";

live("tables and traces", () => {
  it("an owned table says whose it is, and goes with its socket", async () => {
    await withNetns(async (netns) => {
      const owner = Connection.open(nftables, { netns });
      await transact(owner, { name: "NFT_MSG_NEWTABLE", attrs: { name: "mine", flags: NFT_TABLE_F.OWNER } });
      const [mine] = (await dumpRuleset(netns)).tables;
      expect(mine?.attrs).toMatchObject({ name: "mine", flags: NFT_TABLE_F.OWNER, owner: owner.portId });
      await using other = Connection.open(nftables, { netns });
      await expect(transact(other, { name: "NFT_MSG_DELTABLE", attrs: { name: "mine" } })).rejects.toThrow(/EPERM/);
      owner.close();
      expect((await dumpRuleset(netns)).tables).toEqual([]);
    });
  });

  it("the generation counts transactions, and an answer carries its lower half", async () => {
    await withNetns(async (netns) => {
      await using connection = Connection.open(nftables, { netns });
      const generation = async (): Promise<number | undefined> => {
        const { messages } = await connection.request({ name: "NFT_MSG_GETGEN" });
        const [answer] = messages;
        if (answer?.name !== "NFT_MSG_NEWGEN") throw new Error("no NFT_MSG_NEWGEN");
        expect(answer.header.resId).toBe((answer.attrs.id ?? 0) & 0xffff);
        return answer.attrs.id;
      };
      const before = await generation();
      await transact(connection, table);
      expect(await generation()).toBe((before ?? 0) + 1);
    });
  });

  it("a traced packet, step by step", async () => {
    await withNetns(async (netns) => {
      await using links = Connection.open(route, { netns });
      await links.request({ name: "RTM_NEWLINK", header: { index: 1, flags: IFF.UP, change: IFF.UP } });
      await using connection = Connection.open(nftables, { netns });
      const hook = { hooknum: NF_INET.LOCAL_OUT, priority: 0 };
      await transact(
        connection,
        table,
        { name: "NFT_MSG_NEWCHAIN", attrs: { table: "t", name: "c", type: "filter", hook, policy: NF.ACCEPT } },
        rule(
          { name: "immediate", data: { immediate: { dreg: NFT_REG[1], data: { value: bytes(1) } } } },
          { name: "meta", data: { meta: { key: NFT_META.NFTRACE, sreg: NFT_REG[1] } } },
        ),
        rule(
          { name: "ct", data: { ct: { dreg: NFT_REG[1], key: NFT_CT.STATE } } },
          { name: "cmp", data: { cmp: { sreg: NFT_REG[1], op: NFT_CMP.NEQ, data: { value: bytes(0, 0, 0, 0) } } } },
          {
            name: "immediate",
            data: { immediate: { dreg: NFT_REG.VERDICT, data: { verdict: { code: NFT.CONTINUE } } } },
          },
        ),
      );
      const steps = connection.subscribe({ groups: [NFNLGRP.NFTRACE] });
      await ping({ address: "127.0.0.1", netns });
      const seen: Input[] = [];
      for await (const item of steps) {
        if (!("message" in item) || item.message.name !== "NFT_MSG_TRACE") continue;
        seen.push(item.message);
        if (item.message.attrs.type === NFT_TRACETYPE.POLICY) break;
      }
      const step = { table: "t", chain: "c", nfproto: NFPROTO.IPV4 };
      const going = { ...step, type: NFT_TRACETYPE.RULE, verdict: { code: NFT.CONTINUE } };
      expect(seen.map((message) => "attrs" in message && message.attrs)).toMatchObject([
        {
          ...going,
          ruleHandle: expect.any(BigInt),
          oif: 1,
          oiftype: ARPHRD.LOOPBACK,
          networkHeader: expect.any(Uint8Array),
        },
        { ...going, ruleHandle: expect.any(BigInt) },
        // The end of the chain: no rule.
        going,
        { ...step, type: NFT_TRACETYPE.POLICY, policy: NF.ACCEPT },
      ]);
    });
  });
});
