// Bytes -> lines, for the formats that have some.
import type { CaptureItem, CaptureParser } from "./datagram.ts";
import { MAX_LINE } from "./limit.ts";

/** What a format does with its lines. */
export interface LineReader {
  /**
   * @param line without its end
   * @param number counted from 1
   * @param out where items go
   * @param whole false: the input ended in it
   */
  line(line: string, number: number, out: CaptureItem[], whole: boolean): void;
  /** The input has ended. */
  end(out: CaptureItem[]): void;
}

/**
 * A parser from what to do with each line. Bytes beyond ASCII are one character each: no format has them where it matters.
 * @param reader the format
 */
export const lineParser = (reader: LineReader): CaptureParser => {
  const decoder = new TextDecoder("latin1");
  let rest = "";
  let number = 0;
  /** In a line whose beginning was too long already. */
  let skipping = false;
  const line = (text: string, out: CaptureItem[], whole: boolean): void => {
    number++;
    if (skipping) skipping = false;
    else reader.line(text.endsWith("\r") ? text.slice(0, -1) : text, number, out, whole);
  };
  return {
    push(chunk) {
      const out: CaptureItem[] = [];
      const text = rest + decoder.decode(chunk, { stream: true });
      let at = 0;
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", at)) {
        line(text.slice(at, end), out, true);
        at = end + 1;
      }
      rest = text.slice(at);
      if (rest.length > MAX_LINE) {
        if (!skipping)
          out.push({ problem: `a line of more than ${MAX_LINE} characters is left out`, line: number + 1 });
        skipping = true;
        rest = "";
      }
      return out;
    },
    end() {
      const out: CaptureItem[] = [];
      if (rest !== "") line(rest, out, false);
      rest = "";
      reader.end(out);
      return out;
    },
  };
};
