// What nft 1.0.6 does not write, or not all of: said by us, kept by the kernel, and read back as what was said.
import { release } from "node:os";
import { expect, it } from "vitest";
import {
  type AnyInput,
  ARPHRD,
  IFF,
  NF,
  NF_INET,
  NFNL_SUBSYS,
  NFNLGRP,
  NFPROTO,
  NFT,
  NFT_BITWISE,
  NFT_CMP,
  NFT_CT,
  NFT_INNER,
  NFT_META,
  NFT_OBJECT,
  NFT_PAYLOAD,
  NFT_REG,
  NFT_REG32,
  NFT_TABLE_F,
  NFT_TRACETYPE,
  NFT_TUNNEL,
  NFT_TUNNEL_F,
  type NftExpression,
  type NftMessageType,
  type NftObjectAttrs,
  NLM_F,
  nftables,
  route,
} from "../../src/index.ts";
import { Connection } from "../../src/socket/connection.ts";
import { ping } from "../../src/socket/icmp.ts";
import { live, withNetns } from "../support/live.ts";
import { dumpRuleset } from "../support/nft.ts";

type Input = AnyInput<NftMessageType>;
const CREATE = NLM_F.REQUEST | NLM_F.CREATE;
const inet = { family: NFPROTO.INET };
const [major = 0, minor = 0] = release().split(".").map(Number);
const modern = major > 6 || (major === 6 && minor >= 18);

const transact = (connection: Connection<NftMessageType>, ...messages: Input[]): Promise<unknown> =>
  connection.transaction({
    begin: { name: "NFNL_MSG_BATCH_BEGIN", flags: NLM_F.REQUEST, header: { resId: NFNL_SUBSYS.NFTABLES } },
    messages: messages.map((message): Input => ({ flags: CREATE, header: inet, ...message }) as Input),
    end: { name: "NFNL_MSG_BATCH_END", flags: NLM_F.REQUEST, header: { resId: NFNL_SUBSYS.NFTABLES } },
  });
const table: Input = { name: "NFT_MSG_NEWTABLE", attrs: { name: "t" } };
const chain: Input = { name: "NFT_MSG_NEWCHAIN", attrs: { table: "t", name: "c" } };
const rule = (...expressions: NftExpression[]): Input => ({
  name: "NFT_MSG_NEWRULE",
  flags: CREATE | NLM_F.APPEND,
  attrs: { table: "t", chain: "c", expressions },
});
const bytes = (...octets: number[]): Uint8Array => Uint8Array.from(octets);

/** Tunnels are of the netdev family alone. */
const netdev = { family: NFPROTO.NETDEV };
const within = (family: { family: number }, messages: readonly Input[]): Input[] =>
  messages.map((message) => ({ ...message, header: family }) as Input);

/** Each as the kernel answers it, defaults and all. */
const EXPRESSIONS: readonly (readonly [what: string, NftExpression])[] = [
  ["last", { name: "last", data: { last: { set: 0, msecs: 0n } } }],
  [
    "inner",
    {
      name: "inner",
      data: {
        inner: {
          num: 0,
          type: NFT_INNER.VXLAN,
          flags: NFT_INNER.HDRSIZE | NFT_INNER.LL | NFT_INNER.NH | NFT_INNER.TH,
          hdrsize: 8,
          expr: {
            name: "payload",
            data: { payload: { dreg: NFT_REG[1], base: NFT_PAYLOAD.NETWORK_HEADER, offset: 12, len: 4 } },
          },
        },
      },
    },
  ],
  ["tunnel", { name: "tunnel", data: { tunnel: { key: NFT_TUNNEL.ID, dreg: NFT_REG[1], mode: 0 } } }],
  [
    "match",
    { name: "match", data: { match: { name: "comment", rev: 0, info: new Uint8Array(256).fill(0x61, 0, 255) } } },
  ],
  ["connlimit", { name: "connlimit", data: { connlimit: { count: 7, flags: 1 } } }],
];
const needsModern: readonly (readonly [what: string, NftExpression])[] = [
  [
    "bitwise AND of two registers",
    {
      name: "bitwise",
      data: {
        bitwise: {
          sreg: NFT_REG32["01"],
          dreg: NFT_REG32["02"],
          len: 4,
          op: NFT_BITWISE.AND,
          sreg2: NFT_REG32["03"],
        },
      },
    },
  ],
];
/** Writes the registers that an expression reads: the kernel refuses to read what nobody wrote. */
const filled: NftExpression = {
  name: "immediate",
  data: { immediate: { dreg: NFT_REG[1], data: { value: new Uint8Array(16) } } },
};

const OBJECTS: readonly (readonly [what: string, NftObjectAttrs])[] = [
  ["connlimit", { type: NFT_OBJECT.CONNLIMIT, data: { connlimit: { count: 9, flags: 1 } } }],
  [
    "a tunnel over IPv4 with VXLAN's own",
    {
      type: NFT_OBJECT.TUNNEL,
      data: {
        tunnel: {
          id: 7,
          ip: { src: "10.0.0.1", dst: "10.0.0.2" },
          flags: NFT_TUNNEL_F.ZERO_CSUM_TX,
          tos: 4,
          ttl: 64,
          sport: 4000,
          dport: 4789,
          opts: { vxlan: { gbp: 5 } },
        },
      },
    },
  ],
  [
    "a tunnel over IPv6 with options of Geneve",
    {
      type: NFT_OBJECT.TUNNEL,
      data: {
        tunnel: {
          id: 8,
          ip6: { src: "2001:db8::1", dst: "2001:db8::2", flowlabel: 0x12345 },
          flags: 0,
          tos: 0,
          ttl: 1,
          sport: 1,
          dport: 6081,
          opts: { geneve: [{ class: 0x102, type: 3, data: bytes(1, 2, 3, 4) }] },
        },
      },
    },
  ],
  [
    "a tunnel with ERSPAN's own",
    {
      type: NFT_OBJECT.TUNNEL,
      data: {
        tunnel: {
          id: 9,
          ip: { src: "10.0.0.1", dst: "10.0.0.2" },
          flags: 0,
          tos: 0,
          ttl: 1,
          sport: 0,
          dport: 0,
          opts: { erspan: { version: 2, v2Hwid: 5, v2Dir: 1 } },
        },
      },
    },
  ],
];

live("expressions and objects", () => {
  const all = modern ? [...EXPRESSIONS, ...needsModern] : EXPRESSIONS;
  it.each(all)("%s", async (_, expression) => {
    await withNetns(async (netns) => {
      await using connection = Connection.open(nftables, { netns });
      const family = expression.name === "tunnel" ? netdev : inet;
      await transact(connection, ...within(family, [table, chain, rule(filled, expression)]));
      const { rules } = await dumpRuleset(netns);
      expect(rules.map(({ attrs }) => attrs.expressions)).toEqual([[filled, expression]]);
    });
  });

  it.each(OBJECTS)("%s", async (_, object) => {
    await withNetns(async (netns) => {
      await using connection = Connection.open(nftables, { netns });
      const family = object.type === NFT_OBJECT.TUNNEL ? netdev : inet;
      const add: Input = { name: "NFT_MSG_NEWOBJ", attrs: { table: "t", name: "o", ...object } };
      await transact(connection, ...within(family, [table, add]));
      const { objects } = await dumpRuleset(netns);
      expect(objects.map(({ attrs }) => attrs)).toMatchObject([{ ...object, table: "t", name: "o" }]);
    });
  });

  it("a register has two names, and the kernel answers with the wider", async () => {
    await withNetns(async (netns) => {
      await using connection = Connection.open(nftables, { netns });
      const meta = (dreg: number): NftExpression => ({ name: "meta", data: { meta: { dreg, key: NFT_META.MARK } } });
      await transact(connection, table, chain, rule(meta(NFT_REG32["00"]), meta(NFT_REG32["05"]), meta(NFT_REG[4])));
      const { rules } = await dumpRuleset(netns);
      expect(rules[0]?.attrs.expressions).toEqual([meta(NFT_REG[1]), meta(NFT_REG32["05"]), meta(NFT_REG[4])]);
    });
  });
});

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
