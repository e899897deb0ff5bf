// Logs of strace with `-e read=all -e write=all`: the calls say who spoke, the dumps below them what.
import { plain } from "../codec/text.ts";
import { Collector } from "./collector.ts";
import { type CaptureItem, type CaptureOptions, type CaptureParser, callText } from "./datagram.ts";
import { collected } from "./found.ts";
import { lineParser } from "./lines.ts";
import { type Descriptor, descriptors } from "./strace-descriptors.ts";
import { type StraceCall, straceCall, unquoted } from "./strace-line.ts";

const SENDS = /^(send|sendto|sendmsg|sendmmsg|write|writev)$/;
const RECEIVES = /^(recv|recvfrom|recvmsg|recvmmsg|read|readv)$/;
/** sendmmsg and recvmmsg: what they return is a number of datagrams. */
const SEVERAL = /mmsg/;
const DUMP = /^ \| ([\da-f]{5,}) {2}([\da-f]{2}(?: {1,2}[\da-f]{2}){0,15})(?=$|\s)/;
const BUFFER = /^ \* (\d+) bytes? in buffer \d+$/;
const VECTOR = /^ = \d+ buffers? in vector \d+$/;
/** A socket that is asked without waiting, a signal, a time that is over: all in order. */
const QUIET = /^(EAGAIN|EWOULDBLOCK|EINTR|ERESTART\w*)$/;
/** Calls that were interrupted and never end: threads that a log has lost. */
const MAX_OPEN = 4096;

/** A call on a netlink socket, whose dump is coming. */
interface Open {
  readonly call: StraceCall;
  readonly descriptor: Descriptor;
  readonly direction: ">" | "<";
  readonly time: bigint | undefined;
  readonly line: number;
  /** The kernel said that there was more: how much, only where the call asked. */
  readonly cut: boolean;
  /** Bytes of the datagram; undefined: they come with the dump of each. */
  due: number | undefined;
}

/** The end of a call: -T says how long it took. */
const endOf = ({ time, tail }: StraceCall): bigint | undefined => {
  const [, seconds, fraction] = /<(\d+)\.(\d+)>$/.exec(tail) ?? [];
  if (time === undefined || seconds === undefined) return time;
  return time + BigInt(seconds) * 1_000_000_000n + BigInt((fraction ?? "").slice(0, 9).padEnd(9, "0"));
};

/**
 * Reads a log of strace, of any of -f, -t to -ttt, -r, -T, -x, -y and -yy, of several processes in one file. Without -y, a descriptor is
 * known by the socket() that made it, or by what strace prints of its messages. What is only looked at (MSG_PEEK) is left out.
 * @param options protocol of sockets of which the log says none; byte order
 */
export const straceParser = (options: CaptureOptions = {}): CaptureParser => {
  const known = descriptors();
  const halves = new Map<string, StraceCall>();
  const bytes = new Collector();
  let open: Open | undefined;
  let hasNoDumps = false;

  const give = (out: CaptureItem[], cut?: number): void => {
    if (open === undefined) return;
    const { direction, descriptor, time, cut: isCut } = open;
    const { protocol = options.protocol ?? "NETLINK_ROUTE", socket } = descriptor;
    const facts = { direction, protocol, socket, ...(time === undefined ? {} : { time }) };
    const loss = cut !== undefined ? { truncated: cut } : isCut ? { cut: true as const } : {};
    out.push(collected(bytes, options, { ...facts, ...loss }));
  };
  /** The dump of a call is over, whether or not it was whole. */
  const close = (out: CaptureItem[]): void => {
    if (open === undefined) return;
    const { call, due = bytes.length, line } = open;
    const { length } = bytes;
    if (length === 0 && due > 0 && !SEVERAL.test(call.name)) {
      const problem = `no bytes below ${call.name}: strace prints them with -e read=all -e write=all`;
      if (!hasNoDumps) out.push({ problem, line });
      hasNoDumps = true;
    } else if (length > 0 && length < due) {
      // A buffer that was too short for what the kernel had: strace shows what there is.
      if (!/MSG_TRUNC/.test(unquoted(call.args)))
        out.push({ problem: `${length} bytes below ${call.name}, which says ${due}`, line });
      give(out, due);
    } else if (length > 0) give(out);
    open = undefined;
  };

  /** ENOBUFS is how the kernel says that it dropped what nobody had read: once, whatever it was. */
  const failed = (call: StraceCall, direction: ">" | "<", descriptor: Descriptor, line: number): CaptureItem[] => {
    const [, code] = /^ (E[A-Z0-9]+)\b/.exec(call.tail) ?? [];
    if (code === undefined || QUIET.test(code)) return [];
    const { protocol = options.protocol ?? "NETLINK_ROUTE", socket } = descriptor;
    const time = endOf(call);
    const facts = { name: call.name, code, protocol, direction, socket, ...(time === undefined ? {} : { time }) };
    return [{ problem: `${socket} ${protocol}: ${callText(facts)}`, line, call: facts }];
  };

  const begin = (call: StraceCall, line: number, out: CaptureItem[]): void => {
    const sends = SENDS.test(call.name);
    if (!sends && !RECEIVES.test(call.name)) return;
    if (call.end === "result" && call.result === 0) return;
    const descriptor = known.of(call.pid, call.args);
    if (descriptor === undefined) return;
    if (call.end === "cut") {
      out.push({ problem: `the line ends within ${call.name}`, line });
      return;
    }
    if (call.result === undefined) {
      out.push(...failed(call, sends ? ">" : "<", descriptor, line));
      return;
    }
    // Between the last brackets: the flags of the call, not those of the message.
    const args = unquoted(call.args);
    if (/\bMSG_PEEK\b/.test(args)) return;
    const time = sends ? call.time : endOf(call);
    const due = SEVERAL.test(call.name) ? undefined : call.result;
    const cut = !sends && /msg_flags=[A-Z_|]*MSG_TRUNC/.test(args);
    open = { call, descriptor, direction: sends ? ">" : "<", time, line, due, cut };
  };

  const dumped = (hex: string, offset: number, line: number, out: CaptureItem[]): void => {
    if (open === undefined) return;
    // Offsets begin anew with each buffer.
    if (offset > bytes.length) out.push({ problem: `offset ${offset.toString(16)} before its bytes`, line });
    for (const octet of hex.split(/ +/)) bytes.add(Number.parseInt(octet, 16));
    // At once: whoever reads along shall not wait for the next call.
    if (open.due !== undefined && bytes.length >= open.due) close(out);
  };

  const joined = (call: StraceCall): StraceCall => {
    const half = halves.get(call.pid);
    halves.delete(call.pid);
    if (half === undefined || half.name !== call.name) return call;
    const time = SENDS.test(call.name) ? (half.time ?? call.time) : (call.time ?? half.time);
    // How long it took counts from its first half.
    const tail = SENDS.test(call.name) ? call.tail : call.tail.replace(/ ?<[\d.]+>$/, "");
    return { ...call, time, tail, args: half.args + call.args };
  };

  return lineParser({
    line(text, line, out) {
      const [, offset, hex] = DUMP.exec(text) ?? [];
      if (hex !== undefined) {
        dumped(hex, Number.parseInt(offset ?? "", 16), line, out);
        return;
      }
      if (BUFFER.test(text)) return;
      if (VECTOR.test(text)) {
        // Of several datagrams, the next one.
        if (bytes.length > 0) give(out);
        return;
      }
      if (/^ \| /.test(text) && open !== undefined) {
        out.push({ problem: `"${plain(text.slice(0, 40))}" is no line of a dump`, line });
        return;
      }
      const call = straceCall(text);
      if (call === undefined) return;
      close(out);
      if (call.end === "unfinished") {
        if (call.name === "close") known.note(call);
        if (halves.size < MAX_OPEN) halves.set(call.pid, call);
        return;
      }
      const whole = call.resumed ? joined(call) : call;
      known.note(whole);
      begin(whole, line, out);
    },
    end: close,
  });
};
