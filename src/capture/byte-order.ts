// Which machine wrote these bytes? Every message begins with its length.

/**
 * The byte order in which the first length of a datagram makes more sense: the smaller of the two readings, as no datagram is as long as the
 * larger one.
 * @param bytes a datagram
 * @param otherwise where both readings say the same, or there is none
 */
export const byteOrderOf = (bytes: Uint8Array, otherwise: "little" | "big" = "little"): "little" | "big" => {
  if (bytes.length < 4) return otherwise;
  const [a, b, c, d] = bytes as unknown as readonly [number, number, number, number];
  const little = (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
  const big = (d | (c << 8) | (b << 16) | (a << 24)) >>> 0;
  return little === big ? otherwise : little < big ? "little" : "big";
};
