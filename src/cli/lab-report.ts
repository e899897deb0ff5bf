// What a lab does, as text: a line a step and a line a message; or annotated hexdumps, with everything else as comments.
import pc from "picocolors";
import { route } from "../attrs/route/messages.ts";
import { annotatedText } from "../capture/annotated.ts";
import { lineOf } from "../capture/line.ts";
import { explainWith } from "../codec/explain.ts";
import { printable } from "../codec/text.ts";
import type { LabEcho, LabEvent } from "../network/index.ts";

/** Something to say at the end. */
interface Note {
  readonly kind: "note";
  readonly text: string;
}

const echoText = ({ from, address, sequence, ms }: LabEcho): string =>
  `${from} -> ${address}: echo ${sequence} ${ms === undefined ? "was not answered" : `answered in ${ms.toFixed(3)} ms`}`;

const write = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * A function that prints events.
 * @param hex as annotated hexdumps: then the whole output is one, and can be read back
 * @param byteOrder of the datagrams: the machine's own, unless they were recorded elsewhere
 */
export const reporter = (hex: boolean, byteOrder: "little" | "big"): ((event: LabEvent | Note) => void) => {
  const width = "nlkit-lab-00000".length;
  return (event) => {
    switch (event.kind) {
      case "step": {
        const where = event.netns === "" ? "-" : event.netns;
        const command = printable(event.command);
        write(hex ? `# ${where}: ${command}` : `${pc.dim(where.padEnd(width))} ${pc.bold(command)}`);
        return;
      }
      case "datagram": {
        const { direction, bytes } = event.datagram;
        const fields = explainWith(route, bytes, { byteOrder });
        if (hex) write(annotatedText({ direction, protocol: route.name, bytes }, fields).trimEnd());
        else for (const field of fields) write(`${" ".repeat(width)} ${pc.dim(direction)} ${lineOf(field)}`);
        return;
      }
      case "echo":
        write(hex ? `# ${echoText(event)}` : echoText(event));
        return;
      case "note":
        write(hex ? `# ${event.text}` : event.text);
    }
  };
};
