// The messages of a raw strace log, read by other rules than the parser's: by columns, and by nothing but nlmsghdr.

/** nlmsghdr of a message, and which way it went. */
export interface Header {
  readonly direction: ">" | "<";
  readonly type: number;
  readonly flags: number;
  readonly seq: number;
  readonly pid: number;
}

const SENDING = new Set(["sendto", "sendmsg", "sendmmsg", "write", "writev"]);
const RECEIVING = new Set(["recvfrom", "recvmsg", "recvmmsg", "read", "readv"]);
/** Where the bytes of a dump's line stand: behind " | 00000  ". */
const COLUMNS = [10, 58] as const;

const headersIn = (direction: ">" | "<", bytes: Buffer): Header[] => {
  const out: Header[] = [];
  for (let at = 0; at + 16 <= bytes.length; at += (bytes.readUInt32LE(at) + 3) & ~3) {
    if (bytes.readUInt32LE(at) < 16) break;
    const [type, flags] = [bytes.readUInt16LE(at + 4), bytes.readUInt16LE(at + 6)];
    out.push({ direction, type, flags, seq: bytes.readUInt32LE(at + 8), pid: bytes.readUInt32LE(at + 12) });
  }
  return out;
};

/** Every netlink message of a log, in its order; what was only peeked at is none. */
export const headersOf = (log: string): Header[] => {
  const out: Header[] = [];
  const unfinished = new Map<string, string>();
  let direction: ">" | "<" | undefined;
  let hex = "";
  const flush = (): void => {
    if (direction !== undefined) out.push(...headersIn(direction, Buffer.from(hex.replaceAll(" ", ""), "hex")));
    hex = "";
  };
  for (const line of log.split("\n")) {
    if (line.startsWith(" | ")) {
      hex += line.slice(...COLUMNS);
      continue;
    }
    if (line.startsWith(" = ")) flush();
    if (line.startsWith(" ")) continue;
    flush();
    direction = undefined;
    const [, pid = "", rest = ""] = /^(\d+) +[\d.]+ (.*)$/.exec(line) ?? [];
    if (rest.endsWith("<unfinished ...>")) {
      unfinished.set(pid, rest);
      continue;
    }
    const call = rest.startsWith("<... ") ? (unfinished.get(pid) ?? "") + rest : rest;
    const name = call.slice(0, call.indexOf("("));
    if (!/^\w+\(\d+<NETLINK:/.test(call) || call.includes("MSG_PEEK")) continue;
    direction = SENDING.has(name) ? ">" : RECEIVING.has(name) ? "<" : undefined;
  }
  flush();
  return out;
};
