// Bytes as they come, for the formats that are made of records.
import type { CaptureItem, CaptureParser } from "./datagram.ts";

/** What has come and is not used up. */
export class Source {
  /** Nothing that comes can be read. */
  refused = false;
  #bytes = new Uint8Array(1 << 16);
  #start = 0;
  #end = 0;
  #before = 0;

  /** Bytes. */
  get available(): number {
    return this.#end - this.#start;
  }
  /** Place in the file of the first of them. */
  get offset(): number {
    return this.#before + this.#start;
  }
  /** All of them, from the first. */
  get view(): DataView {
    return new DataView(this.#bytes.buffer, this.#start, this.available);
  }

  /** Uses up some, and gives them: a window, which the next `add` overwrites. */
  take(length: number): Uint8Array {
    this.#start += length;
    return this.#bytes.subarray(this.#start - length, this.#start);
  }

  /** Uses up some. */
  skip(length: number): void {
    this.#start += length;
  }

  /** Goes back to a place in the file, or as far towards it as there are bytes. */
  back(offset: number): void {
    this.#start = Math.min(this.#start, Math.max(0, offset - this.#before));
  }

  /** What comes next. */
  add(chunk: Uint8Array): void {
    const { available } = this;
    if (this.#end + chunk.length > this.#bytes.length) {
      const need = available + chunk.length;
      const from = this.#bytes;
      // Twice what is needed: a record that comes in many pieces is not copied with each.
      if (need > from.length) this.#bytes = new Uint8Array(need * 2);
      this.#bytes.set(from.subarray(this.#start, this.#end));
      this.#before += this.#start;
      this.#start = 0;
      this.#end = available;
    }
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
  }
}

/** How a format of records is read. */
export interface RecordReader {
  /** Reads a record; false: that takes more bytes than have come. */
  next(source: Source, out: CaptureItem[]): boolean;
  /** What is wrong with a file that ends with bytes that no record took; undefined: nothing. */
  left(source: Source): string | undefined;
  /** Looks for the next record that can be, from the second byte on. */
  lose(source: Source): void;
}

/**
 * A parser from how to read one record.
 * @param reader the format
 */
export const binaryParser = (reader: RecordReader): CaptureParser => {
  const source = new Source();
  const run = (out: CaptureItem[]): CaptureItem[] => {
    while (!source.refused && source.available > 0 && reader.next(source, out));
    return out;
  };
  return {
    push(chunk) {
      if (source.refused) return [];
      source.add(chunk);
      return run([]);
    },
    end() {
      const out: CaptureItem[] = [];
      // A record that claims more than there is may have others behind it, which a length that lies has swallowed.
      while (!source.refused && source.available > 0) {
        const problem = reader.left(source);
        if (problem === undefined) break;
        if (out.length === 0) out.push({ problem, offset: source.offset });
        reader.lose(source);
        run(out);
      }
      return out;
    },
  };
};
