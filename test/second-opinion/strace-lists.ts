// What strace 6.1 cannot read in the fixtures, and where it reads otherwise. Exact: a change of either side shows.
import type { Listed } from "./findings.ts";

/**
 * - no name: the constant is newer than this strace; it prints `0x42 /* IFLA_??? *\/` and bytes
 * - bytes: it knows the constant, and prints the payload as bytes
 * - message: it does not know the message, and prints its body as bytes
 */
export type StraceReason = "no name" | "bytes" | "message";

export const STRACE_CANNOT_READ: Listed<StraceReason> = {
  "no name": [
    "FRA_DPORT_MASK",
    "IFLA_BRPORT_MAB",
    "IFLA_BRPORT_MCAST_MAX_GROUPS",
    "IFLA_BRPORT_MCAST_N_GROUPS",
    "IFLA_BRPORT_NEIGH_VLAN_SUPPRESS",
    "IFLA_BR_FDB_MAX_LEARNED",
    "IFLA_BR_FDB_N_LEARNED",
    "IFLA_DEVLINK_PORT",
    "IFLA_DPLL_PIN",
    "IFLA_GRO_IPV4_MAX_SIZE",
    "IFLA_GSO_IPV4_MAX_SIZE",
    "IFLA_HEADROOM",
    "IFLA_MAX_PACING_OFFLOAD_HORIZON",
    "IFLA_NETNS_IMMUTABLE",
    "IFLA_TAILROOM",
  ],
  bytes: [
    "IFA_PROTO",
    "IFLA_INFO_DATA of macvlan",
    "IFLA_INFO_DATA of macvtap",
    "IFLA_INFO_DATA of veth",
    "IFLA_INFO_DATA of vxlan",
    "RTA_NH_ID",
    "TCA_OPTIONS",
  ],
  message: ["RTM_DELLINKPROP", "RTM_NEWLINKPROP"],
};

/** What strace names and we show as a number alone: nothing but the number is compared. */
export const STRACE_NAMES_MORE: readonly string[] = ["IFLA_INET6_FLAGS", "ifi_type", "ndm_state"];

export const STRACE_READS_OTHERWISE: Readonly<Record<string, string>> = {
  "IFA_BROADCAST of AF_INET with 16 bytes":
    "it reads 4 bytes because of ifa_family, as the kernel does (0.0.0.0); we show an address by its length, whatever the family says",
  "IFLA_ADDRESS of AF_BRIDGE":
    "wrong: it takes ifi_family for the ARPHRD_ type; 7 is ARPHRD_ARCNET too, whose addresses have one byte",
  "RTM_GETNEIGH of AF_BRIDGE":
    "wrong: it expects the ifinfomsg that old iproute2 sent; iproute2 sends ndmsg since 5.0, told apart by its length",
  "RTM_NEWMDB as a request":
    "wrong: it takes MDBA_SET_ENTRY, which only requests have, for MDBA_MDB, which has the same number in answers",
};
