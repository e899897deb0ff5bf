// The packets by which a host says, unasked, which link-layer address its IP address has. Bytes alone; sending is in announce.ts.

/** ETH_P_ARP of linux/if_ether.h. */
export const ETH_P_ARP = 0x0806;
/** ff:ff:ff:ff:ff:ff */
export const BROADCAST: Uint8Array = /* @__PURE__ */ new Uint8Array(6).fill(0xff);
/** ff02::1, every node of the link. */
export const ALL_NODES: Uint8Array = /* @__PURE__ */ Uint8Array.of(0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

/** Hardware type Ethernet, protocol IPv4, lengths 6 and 4, opcode 1: request (RFC 826). */
const ARP_REQUEST = [0, 1, 8, 0, 6, 4, 0, 1];
/** Type 136, code 0, checksum left to the kernel, flag O (override): RFC 4861 4.4. */
const ADVERTISEMENT = [136, 0, 0, 0, 0x20, 0, 0, 0];
/** Option 2, target link-layer address, one unit of eight bytes. */
const TARGET_LINK_LAYER = [2, 1];

/**
 * An ARP announcement (RFC 5227 2.3, 3): a request in which sender and target are the announced address; the target's hardware address
 * is not known to a request, and zero.
 * @param mac 6 bytes
 * @param address 4 bytes
 * @returns 28 bytes, to stand behind an Ethernet header
 */
export const gratuitousArp = (mac: Uint8Array, address: Uint8Array): Uint8Array =>
  Uint8Array.of(...ARP_REQUEST, ...mac, ...address, 0, 0, 0, 0, 0, 0, ...address);

/**
 * An unsolicited neighbour advertisement (RFC 4861 7.2.6) with the override flag: whoever has the address in its cache takes the new
 * link-layer address.
 * @param mac 6 bytes
 * @param address 16 bytes
 * @returns 32 bytes, checksum 0: it covers the IPv6 header, which the kernel makes
 */
export const neighbourAdvertisement = (mac: Uint8Array, address: Uint8Array): Uint8Array =>
  Uint8Array.of(...ADVERTISEMENT, ...address, ...TARGET_LINK_LAYER, ...mac);
