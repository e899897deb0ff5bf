// An integer in the other byte order.

/**
 * The same bytes read the other way round.
 * @param value unsigned or not
 * @param size bytes
 */
export const swapped = (value: bigint, size: number): bigint => {
  let rest = BigInt.asUintN(size * 8, value);
  let turned = 0n;
  for (let i = 0; i < size; i++) {
    turned = (turned << 8n) | (rest & 0xffn);
    rest >>= 8n;
  }
  return turned;
};
