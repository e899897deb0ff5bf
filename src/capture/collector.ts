// A datagram that comes byte by byte.
import { MAX_DATAGRAM } from "./limit.ts";

/** Bytes as they come; those beyond MAX_DATAGRAM are only counted. */
export class Collector {
  /** How many came. */
  length = 0;
  #bytes = new Uint8Array(256);

  add(byte: number): void {
    const at = this.length++;
    if (at >= MAX_DATAGRAM) return;
    if (at === this.#bytes.length) {
      const more = new Uint8Array(at * 2);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    this.#bytes[at] = byte;
  }

  /** The bytes, with their number where there were more; begins anew. */
  take(): { bytes: Uint8Array; truncated?: number } {
    const { length } = this;
    this.length = 0;
    const bytes = this.#bytes.slice(0, Math.min(length, MAX_DATAGRAM));
    // One long datagram shall not hold its memory to the end of the file.
    if (this.#bytes.length > 1 << 16) this.#bytes = new Uint8Array(256);
    return bytes.length < length ? { bytes, truncated: length } : { bytes };
  }
}
