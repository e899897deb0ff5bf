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
