// One datagram to the kernel, and every datagram that comes back for it, undecoded: for messages of anybody's making.
import { NLM_F, NLMSG } from "../codec/control.ts";
import { NoAnswer } from "./errors.ts";
import { HOST_ORDER } from "./libc.ts";
import type { Transport } from "./transport.ts";

const little = HOST_ORDER === "little";
const RECEIVE = 1 << 20;

interface Header {
  readonly type: number;
  readonly flags: number;
  readonly seq: number;
}
const headersIn = (bytes: Uint8Array): Header[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out: Header[] = [];
  for (let at = 0; bytes.length - at >= 16; ) {
    const length = view.getUint32(at, little);
    if (length < 16) break;
    out.push({
      type: view.getUint16(at + 4, little),
      flags: view.getUint16(at + 6, little),
      seq: view.getUint32(at + 8, little),
    });
    at += (length + 3) & ~3;
  }
  return out;
};

/**
 * Says something, and gives what is answered, until every ack that was asked for and the end of every dump have come. Where none was asked
 * for, until there is nothing: the kernel has answered before send(2) returns.
 * @param transport a socket of its own, or one with nothing pending
 * @param datagram what to say, as it is
 * @param isBatch a transaction of nf_tables: of its acks some may never come
 * @param timeout milliseconds to wait for the rest
 * @throws SystemError; NoAnswer when the rest does not come
 */
export const say = async function* (
  transport: Transport,
  datagram: Uint8Array,
  isBatch: boolean,
  timeout = 10_000,
): AsyncGenerator<Uint8Array> {
  const due = new Set(
    headersIn(datagram)
      .filter(({ flags }) => (flags & NLM_F.ACK) !== 0)
      .map(({ seq }) => seq),
  );
  const buffer = new Uint8Array(RECEIVE);
  transport.send(datagram);
  for (;;) {
    const length = transport.receive(buffer);
    if (length === undefined) {
      if (due.size === 0 || isBatch) return;
      if (!(await readable(transport, timeout))) throw new NoAnswer("the request", "timeout");
      continue;
    }
    const bytes = buffer.slice(0, length);
    for (const { type, seq } of headersIn(bytes)) if (type === NLMSG.ERROR || type === NLMSG.DONE) due.delete(seq);
    yield bytes;
  }
};

const readable = (transport: Transport, timeout: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      transport.cancel();
      resolve(false);
    }, timeout);
    transport.wait((error) => {
      clearTimeout(timer);
      if (error === undefined) resolve(true);
      else reject(error);
    });
  });
