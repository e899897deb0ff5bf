// What nfqueue and nflog have in common: how a packet is copied, and how tracking saw it.

/**
 * What of a packet is copied, NFQNL_COPY_* of linux/netfilter/nfnetlink_queue.h.
 * @enum
 */
export const NFQNL_COPY = { NONE: 0, META: 1, PACKET: 2 } as const;
/**
 * What of a packet is copied, NFULNL_COPY_* of linux/netfilter/nfnetlink_log.h.
 * @enum
 */
export const NFULNL_COPY = { NONE: 0, META: 1, PACKET: 2 } as const;
/**
 * How a packet belongs to its flow, IP_CT_* of linux/netfilter/nf_conntrack_common.h.
 * @enum
 */
export const IP_CT = { ESTABLISHED: 0, RELATED: 1, NEW: 2, ESTABLISHED_REPLY: 3, RELATED_REPLY: 4 } as const;

/** When a packet came in. */
export interface PacketTimestamp {
  /** Seconds since 1970. */
  sec: bigint;
  /** Microseconds in that second. */
  usec: bigint;
}
/** Link-layer source of a packet. */
export interface PacketHardware {
  /** How many octets of `hwAddr` count. */
  hwAddrlen: number;
  /** Always eight octets. */
  hwAddr: string;
}
