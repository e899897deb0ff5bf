// What this kernel refuses, and which attribute it means. The numbers of the attributes are those of the uapi headers, written down here
// once more: what is marked is held against the bytes, not against our tables.

/** A request that is refused. */
export interface RefusedCase {
  readonly what: string;
  readonly json: { readonly [key: string]: unknown };
  readonly code: string;
  /** What is marked; undefined: the kernel points at nothing. */
  readonly marked?: { readonly attribute: string; readonly path: string; readonly type: number };
  /** What we say beyond the kernel. */
  readonly hint?: RegExp;
}

const create = (attrs: object): RefusedCase["json"] => ({
  name: "RTM_NEWLINK",
  flags: "CREATE|EXCL",
  attrs: { ifname: "r0", ...attrs },
});
const vxlan = (data: object, attrs: object = {}): RefusedCase["json"] =>
  create({ ...attrs, linkinfo: { kind: "vxlan", data: { vxlan: data } } });
const set = (attrs: object): RefusedCase["json"] => ({ name: "RTM_SETLINK", header: { index: 1 }, attrs });
const raw = (word: number, bytes: string): object => ({ unknown: [{ word, bytes: `hex:${bytes}` }] });
const nft = (name: string, attrs: object): RefusedCase["json"] => ({
  name,
  flags: "CREATE",
  header: { family: "NFPROTO_IPV4" },
  attrs,
});
const TOO_LONG = "this-is-far-too-long";

/** Refusals in which the kernel points at an attribute, then those in which it does not. */
export const REFUSALS: readonly RefusedCase[] = [
  {
    what: "a VXLAN id that is too large",
    json: vxlan({ id: 0x1000000 }),
    code: "ERANGE",
    marked: { attribute: "IFLA_VXLAN_ID", path: "linkinfo.data.id", type: 1 },
  },
  {
    what: "a bad MTU",
    json: vxlan({ id: 5 }, { mtu: 10 }),
    code: "EINVAL",
    marked: { attribute: "IFLA_MTU", path: "mtu", type: 4 },
  },
  {
    what: "a name that is too long",
    json: create({ ifname: TOO_LONG, linkinfo: { kind: "bridge" } }),
    code: "ERANGE",
    marked: { attribute: "IFLA_IFNAME", path: "ifname", type: 3 },
    hint: /15 is the most/,
  },
  {
    what: "the same, in the peer of a veth, four nests deep",
    json: create({ linkinfo: { kind: "veth", data: { veth: { peer: { attrs: { ifname: TOO_LONG } } } } } }),
    code: "ERANGE",
    marked: { attribute: "IFLA_IFNAME", path: "linkinfo.data.peer.ifname", type: 3 },
    hint: /15 is the most/,
  },
  {
    what: "a group address for a link",
    json: vxlan({ id: 5 }, { address: "01:00:00:00:00:01" }),
    code: "EADDRNOTAVAIL",
    marked: { attribute: "IFLA_ADDRESS", path: "address", type: 1 },
  },
  {
    what: "a nest without NLA_F_NESTED",
    json: { ...set(raw(52, "0600350061000000")), name: "RTM_NEWLINKPROP" },
    code: "EINVAL",
    marked: { attribute: "IFLA_PROP_LIST", path: "propList", type: 52 },
    hint: /0x8034 is due/,
  },
  {
    what: "an MTU of two bytes",
    json: set(raw(4, "dc05")),
    code: "ERANGE",
    marked: { attribute: "IFLA_MTU", path: "mtu", type: 4 },
    hint: /has 2 bytes: a u32 has 4/,
  },
  {
    what: "a number out of the policy's range",
    json: set({ newIfindex: -5 }),
    code: "ERANGE",
    marked: { attribute: "IFLA_NEW_IFINDEX", path: "newIfindex", type: 49 },
    hint: /takes 1 to 2147483647/,
  },
  {
    what: "a priority of one byte",
    json: {
      name: "RTM_NEWADDR",
      flags: "CREATE",
      header: { family: 2, prefixlen: 24, index: 1 },
      attrs: { local: "10.0.0.1", ...raw(9, "01") },
    },
    code: "ERANGE",
    marked: { attribute: "IFA_RT_PRIORITY", path: "rtPriority", type: 9 },
  },
  {
    what: "flags that no neighbour has",
    json: {
      name: "RTM_NEWNEIGH",
      flags: "CREATE",
      header: { family: 2, ifindex: 1, state: 128 },
      attrs: { dst: "10.0.0.1", flagsExt: 0xf0000000 },
    },
    code: "EINVAL",
    marked: { attribute: "NDA_FLAGS_EXT", path: "flagsExt", type: 15 },
  },
  {
    what: "a rule for a chain that is not there",
    json: nft("NFT_MSG_NEWRULE", { table: "t", chain: "nochain" }),
    code: "ENOENT",
    marked: { attribute: "NFTA_RULE_CHAIN", path: "chain", type: 2 },
  },
  {
    what: "a chain for a table that is not there",
    json: nft("NFT_MSG_NEWCHAIN", { table: "notable", name: "c" }),
    code: "ENOENT",
    marked: { attribute: "NFTA_CHAIN_TABLE", path: "table", type: 1 },
  },
  {
    what: "a type of chain that is not there",
    json: nft("NFT_MSG_NEWCHAIN", { table: "t", name: "d", hook: { hooknum: 1, priority: 0 }, type: "nosuch" }),
    code: "ENOENT",
    marked: { attribute: "NFTA_CHAIN_TYPE", path: "type", type: 7 },
  },
  {
    what: "an expression that is not there",
    json: nft("NFT_MSG_NEWRULE", { table: "t", chain: "c", expressions: [{ name: "nosuch" }] }),
    code: "ENOENT",
    marked: { attribute: "NFTA_LIST_ELEM", path: "expressions[0]", type: 1 },
  },
  {
    what: "elements for a set that is not there",
    json: nft("NFT_MSG_NEWSETELEM", { table: "t", set: "noset", elements: [] }),
    code: "ENOENT",
    marked: { attribute: "NFTA_SET_ELEM_LIST_SET", path: "set", type: 2 },
  },

  {
    what: "an unknown link kind",
    json: create({ linkinfo: { kind: "nosuch" } }),
    code: "EOPNOTSUPP",
    hint: /no link kind "nosuch"/,
  },
  {
    what: "a bad prefix length",
    json: {
      name: "RTM_NEWADDR",
      flags: "CREATE",
      header: { family: 2, prefixlen: 40, index: 1 },
      attrs: { local: "10.0.0.1" },
    },
    code: "EINVAL",
  },
  {
    what: "a wrong master",
    json: set({ master: 9999 }),
    code: "EINVAL",
    hint: /is there an interface 9999 \(IFLA_MASTER\)/,
  },
  {
    what: "a wrong namespace",
    json: { ...set({ targetNetnsid: 77 }), name: "RTM_NEWLINK" },
    code: "EINVAL",
    hint: /namespace of id 77/,
  },
  {
    what: "a route that is there already",
    json: {
      name: "RTM_NEWROUTE",
      flags: "CREATE|EXCL",
      header: { family: 2, dstLen: 8, table: 255, type: 2, protocol: 2, scope: 254 },
      attrs: { dst: "127.0.0.0", oif: 1, prefsrc: "127.0.0.1" },
    },
    code: "EEXIST",
    hint: /NLM_F_EXCL/,
  },
  {
    what: "a route over a link that is not there",
    json: {
      name: "RTM_NEWROUTE",
      flags: "CREATE",
      header: { family: 2, dstLen: 24, table: 254, type: 1 },
      attrs: { dst: "10.7.0.0", oif: 9999 },
    },
    code: "ENODEV",
    hint: /9999 \(RTA_OIF\)/,
  },
  {
    what: "an address without an address",
    json: { name: "RTM_NEWADDR", flags: "CREATE", header: { family: 2, prefixlen: 24, index: 1 } },
    code: "EINVAL",
    hint: /needs IFA_LOCAL/,
  },
  { what: "a table without a name", json: nft("NFT_MSG_NEWTABLE", {}), code: "EINVAL", hint: /needs NFTA_TABLE_NAME/ },
  {
    what: "a header that is too short",
    json: { type: 16, payload: "hex:00000000" },
    code: "EINVAL",
    hint: /struct ifinfomsg of 16 bytes: 4 are there/,
  },
  {
    what: "a question that does not say about what",
    json: { name: "RTM_GETLINK" },
    code: "EINVAL",
    hint: /needs an index or a name/,
  },
];
