// tshark's words for the kernel's constants. Written down from what they must mean: a word of tshark that stands for another constant
// than ours is a disagreement.

/** Of messages: "Netlink message header (type: …)". */
export const MESSAGES: Readonly<Record<string, string>> = {
  Error: "NLMSG_ERROR",
  "End of a dump": "NLMSG_DONE",
  "Create network interface": "RTM_NEWLINK",
  "Remove network interface": "RTM_DELLINK",
  "Get network interface info": "RTM_GETLINK",
  "Set network interface info": "RTM_SETLINK",
  "New link property": "RTM_NEWLINKPROP",
  "Delete link property": "RTM_DELLINKPROP",
  "Add IP address": "RTM_NEWADDR",
  "Delete IP address": "RTM_DELADDR",
  "Get IP address": "RTM_GETADDR",
  "Add network route": "RTM_NEWROUTE",
  "Delete network route": "RTM_DELROUTE",
  "Get network route": "RTM_GETROUTE",
  "Add neighbor table entry": "RTM_NEWNEIGH",
  "Delete neighbor table entry": "RTM_DELNEIGH",
  "Get neighbor table entry": "RTM_GETNEIGH",
  "New network namespace ID": "RTM_NEWNSID",
  "Get network namespace ID": "RTM_GETNSID",
  "Add routing rule": "RTM_NEWRULE",
  "Delete routing rule": "RTM_DELRULE",
  "Get routing rule": "RTM_GETRULE",
  "Add queueing discipline": "RTM_NEWQDISC",
  "Get queueing discipline": "RTM_GETQDISC",
  // Wrong: its words for classes stand for filters too. No fixture has a class.
  "Add traffic class": "RTM_NEWTFILTER",
  "Set Neighbour tables": "RTM_SETNEIGHTBL",
  "New IPv6 Address Label": "RTM_NEWADDRLABEL",
  "Add multicast database entry": "RTM_NEWMDB",
  "New next hop": "RTM_NEWNEXTHOP",
};

/** Of attributes: "Attribute: …", by the field that holds their number. Where a word is not here, tshark uses the constant itself. */
export const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "netlink-route.ifla_attr_type": {
    "AF spec": "IFLA_AF_SPEC",
    "Allmulti count": "IFLA_ALLMULTI",
    Broadcast: "IFLA_BROADCAST",
    Carrier: "IFLA_CARRIER",
    "Carrier changes": "IFLA_CARRIER_CHANGES",
    "Carrier down count": "IFLA_CARRIER_DOWN_COUNT",
    "Carrier up count": "IFLA_CARRIER_UP_COUNT",
    "Device name": "IFLA_IFNAME",
    "Ext mask": "IFLA_EXT_MASK",
    "GRO maximum size": "IFLA_GRO_MAX_SIZE",
    Group: "IFLA_GROUP",
    "HW Address": "IFLA_ADDRESS",
    Ifalias: "IFLA_IFALIAS",
    "Interface Statistics": "IFLA_STATS",
    "Link info": "IFLA_LINKINFO",
    "Link mode": "IFLA_LINKMODE",
    "Link network namespace ID": "IFLA_LINK_NETNSID",
    "Link type": "IFLA_LINK",
    Map: "IFLA_MAP",
    Master: "IFLA_MASTER",
    "Maximum GSO segment count": "IFLA_GSO_MAX_SEGS",
    "Maximum GSO size": "IFLA_GSO_MAX_SIZE",
    "Maximum MTU": "IFLA_MAX_MTU",
    "Minimum MTU": "IFLA_MIN_MTU",
    MTU: "IFLA_MTU",
    "NetNs fd": "IFLA_NET_NS_FD",
    "Number of Rx queues": "IFLA_NUM_RX_QUEUES",
    "Number of Tx queues": "IFLA_NUM_TX_QUEUES",
    Operstate: "IFLA_OPERSTATE",
    Promiscuity: "IFLA_PROMISCUITY",
    "Property list": "IFLA_PROP_LIST",
    "Prot info": "IFLA_PROTINFO",
    "Queueing discipline": "IFLA_QDISC",
    Stats: "IFLA_STATS64",
    "TSO maximum number of segments": "IFLA_TSO_MAX_SEGS",
    "TSO maximum size": "IFLA_TSO_MAX_SIZE",
    "TxQueue length": "IFLA_TXQLEN",
  },
  "netlink-route.ifa_attr_type": {
    "Address flags": "IFA_FLAGS",
    "Address information": "IFA_CACHEINFO",
    "Broadcast address": "IFA_BROADCAST",
    "Interface address": "IFA_ADDRESS",
    "Local address": "IFA_LOCAL",
    "Name of interface": "IFA_LABEL",
  },
  "netlink-route.rta_attr_type": {
    "Gateway of the route": "RTA_GATEWAY",
    "Input interface index": "RTA_IIF",
    "Output interface index": "RTA_OIF",
    "Route destination address": "RTA_DST",
    "Route source address": "RTA_SRC",
  },
};

/** Of header members, where it says more than another prefix. */
const PREFIXES: Readonly<Record<string, string>> = { rt_: "rtm_", nd_: "ndm_" };

/** "netlink-route.rt_dst_len" is rtm_dst_len. */
export const memberOf = (field: string): string => {
  if (field === "netlink.error") return "error";
  const name = field.replace(/^netlink-route\./, "").replace(/^(?:rt|nd)_/, (prefix) => PREFIXES[prefix] ?? prefix);
  return name === "ndm_index" ? "ndm_ifindex" : name;
};

/** Members of struct rtnl_link_stats and rtnl_link_stats64, in their order, by tshark's words for them. */
const STATISTICS = {
  rxpackets: "rx_packets",
  txpackets: "tx_packets",
  rxbytes: "rx_bytes",
  txbytes: "tx_bytes",
  rxerrors: "rx_errors",
  txerrors: "tx_errors",
  rxdropped: "rx_dropped",
  txdropped: "tx_dropped",
  multicast: "multicast",
  collisions: "collisions",
  length_errs: "rx_length_errors",
  over_errs: "rx_over_errors",
  crc_errs: "rx_crc_errors",
  frame_errs: "rx_frame_errors",
  miss_errs: "rx_missed_errors",
  abort_errs: "tx_aborted_errors",
  carrier_errs: "tx_carrier_errors",
  heartbeat_errs: "tx_heartbeat_errors",
  window_errs: "tx_window_errors",
} as const;

/** A member of a struct in an attribute; `nth`: how often the same word stood before it. */
export const statisticOf = (field: string, nth: number): string => {
  const word = field.slice(field.lastIndexOf(".") + 1);
  if (word === "fifo_errs") return nth === 0 ? "rx_fifo_errors" : "tx_fifo_errors";
  return (STATISTICS as Readonly<Record<string, string>>)[word] ?? word;
};
