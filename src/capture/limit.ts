// Bounds that keep memory constant, whatever an input claims.

/** Bytes of the longest datagram that is kept whole. nft grows its socket's buffer to send a set of 100,000 elements at once: 4 MB. */
export const MAX_DATAGRAM: number = 1 << 24;
/** Characters of the longest line: strace's `-xx -s 65536` makes 256 KB. */
export const MAX_LINE: number = 1 << 22;
