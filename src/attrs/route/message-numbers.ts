// The numbers of NETLINK_ROUTE, RTM_* of linux/rtnetlink.h: apart from the registries, which bring the generated readers with them.

export const NAME = "NETLINK_ROUTE";
export const PROTOCOL = 0;

export const RTM_LINK = {
  RTM_NEWLINK: 16,
  RTM_DELLINK: 17,
  RTM_GETLINK: 18,
  RTM_SETLINK: 19,
  RTM_NEWLINKPROP: 108,
  RTM_DELLINKPROP: 109,
  RTM_GETLINKPROP: 110,
} as const;
export const RTM_ADDR = { RTM_NEWADDR: 20, RTM_DELADDR: 21, RTM_GETADDR: 22 } as const;
export const RTM_ROUTE = { RTM_NEWROUTE: 24, RTM_DELROUTE: 25, RTM_GETROUTE: 26 } as const;
export const RTM_NEIGH = { RTM_NEWNEIGH: 28, RTM_DELNEIGH: 29, RTM_GETNEIGH: 30 } as const;
export const RTM_NSID = { RTM_NEWNSID: 88, RTM_DELNSID: 89, RTM_GETNSID: 90 } as const;
export const RTM_RULE = { RTM_NEWRULE: 32, RTM_DELRULE: 33, RTM_GETRULE: 34 } as const;
export const RTM_QDISC = { RTM_NEWQDISC: 36, RTM_DELQDISC: 37, RTM_GETQDISC: 38 } as const;
export const RTM_TCLASS = { RTM_NEWTCLASS: 40, RTM_DELTCLASS: 41, RTM_GETTCLASS: 42 } as const;
export const RTM_TFILTER = { RTM_NEWTFILTER: 44, RTM_DELTFILTER: 45, RTM_GETTFILTER: 46 } as const;
export const RTM_ACTION = { RTM_NEWACTION: 48, RTM_DELACTION: 49, RTM_GETACTION: 50 } as const;
export const RTM_PREFIX = { RTM_NEWPREFIX: 52 } as const;
export const RTM_MULTICAST = { RTM_NEWMULTICAST: 56, RTM_DELMULTICAST: 57, RTM_GETMULTICAST: 58 } as const;
export const RTM_ANYCAST = { RTM_NEWANYCAST: 60, RTM_DELANYCAST: 61, RTM_GETANYCAST: 62 } as const;
export const RTM_NEIGHTBL = { RTM_NEWNEIGHTBL: 64, RTM_GETNEIGHTBL: 66, RTM_SETNEIGHTBL: 67 } as const;
export const RTM_ADDRLABEL = { RTM_NEWADDRLABEL: 72, RTM_DELADDRLABEL: 73, RTM_GETADDRLABEL: 74 } as const;
export const RTM_NETCONF = { RTM_NEWNETCONF: 80, RTM_DELNETCONF: 81, RTM_GETNETCONF: 82 } as const;
export const RTM_MDB = { RTM_NEWMDB: 84, RTM_DELMDB: 85 } as const;
export const RTM_MDB_QUERY = { RTM_GETMDB: 86 } as const;
export const RTM_STATS = { RTM_NEWSTATS: 92 } as const;
export const RTM_STATS_REQUEST = { RTM_GETSTATS: 94, RTM_SETSTATS: 95 } as const;
export const RTM_CHAIN = { RTM_NEWCHAIN: 100, RTM_DELCHAIN: 101, RTM_GETCHAIN: 102 } as const;
export const RTM_NEXTHOP = { RTM_NEWNEXTHOP: 104, RTM_DELNEXTHOP: 105, RTM_GETNEXTHOP: 106 } as const;
export const RTM_VLAN = { RTM_NEWVLAN: 112, RTM_DELVLAN: 113 } as const;
export const RTM_VLAN_DUMP = { RTM_GETVLAN: 114 } as const;
export const RTM_NEXTHOPBUCKET = {
  RTM_NEWNEXTHOPBUCKET: 116,
  RTM_DELNEXTHOPBUCKET: 117,
  RTM_GETNEXTHOPBUCKET: 118,
} as const;
export const RTM_TUNNEL = { RTM_NEWTUNNEL: 120, RTM_DELTUNNEL: 121, RTM_GETTUNNEL: 122 } as const;
