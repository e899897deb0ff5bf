// What a help text is made of. Examples are data: help prints them, and test/cli/examples.test.ts runs each of them.

/** What an example takes for granted; the test makes it first. */
export type Need =
  /** A namespace of the machine's own, and the right to change it. */
  | "root"
  /** A capture: br0 is made, a second time in vain, and other links. */
  | "capture.pcap"
  /** Two captures of the same command: sequence numbers differ. */
  | "a.pcap"
  | "b.pcap"
  /** A log of `strace -e trace=network -e read=all -e write=all`. */
  | "log"
  /** A body of RTM_NEWLINK, in hex. */
  | "body.hex"
  /** What `nlkit decode -j --lossless capture.pcap` prints. */
  | "messages.json"
  /** Namespaces of `ip netns`. */
  | "ns1"
  | "ns2"
  /** A bridge network of that name, and namespaces on it. */
  | "web"
  | "ns1 on web"
  | "ns2 on web"
  /** What `nlkit network inspect web -j` printed; the network is gone. */
  | "web.json"
  /** A lab that was kept. */
  | "lab";

/** What can be had without root. */
const FILES: readonly Need[] = ["capture.pcap", "a.pcap", "b.pcap", "log", "body.hex", "messages.json"];

/** Does it take root? */
export const needsRoot = (needs: readonly Need[] = []): boolean => needs.some((need) => !FILES.includes(need));

/** A command line that does what it says. */
export interface Example {
  /** What for: "only refusals". */
  readonly says: string;
  /** A line of sh. */
  readonly run: string;
  readonly needs?: readonly Need[];
  /** A file that it writes. */
  readonly writes?: string;
  /** What stands in its output, or in the file. */
  readonly shows: readonly string[];
  /** How it ends; 0. */
  readonly code?: number;
  /** For what goes on until Ctrl-C (then `code` is 130): what happens elsewhere while it runs. */
  readonly meanwhile?: string;
}
/** A part of a help text with a head of its own: a grammar. */
export interface Section {
  readonly title: string;
  /** Paragraphs; one of lines that begin with a blank stays as it is. */
  readonly text: readonly string[];
}
/** What there is to know of a command beside its options. */
export interface CommandHelp {
  /** Paragraphs. */
  readonly about: readonly string[];
  readonly sections?: readonly Section[];
  /** Exit codes of its own; 0, 1 and 2 mean what they mean everywhere where nothing is said. */
  readonly exit?: Readonly<Record<string, string>>;
  readonly examples: readonly [Example, ...Example[]];
}

/** Exit codes of every command. */
export const EXIT_CODES: Readonly<Record<string, string>> = {
  0: "done",
  1: "something was malformed, refused by the kernel or the system, or left undone",
  2: "the command could not begin: it was called wrongly, or what it names (a file, a namespace, a network) is not there or not for this user",
  "130, 143…": "a signal ended it (128 and its number), and it has cleaned up",
};
