// What nlkit's tables, sets and chains are called. One place, since rules, elements and readers must agree.

/** Both tables: `inet nlkit` filters and translates, `bridge nlkit` looks at what comes out of endpoints. */
export const TABLE = "nlkit";
/** The table that says who may change anything: it belongs to a socket, and dies with it. */
export const LOCK = "nlkit-lock";
/** IFLA_GROUP of bridges and of the host's ends of endpoints: "nlk" in ASCII, and a number. Rules see by it what a renamed link is. */
export const GROUP = { BRIDGE: 0x6e6c6b00, PORT: 0x6e6c6b01 } as const;

/** Sets and maps of `inet nlkit`. */
export const SET = {
  /** link . number: JSON of networks and endpoints, in pieces, as comments. (Not `meta`: `nft list set` could not name it.) */
  METADATA: "metadata",
  /** bridge: those whose chains there are. */
  BRIDGES: "bridges",
  /** bridge: what leaves by it. (Not `to`, which is a word of nft's: it would print what it cannot read.) */
  TO: "to_bridge",
  /** bridge: what comes from it. */
  FROM: "from_bridge",
  /** subnet: what is addressed to it before any translation. */
  DIRECT: { 4: "direct4", 6: "direct6" },
  /** subnet: what comes from it, at the end. */
  SOURCE: { 4: "source4", 6: "source6" },
  /** address: whose it is. One address, one endpoint: NLM_F_EXCL sees to it. */
  ADDRESS: { 4: "address4", 6: "address6" },
  /** address . protocol . port of endpoints that may be reached from elsewhere. */
  OPEN: { 4: "open4", 6: "open6" },
  /** host's address . protocol . port: where published ports lead. */
  PUBLISHED: { 4: "published4", 6: "published6" },
  /** protocol . port, for every address of the host. */
  PUBLISHED_ANY: { 4: "published4_any", 6: "published6_any" },
} as const;

/** Sets of `bridge nlkit`: what an endpoint may call itself. */
export const OWN = { MAC: "mac", ADDRESS: { 4: "address4", 6: "address6" } } as const;

/** Chains of both tables. */
export const CHAIN = {
  /** What a host's end hands to the host as its own. */
  PORT: "port_prerouting",
  RAW: "raw_prerouting",
  PREROUTING: "nat_prerouting",
  OUTPUT: "nat_output",
  POSTROUTING: "nat_postrouting",
  FORWARD: "filter_forward",
  PUBLISHED: "published",
  /** Only with `enableForwarding`: what neither comes from nor goes to a network of ours. */
  FOREIGN: "foreign",
  /** Only while something is published on 127.0.0.0/8. */
  LOCALHOST: "localhost",
  GUARD: "guard",
  BRIDGE_PREROUTING: "prerouting",
} as const;

/** Chains of one network. */
export const chainsOf = (bridge: string): { readonly [K in "to" | "from" | "direct" | "source" | "host"]: string } => ({
  to: `to_${bridge}`,
  from: `from_${bridge}`,
  direct: `direct_${bridge}`,
  source: `source_${bridge}`,
  host: `host_${bridge}`,
});
