// A lab's run on paper: a machine that writes down what it does, and one that does what was written down.
import { route } from "../attrs/route/messages.ts";
import { annotatedText, parseAnnotated } from "../capture/annotated.ts";
import { Rtnetlink } from "../client/rtnetlink.ts";
import { explainWith } from "../codec/explain.ts";
import { HOST_ORDER } from "../socket/libc.ts";
import { type RecordedExchange, replaying } from "../socket/replay.ts";
import { recording, type Transport } from "../socket/transport.ts";
import { type Lab, planLab } from "./lab.ts";
import type { Machine } from "./machine.ts";

/** A recording that lacks what is asked of it. */
export class RecordingError extends Error {
  /** Always "RecordingError". */
  override readonly name = "RecordingError";
}

/** Facts that are no datagrams stand as comments: "descriptor ns1 23", "echo ns1 192.168.100.20 1 0.05", "in ns1". */
const FACT = { descriptor: "descriptor", echo: "echo", inside: "in" } as const;

/** A machine that writes down what it does. */
export interface Recorder {
  /** The machine. */
  readonly machine: Machine;
  /** What was written so far. */
  text(): string;
}

/**
 * The same machine, written down.
 * @param inner what does the work
 * @returns the machine, and a function that gives the text so far
 */
export const recordingMachine = (inner: Machine): Recorder => {
  const parts: string[] = [];
  return {
    text: () => parts.join(""),
    machine: {
      ...inner,
      open(name) {
        const handle = inner.open(name);
        parts.push(`# ${FACT.descriptor} ${name} ${handle.fd}\n`);
        return handle;
      },
      talk: (name, see) =>
        inner.talk(name, (datagram) => {
          if (datagram.direction === ">") parts.push(`# ${FACT.inside} ${name}\n`);
          parts.push(
            annotatedText(
              { ...datagram, protocol: route.name },
              explainWith(route, datagram.bytes, { byteOrder: HOST_ORDER }),
            ),
          );
          see(datagram);
        }),
      async echo(name, address, sequence) {
        const ms = await inner.echo(name, address, sequence);
        parts.push(`# ${FACT.echo} ${name} ${address} ${sequence} ${ms ?? "lost"}\n`);
        return ms;
      },
    },
  };
};

/**
 * The lab that recordings hold: its names are part of them.
 * @param machine that records, or that replays
 */
export const planRecorded = (machine: Machine): Lab => planLab(machine, { here: false, id: 1 });

/** The words behind a fact, for every line that states it. */
const facts = (text: string, fact: string): string[][] =>
  text
    .split("\n")
    .filter((line) => line.startsWith(`# ${fact} `))
    .map((line) => line.slice(fact.length + 3).split(" "));

/** Every conversation of the text, by namespace. */
const conversations = (text: string): Map<string, RecordedExchange[]> => {
  const out = new Map<string, { request: Uint8Array; replies: Uint8Array[] }[]>();
  let netns = "";
  // A fact may stand between a request and the next; only the last "in …" counts.
  for (const datagram of parseAnnotated(text)) {
    for (const comment of datagram.comments)
      if (comment.startsWith(`${FACT.inside} `)) netns = comment.slice(FACT.inside.length + 1);
    const exchanges = out.get(netns) ?? [];
    out.set(netns, exchanges);
    if (datagram.direction === ">") exchanges.push({ request: datagram.bytes, replies: [] });
    else exchanges.at(-1)?.replies.push(datagram.bytes);
  }
  return out;
};

/**
 * A machine that answers from a recorded run: for systems without netlink. Conversations go on where they stopped, also over a new
 * socket.
 * @param text what `recordingMachine` wrote
 */
export const replayMachine = (text: string): Machine => {
  const transports = new Map<string, Transport>();
  for (const [name, exchanges] of conversations(text)) transports.set(name, replaying(exchanges, route));
  const descriptors = new Map(facts(text, FACT.descriptor).map(([name = "", fd]) => [name, Number(fd)]));
  const echoes = facts(text, FACT.echo);
  const names: string[] = [];
  return {
    names: () => names,
    add: (name) => void names.push(name),
    delete: (name) => void names.splice(names.indexOf(name), 1),
    open(name) {
      const fd = descriptors.get(name);
      if (fd === undefined) throw new RecordingError(`the recording opens no namespace ${name}`);
      return { fd, close: () => {} };
    },
    talk(name, see) {
      const transport = transports.get(name) ?? replaying([]);
      return Rtnetlink.over(recording(transport, see));
    },
    async echo(name, address, sequence) {
      const found = echoes.find(([n, a, s]) => n === name && a === address && Number(s) === sequence);
      if (found === undefined) throw new RecordingError(`the recording has no echo from ${name} to ${address}`);
      return found[3] === "lost" ? undefined : Number(found[3]);
    },
  };
};
