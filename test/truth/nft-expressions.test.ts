// What nft 1.0.6 does not write, or not all of: said by us, kept by the kernel, and read back as what was said.
import { release } from "node:os";
import { expect, it } from "vitest";
import {
  NFPROTO,
  NFT_BITWISE,
  NFT_INNER,
  NFT_META,
  NFT_OBJECT,
  NFT_PAYLOAD,
  NFT_REG,
  NFT_REG32,
  NFT_TUNNEL,
  NFT_TUNNEL_F,
  type NftExpression,
  type NftObjectAttrs,
  nftables,
} from "../../src/index.ts";
import { Connection } from "../../src/socket/connection.ts";
import { live, withNetns } from "../support/live.ts";
import { dumpRuleset } from "../support/nft.ts";
import { bytes, chain, type Input, inet, rule, table, transact } from "../support/nft-messages.ts";

const [major = 0, minor = 0] = release().split(".").map(Number);
const modern = major > 6 || (major === 6 && minor >= 18);

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
