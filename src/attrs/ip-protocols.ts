// IP protocols: what sockets, tracked flows and rules name the layer above IP by.

/**
 * IP protocols, IPPROTO_* of linux/in.h and linux/in6.h. IP is also IPv6's hop-by-hop options.
 * @enum
 */
export const IPPROTO = {
  IP: 0,
  ICMP: 1,
  IGMP: 2,
  IPIP: 4,
  TCP: 6,
  EGP: 8,
  PUP: 12,
  UDP: 17,
  IDP: 22,
  TP: 29,
  DCCP: 33,
  IPV6: 41,
  ROUTING: 43,
  FRAGMENT: 44,
  RSVP: 46,
  GRE: 47,
  ESP: 50,
  AH: 51,
  ICMPV6: 58,
  NONE: 59,
  DSTOPTS: 60,
  MTP: 92,
  BEETPH: 94,
  ENCAP: 98,
  PIM: 103,
  COMP: 108,
  L2TP: 115,
  SCTP: 132,
  MH: 135,
  UDPLITE: 136,
  MPLS: 137,
  ETHERNET: 143,
  AGGFRAG: 144,
  RAW: 255,
  SMC: 256,
  MPTCP: 262,
} as const;
