// Names of the numbers in RTM_*LINK.

/**
 * Hardware types, those that links of today have: some ARPHRD_* of linux/if_arp.h.
 * @enum
 */
export const ARPHRD = {
  ETHER: 1,
  INFINIBAND: 32,
  CAN: 280,
  MCTP: 290,
  PPP: 512,
  RAWIP: 519,
  TUNNEL: 768,
  TUNNEL6: 769,
  LOOPBACK: 772,
  SIT: 776,
  IPGRE: 778,
  PIMREG: 779,
  IEEE80211: 801,
  IEEE80211_RADIOTAP: 803,
  IEEE802154: 804,
  PHONET: 820,
  IP6GRE: 823,
  NETLINK: 824,
  "6LOWPAN": 825,
  VSOCKMON: 826,
  NONE: 65534,
  VOID: 65535,
} as const;

/**
 * Flags of a link, IFF_* of linux/if.h: see netdevice(7).
 * @enum
 */
export const IFF = {
  UP: 1,
  BROADCAST: 2,
  DEBUG: 4,
  LOOPBACK: 8,
  POINTOPOINT: 16,
  NOTRAILERS: 32,
  RUNNING: 64,
  NOARP: 128,
  PROMISC: 256,
  ALLMULTI: 512,
  MASTER: 1024,
  SLAVE: 2048,
  MULTICAST: 4096,
  PORTSEL: 8192,
  AUTOMEDIA: 16384,
  DYNAMIC: 32768,
  LOWER_UP: 65536,
  DORMANT: 131072,
  ECHO: 262144,
} as const;

/**
 * Operational states of RFC 2863, IF_OPER_* of linux/if.h.
 * @enum
 */
export const IF_OPER = {
  UNKNOWN: 0,
  NOTPRESENT: 1,
  DOWN: 2,
  LOWERLAYERDOWN: 3,
  TESTING: 4,
  DORMANT: 5,
  UP: 6,
} as const;
/**
 * What carrier leads to, IF_LINK_MODE_* of linux/if.h.
 * @enum
 */
export const IF_LINK_MODE = {
  DEFAULT: 0,
  DORMANT: 1,
  TESTING: 2,
} as const;
/**
 * What a request wants or spares, RTEXT_FILTER_* of linux/rtnetlink.h.
 * @enum
 */
export const RTEXT_FILTER = {
  VF: 1,
  BRVLAN: 2,
  BRVLAN_COMPRESSED: 4,
  SKIP_STATS: 8,
  MRP: 16,
  CFM_CONFIG: 32,
  CFM_STATUS: 64,
  MST: 128,
  NAME_ONLY: 256,
} as const;
/**
 * What made the kernel send a notification, IFLA_EVENT_* of linux/if_link.h.
 * @enum
 */
export const IFLA_EVENT = {
  NONE: 0,
  REBOOT: 1,
  FEATURES: 2,
  BONDING_FAILOVER: 3,
  NOTIFY_PEERS: 4,
  IGMP_RESEND: 5,
  BONDING_OPTIONS: 6,
} as const;
