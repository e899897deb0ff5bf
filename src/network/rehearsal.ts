// The real thing without its changes: questions go to the kernel, changes are told to whoever looks on and answered as if they had been
// made. So a rehearsal plans with what is really there, and refuses what the plan refuses; what only the kernel would refuse, it does not
// know.
import { sockDiag } from "../attrs/diag/messages.ts";
import { netfilter } from "../attrs/netfilter/messages.ts";
import { route } from "../attrs/route/messages.ts";
import { NLM_F } from "../codec/control.ts";
import { encodeWith, NLMSG_HDRLEN } from "../codec/message.ts";
import type { Registry } from "../codec/registry.ts";
import { HOST_ORDER } from "../socket/libc.ts";
import type { SocketOptions } from "../socket/netlink-socket.ts";
import type { NetnsRef } from "../socket/netns.ts";
import type { Transport } from "../socket/transport.ts";
import type { HostOptions, OpenTransport } from "./host.ts";
import { inventedLink } from "./rehearsal-links.ts";
import { rehearsedSysctls } from "./rehearsal-sysctl.ts";

/** Something that would have been done. */
export type Rehearsed = RehearsedDatagram | RehearsedSysctl;
/** A datagram that would have been sent. */
export interface RehearsedDatagram {
  /** Which of the two it is. */
  readonly kind: "datagram";
  /** To which namespace, as the socket was opened; undefined: the present one. */
  readonly netns: NetnsRef | undefined;
  /** The protocol's number: NETLINK. */
  readonly protocol: number;
  /** A copy: one message or several. */
  readonly bytes: Uint8Array;
}
/** A sysctl that would have been written. */
export interface RehearsedSysctl {
  /** Which of the two it is. */
  readonly kind: "sysctl";
  /** In which namespace; undefined: the present one. */
  readonly netns: NetnsRef | undefined;
  /** "net.ipv4.conf.IFNAME.route_localnet" */
  readonly name: string;
  /** What IFNAME stands for. */
  readonly ifname: string | undefined;
  /** Its text. */
  readonly value: string;
}

/** A message in a datagram. */
interface Frame {
  readonly bytes: Uint8Array;
  readonly type: number;
  readonly flags: number;
  readonly seq: number;
}
const little = HOST_ORDER === "little";

const framesOf = (datagram: Uint8Array): Frame[] => {
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  const frames: Frame[] = [];
  for (let at = 0; datagram.length - at >= NLMSG_HDRLEN; ) {
    const length = Math.max(view.getUint32(at, little), NLMSG_HDRLEN);
    const [type, flags] = [view.getUint16(at + 4, little), view.getUint16(at + 6, little)];
    const bytes = datagram.slice(at, at + ((length + 3) & ~3));
    frames.push({ bytes, type, flags, seq: view.getUint32(at + 8, little) });
    at += (length + 3) & ~3;
  }
  return frames;
};

const joined = (frames: readonly Frame[]): Uint8Array => {
  const out = new Uint8Array(frames.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of frames) {
    out.set(bytes, at);
    at += bytes.length;
  }
  return out;
};

/** What a Host talks. */
const REGISTRIES: readonly Registry[] = [route, netfilter, sockDiag] as readonly unknown[] as Registry[];

/** RTM_GETLINK, NFT_MSG_GETSET, IPCTNL_MSG_CT_GET, SOCK_DIAG_BY_FAMILY. What has no name here counts as a change. */
const QUESTION = /_GET|^SOCK_DIAG_BY_FAMILY$/;

/** A socket that keeps changes to itself. */
class RehearsingTransport implements Transport {
  readonly portId: number;
  readonly events: Transport["events"];
  readonly #inner: Transport;
  readonly #types: Registry | undefined;
  readonly #report: (bytes: Uint8Array) => void;
  readonly #answers: Uint8Array[] = [];
  #waking: NodeJS.Immediate | undefined;
  constructor(inner: Transport, types: Registry | undefined, report: (bytes: Uint8Array) => void) {
    this.portId = inner.portId;
    this.events = inner.events;
    this.#inner = inner;
    this.#types = types;
    this.#report = report;
  }

  #isQuestion({ type }: Frame): boolean {
    return QUESTION.test(this.#types?.byType.get(type)?.name ?? "");
  }

  send(datagram: Uint8Array): void {
    const frames = framesOf(datagram);
    const changes = frames.filter((frame) => !this.#isQuestion(frame));
    if (changes.length > 0) this.#report(joined(changes));
    for (const change of changes) this.#answer(change);
    const questions = frames.filter((frame) => this.#isQuestion(frame));
    if (questions.length > 0) this.#inner.send(joined(questions));
  }

  /** The echo of a link that would have been made, and the ack, where they were asked for. */
  #answer({ bytes, type, flags, seq }: Frame): void {
    const types = this.#types;
    if (types === undefined) return;
    const put = (message: object): void => {
      const whole = { ...message, seq, pid: this.portId } as Parameters<typeof encodeWith>[1];
      this.#answers.push(encodeWith(types, whole, { byteOrder: HOST_ORDER }));
    };
    const echo = (flags & NLM_F.ECHO) === 0 ? undefined : inventedLink(types, bytes);
    if (echo !== undefined) put(echo);
    if ((flags & NLM_F.ACK) === 0) return;
    const header = { error: 0, len: bytes.length, type, flags, seq, pid: this.portId };
    put({ name: "NLMSG_ERROR", flags: NLM_F.CAPPED, header, attrs: {} });
  }

  receive(buffer: Uint8Array): number | undefined {
    const answer = this.#answers.shift();
    if (answer === undefined) return this.#inner.receive(buffer);
    buffer.set(answer.subarray(0, buffer.length));
    return answer.length;
  }

  wait(wake: (error?: Error) => void): void {
    if (this.#answers.length === 0) this.#inner.wait(wake);
    else this.#waking = setImmediate(wake);
  }
  cancel(): void {
    clearImmediate(this.#waking);
    this.#inner.cancel();
  }
  block(milliseconds: number): boolean {
    return this.#answers.length > 0 || this.#inner.block(milliseconds);
  }
  close(): void {
    this.cancel();
    this.#inner.close();
  }
}

/**
 * Opens sockets that ask the kernel and change nothing. Of a datagram with both, the questions are sent and the changes are not.
 * @param open opens the sockets that questions go to
 * @param report gets every change, in order
 */
export const rehearsing =
  (open: OpenTransport, report: (change: RehearsedDatagram) => void): OpenTransport =>
  (options: SocketOptions) => {
    const { protocol, netns } = options;
    return new RehearsingTransport(
      open(options),
      REGISTRIES.find((one) => one.protocol === protocol),
      (bytes) => report({ kind: "datagram", netns, protocol, bytes }),
    );
  };

/**
 * What makes a `Networks` or a `Host` a rehearsal: nothing is changed, waited for or announced.
 * @param open opens sockets
 * @param report gets everything that would have been done, in order
 * @example
 * await using networks = await Networks.open({ netns: "host1", ...rehearsal(openSocket, console.log) });
 */
export const rehearsal = (
  open: OpenTransport,
  report: (what: Rehearsed) => void,
): Required<Pick<HostOptions, "open" | "readSysctl" | "writeSysctl" | "isRehearsal">> => ({
  open: rehearsing(open, report),
  ...rehearsedSysctls(report),
  isRehearsal: true,
});
