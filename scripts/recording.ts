// Recordings of programs, as JSON: what each command sent and got, in hex.

/** A recorded command. */
export interface Recording {
  readonly name: string;
  readonly command: string;
  readonly protocol: string;
  /** The program ended with an error. */
  readonly refused: boolean;
  /** In order: each request, then its replies. */
  readonly datagrams: readonly { readonly direction: ">" | "<"; readonly bytes: Uint8Array }[];
}
interface Json {
  readonly name: string;
  readonly command?: string;
  readonly label?: string;
  readonly protocol: string;
  readonly failed?: boolean;
  readonly error?: string;
  readonly exchanges?: readonly { readonly request: string; readonly replies: readonly string[] }[];
  readonly requests?: readonly string[];
  readonly replies?: readonly string[];
}
type Hex = readonly [hex: string, direction: ">" | "<"];

/**
 * Recordings that ran on: which of their exchanges, counted from 0, begin another command, and which command that was. Each becomes an
 * item of its own, so that every fixture holds the exchanges of its command alone.
 */
const RAN_ON: Readonly<
  Record<string, readonly { readonly from: number; readonly name: string; readonly command: string }[]>
> = {
  "addr-show-v6": [
    { from: 4, name: "addr-add-second", command: "ip addr add 10.1.2.4/24 dev br0" },
    { from: 6, name: "link-set-up-again", command: "ip link set br0 up" },
  ],
};

/** One item a command. */
const apart = (item: Json): Json[] => {
  const others = RAN_ON[item.name] ?? [];
  const { exchanges } = item;
  // Of a recording that ends before, nothing is cut.
  if (exchanges === undefined || others.some(({ from }) => from >= exchanges.length)) return [item];
  const parts = [{ from: 0, name: item.name }, ...others];
  return parts.map((part, i) => ({ ...item, ...part, exchanges: exchanges.slice(part.from, parts[i + 1]?.from) }));
};

/** Each request, then the replies that carry its nlmsg_seq. */
const inOrder = (requests: readonly string[], replies: readonly string[]): Hex[] => {
  const seqOf = (hex: string): string => hex.slice(16, 24);
  const out = requests.flatMap((request): Hex[] => [
    [request, ">"],
    ...replies.filter((r) => requests.length === 1 || seqOf(r) === seqOf(request)).map((r): Hex => [r, "<"]),
  ]);
  if (out.length !== requests.length + replies.length) throw new Error("a reply answers no request");
  return out;
};

const bytesOf = (hex: string): Uint8Array => {
  if (!/^([\da-f]{2})*$/i.test(hex)) throw new Error(`"${hex.slice(0, 40)}" is not hex`);
  return Uint8Array.from(Buffer.from(hex, "hex"));
};

const recordingOf = (item: Json): Recording => {
  // It becomes a file's name.
  if (!/^\w[\w.+-]*$/.test(item.name)) throw new Error(`"${item.name}" cannot name an item: letters, digits, - . + _`);
  const pairs =
    item.exchanges?.flatMap((e) => inOrder([e.request], e.replies)) ?? inOrder(item.requests ?? [], item.replies ?? []);
  return {
    name: item.name,
    command: item.command ?? item.label ?? item.name,
    protocol: item.protocol,
    refused: item.failed === true || item.error !== undefined,
    datagrams: pairs.filter(([hex]) => hex !== "").map(([hex, direction]) => ({ direction, bytes: bytesOf(hex) })),
  };
};

/**
 * Reads a recording.
 * @throws Error for what is none
 */
export const readRecording = (text: string): Recording[] => {
  const items: unknown = JSON.parse(text);
  if (!Array.isArray(items)) throw new Error("no list of recorded commands");
  return (items as Json[]).flatMap(apart).map(recordingOf);
};
