// nft: what it says, as the messages a person would write. It flags every nest and ends every string in NUL, as nlkit does by itself.
import {
  type AnyInput,
  NF,
  NF_INET,
  NF_NAT_RANGE,
  NFNL_SUBSYS,
  NFPROTO,
  NFT_CMP,
  NFT_META,
  NFT_NAT,
  NFT_PAYLOAD,
  NFT_REG,
  NFT_SET,
  NFT_SET_ELEM,
  type NftExpression,
  type NftMessageType,
  type NftSetElement,
  NLM_F,
} from "../../src/index.ts";

export type NftInput = AnyInput<NftMessageType>;
/** One recorded command: the messages of each datagram that it sent. */
export interface NftCase {
  /** Its fixture. */
  readonly file: string;
  /** What was run, word for word as in the manifest. */
  readonly command: string;
  readonly requests: readonly (readonly NftInput[])[];
}

const ASK = NLM_F.REQUEST;
const DUMP = NLM_F.REQUEST | NLM_F.DUMP;
const ADD = NLM_F.REQUEST | NLM_F.CREATE;
const inet = { family: NFPROTO.INET };

const generation: NftInput[] = [{ name: "NFT_MSG_GETGEN", flags: ASK }];
/** What nft reads before it changes something. */
const cache = (table: string): NftInput[][] => [
  generation,
  [{ name: "NFT_MSG_GETTABLE", flags: DUMP }],
  [{ name: "NFT_MSG_GETCHAIN", flags: DUMP }],
  [{ name: "NFT_MSG_GETSET", flags: DUMP }],
  [{ name: "NFT_MSG_GETFLOWTABLE", flags: DUMP }],
  [{ name: "NFT_MSG_GETOBJ", flags: DUMP, header: inet, attrs: { table } }],
  generation,
];
const tablesOnly: NftInput[][] = [generation, [{ name: "NFT_MSG_GETTABLE", flags: DUMP }], generation];

const batch = (...messages: NftInput[]): NftInput[] => [
  { name: "NFNL_MSG_BATCH_BEGIN", flags: ASK, header: { resId: NFNL_SUBSYS.NFTABLES } },
  ...messages,
  { name: "NFNL_MSG_BATCH_END", flags: ASK, header: { resId: NFNL_SUBSYS.NFTABLES } },
];
const addRule = (chain: string, expressions: NftExpression[]): NftInput => ({
  name: "NFT_MSG_NEWRULE",
  flags: ADD | NLM_F.APPEND,
  header: inet,
  attrs: { table: "nlk", chain, expressions },
});

const bytes = (...octets: number[]): Uint8Array => Uint8Array.from(octets);
/** A name of a link as it stands in a register: 16 bytes. */
const ifname = (name: string): Uint8Array => {
  const padded = new Uint8Array(16);
  padded.set(new TextEncoder().encode(name));
  return padded;
};
// In the order in which nft writes them: `key` before `dreg`, `flags` before `key`.
const meta = (key: number): NftExpression => ({ name: "meta", data: { meta: { key, dreg: NFT_REG[1] } } });
const payload = (base: number, offset: number, len: number): NftExpression => ({
  name: "payload",
  data: { payload: { dreg: NFT_REG[1], base, offset, len } },
});
const cmp = (op: number, ...value: number[]): NftExpression => ({
  name: "cmp",
  data: { cmp: { sreg: NFT_REG[1], op, data: { value: bytes(...value) } } },
});
const immediate = (dreg: number, ...value: number[]): NftExpression => ({
  name: "immediate",
  data: { immediate: { dreg, data: { value: bytes(...value) } } },
});
const starts = (...key: number[]): NftSetElement => ({ key: { value: bytes(...key) } });
const ends = (...key: number[]): NftSetElement => ({ flags: NFT_SET_ELEM.INTERVAL_END, key: { value: bytes(...key) } });
const IPV4 = 2;
const TCP = 6;

export const nftCases: NftCase[] = [
  {
    file: "nftables/table.txt",
    command: "nft add table inet nlk",
    requests: [
      generation,
      generation,
      batch({ name: "NFT_MSG_NEWTABLE", flags: ASK, header: inet, attrs: { name: "nlk", flags: 0 } }),
    ],
  },
  {
    file: "nftables/chain.txt",
    command: "nft add chain inet nlk post '{ type nat hook postrouting priority srcnat; policy accept; }'",
    requests: [
      ...tablesOnly,
      batch({
        name: "NFT_MSG_NEWCHAIN",
        flags: ADD,
        header: inet,
        attrs: {
          table: "nlk",
          name: "post",
          type: "nat",
          policy: NF.ACCEPT,
          hook: { hooknum: NF_INET.POST_ROUTING, priority: 100 },
        },
      }),
    ],
  },
  {
    file: "nftables/masq.txt",
    command: `nft add rule inet nlk post ip saddr 172.17.0.0/16 oifname != '"docker0"' counter masquerade`,
    requests: [
      ...cache("nlk"),
      batch(
        addRule("post", [
          meta(NFT_META.NFPROTO),
          cmp(NFT_CMP.EQ, IPV4),
          payload(NFT_PAYLOAD.NETWORK_HEADER, 12, 2),
          cmp(NFT_CMP.EQ, 172, 17),
          meta(NFT_META.OIFNAME),
          cmp(NFT_CMP.NEQ, ...ifname("docker0")),
          { name: "counter", data: { counter: {} } },
          { name: "masq", data: { masq: {} } },
        ]),
      ),
    ],
  },
  {
    file: "nftables/chain-pre.txt",
    command: "nft add chain inet nlk pre '{ type nat hook prerouting priority dstnat; }'",
    requests: [
      ...tablesOnly,
      batch({
        name: "NFT_MSG_NEWCHAIN",
        flags: ADD,
        header: inet,
        attrs: {
          table: "nlk",
          name: "pre",
          type: "nat",
          hook: { hooknum: NF_INET.PRE_ROUTING, priority: -100 },
        },
      }),
    ],
  },
  {
    file: "nftables/dnat.txt",
    command: "nft add rule inet nlk pre tcp dport 8080 dnat ip to 172.17.0.2:80",
    requests: [
      ...cache("nlk"),
      batch(
        addRule("pre", [
          meta(NFT_META.L4PROTO),
          cmp(NFT_CMP.EQ, TCP),
          payload(NFT_PAYLOAD.TRANSPORT_HEADER, 2, 2),
          cmp(NFT_CMP.EQ, 8080 >> 8, 8080 & 0xff),
          immediate(NFT_REG[1], 172, 17, 0, 2),
          immediate(NFT_REG[2], 0, 80),
          {
            name: "nat",
            data: {
              nat: {
                type: NFT_NAT.DNAT,
                family: NFPROTO.IPV4,
                regAddrMin: NFT_REG[1],
                regProtoMin: NFT_REG[2],
                flags: NF_NAT_RANGE.PROTO_SPECIFIED,
              },
            },
          },
        ]),
      ),
    ],
  },
  {
    file: "nftables/set.txt",
    command: "nft add set inet nlk s '{ type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 192.168.0.0/16 } }'",
    requests: [
      ...tablesOnly,
      batch(
        {
          name: "NFT_MSG_NEWSET",
          flags: ADD,
          header: inet,
          attrs: {
            table: "nlk",
            name: "s",
            flags: NFT_SET.INTERVAL,
            keyType: 7,
            keyLen: 4,
            id: 1,
            userdata: { keybyteorder: 2 },
          },
        },
        {
          name: "NFT_MSG_NEWSETELEM",
          flags: ADD,
          header: inet,
          attrs: {
            table: "nlk",
            set: "s",
            setId: 1,
            elements: [
              ends(0, 0, 0, 0),
              starts(10, 0, 0, 0),
              ends(11, 0, 0, 0),
              starts(192, 168, 0, 0),
              ends(192, 169, 0, 0),
            ],
          },
        },
      ),
    ],
  },
  {
    file: "nftables/del.txt",
    command: "nft delete table inet nlk",
    requests: [...cache("nlk"), batch({ name: "NFT_MSG_DELTABLE", flags: ASK, header: inet, attrs: { name: "nlk" } })],
  },
];
