// Our own annotated hexdumps, piece by piece.
import { type AnnotatedReader, annotatedReader } from "./annotated.ts";
import type { CaptureItem, CaptureOptions, CaptureParser } from "./datagram.ts";
import { found } from "./found.ts";
import { lineParser } from "./lines.ts";

/**
 * Reads annotated hexdumps. Datagrams whose bytes stand in another file ("< NETLINK_ROUTE bulk.hex:3") are problems, unless `resolve` gives
 * them.
 * @param options protocol of datagrams that name none; byte order
 * @param resolve gives the bytes of such a reference; undefined: it has none
 */
export const annotatedParser = (
  options: CaptureOptions = {},
  resolve: (reference: string) => Uint8Array | undefined = () => undefined,
): CaptureParser => {
  let out: CaptureItem[] = [];
  const reader: AnnotatedReader = annotatedReader(options.protocol ?? "NETLINK_ROUTE", {
    datagram: ({ direction, protocol, bytes, reference }) => {
      const all = reference === undefined ? bytes : resolve(reference);
      if (all !== undefined) out.push(found(all, options, { direction, protocol }));
      else out.push({ problem: `the bytes of ${reference} are in another file` });
    },
    problem: (line, problem) => out.push({ problem, line }),
  });
  return lineParser({
    line(text, number, into) {
      out = into;
      reader.line(text, number);
    },
    end(into) {
      out = into;
      reader.end();
    },
  });
};
