// What `nlkit emit` does: a capture becomes test vectors.
import { annotatedText } from "../capture/annotated.ts";
import type { Captured } from "../capture/datagram.ts";
import { emitted } from "../capture/emit.ts";
import type { UnknownMessage } from "../codec/message.ts";
import { readCapture } from "./captured.ts";
import { chosenOf } from "./decode-lines.ts";
import type { EmitOptions } from "./emit-command.ts";
import { UsageError } from "./failure.ts";
import { filterOf } from "./filter.ts";
import { decoded, type Shown } from "./output.ts";
import { pcapSink } from "./pcap-sink.ts";
import { write } from "./stdout.ts";
import { FORM_NAMES } from "./table-names.ts";

/** "> NETLINK_ROUTE RTM_NEWLINK": names of C constants only, so nothing in it can end a comment. */
const aboutOf = ({ direction, protocol, messages }: Shown): string => {
  const names = (messages as readonly UnknownMessage[]).map(({ name, type }) => name ?? `nlmsg_type ${type}`);
  const distinct = [...new Set<string>(names)];
  const shown = distinct.length > 4 ? [...distinct.slice(0, 4), `and ${distinct.length - 4} more`] : distinct;
  return `${direction} ${protocol} ${shown.join(", ")}`;
};

/**
 * Reads, and writes vectors to stdout.
 * @param file -: standard input
 * @param options what the user chose
 * @param exit told of problems of the input
 */
export const emit = async (file: string, options: EmitOptions, exit: (code: number) => void): Promise<void> => {
  const form = FORM_NAMES.find((known) => known === options.as);
  if (form === undefined) throw new UsageError(`--as: "${options.as}" is none of ${FORM_NAMES.join(", ")}`);
  const filter = options.filter === undefined ? undefined : await filterOf(options.filter);
  const pcap = form === "pcap" ? pcapSink("-") : undefined;
  let index = 0;
  const textOf = (captured: Captured, shown: Shown): string => {
    if (form === "golden") return annotatedText(shown, shown.fields);
    return form === "pcap" ? "" : emitted(form, { ...captured, bytes: shown.bytes }, index++, aboutOf(shown));
  };
  await readCapture(file, options, exit, async (datagrams) => {
    let text = "";
    for (const [captured, types] of datagrams) {
      const shown = decoded(types, captured, options.showKeys === true ? { showKeys: true } : {});
      if (!chosenOf(captured, shown, filter).includes(true)) continue;
      if (pcap !== undefined) await pcap.write([{ ...captured, direction: shown.direction, bytes: shown.bytes }]);
      else text += textOf(captured, shown);
    }
    if (text !== "") await write(text);
    return true;
  });
  await pcap?.end();
};
