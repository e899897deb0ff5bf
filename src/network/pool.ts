// Where a network gets its subnet from, when nobody says which.
import { randomBytes } from "node:crypto";
import { AF } from "../attrs/families.ts";
import { formatSubnet, parseSubnet, type Subnet, sizeOf } from "./subnet.ts";

/** A stretch of addresses that networks are cut from. */
export interface Pool {
  /** All of it. */
  readonly subnet: Subnet;
  /** Bits of each network's subnet. */
  readonly length: number;
}

/** Docker's, in its order: 172.17.0.0/16 to 172.31.0.0/16, then 192.168.0.0/16 in sixteen parts. */
export const IPV4_POOLS: readonly Pool[] = [
  ...Array.from({ length: 15 }, (_, i) => ({ subnet: parseSubnet(`172.${17 + i}.0.0/16`), length: 16 })),
  { subnet: parseSubnet("192.168.0.0/16"), length: 20 },
];

/**
 * A pool of unique local addresses: fd, a global id, and 65,536 networks of 64 bits. RFC 4193: the id is random, so that two machines'
 * networks do not meet.
 * @param globalId five bytes. Default: random
 */
export const ulaPool = (globalId: Uint8Array = randomBytes(5)): Pool => {
  const id = globalId.slice(0, 5).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0xfdn);
  return { subnet: { family: AF.INET6, base: id << 80n, length: 48 }, length: 64 };
};

/** No subnet is left. */
export class PoolsExhausted extends Error {
  /** Always "PoolsExhausted". */
  override readonly name = "PoolsExhausted";
  /** For matching. */
  readonly code = "POOLS_EXHAUSTED";
  /** AF.INET or AF.INET6. */
  readonly family: number;
  /** Where a subnet was looked for. */
  readonly pools: readonly Pool[];
  /**
   * @param family AF.INET or AF.INET6
   * @param pools where a subnet was looked for
   */
  constructor(family: number, pools: readonly Pool[]) {
    const searched = pools.map(({ subnet }) => formatSubnet(subnet)).join(", ");
    super(`no IPv${family === AF.INET ? 4 : 6} subnet is free in ${searched || "no pool"}: name one, or free one`);
    this.family = family;
    this.pools = pools;
  }
}

/**
 * The first subnet of the pools that nothing busy overlaps.
 * @param family AF.INET or AF.INET6: pools of the other are passed over
 * @param pools in order of preference
 * @param busy what is in use, in any order
 * @throws PoolsExhausted
 */
export const choosePool = (family: number, pools: readonly Pool[], busy: readonly Subnet[]): Subnet => {
  const rivals = busy.filter((one) => one.family === family).sort((a, b) => (a.base < b.base ? -1 : 1));
  const own = pools.filter(({ subnet }) => subnet.family === family);
  for (const pool of own) {
    const base = firstGap(pool, rivals);
    if (base !== undefined) return { family, base, length: pool.length };
  }
  throw new PoolsExhausted(family, own);
};

/** One walk over what is busy, by first address: 65,536 networks of a pool are not tried one by one. */
const firstGap = ({ subnet, length }: Pool, rivals: readonly Subnet[]): bigint | undefined => {
  const size = sizeOf({ ...subnet, length });
  let base = subnet.base;
  for (const rival of rivals) {
    const behind = rival.base + sizeOf(rival);
    if (behind <= base) continue;
    if (rival.base >= base + size) break;
    base += ((behind - base + size - 1n) / size) * size;
  }
  return base + size <= subnet.base + sizeOf(subnet) ? base : undefined;
};
