// Which machine wrote these bytes? Every message begins with its length.

/**
 * The byte order in which the first length of a datagram makes more sense: the smaller of the two readings, as no datagram is as long as the
 * larger one.
 * @param bytes a datagram
 * @param otherwise where both readings say the same, or there is none
 */
export const byteOrderOf = (bytes: Uint8Array, otherwise: "little" | "big" = "little"): "little" | "big" => {
  if (bytes.length < 4) return otherwise;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = view.getUint32(0, true);
  const big = view.getUint32(0, false);
  return little === big ? otherwise : little < big ? "little" : "big";
};
