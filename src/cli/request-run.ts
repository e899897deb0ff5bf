// What `nlkit request` does: sends, and shows what is answered.
import { Conversation } from "../capture/conversation.ts";
import type { Captured } from "../capture/datagram.ts";
import { openSocket, type Transport } from "../socket/index.ts";
import { HOST_ORDER } from "../socket/libc.ts";
import { say } from "../socket/say.ts";
import { begin } from "./begin.ts";
import { type Paint, paint } from "./colour.ts";
import { decodeLines } from "./decode-lines.ts";
import { EXIT } from "./failure.ts";
import { netnsRef } from "./netns-ref.ts";
import { decoded } from "./output.ts";
import type { RequestOptions } from "./request.ts";
import { type Parcel, parcelsIn } from "./request-input.ts";
import { print } from "./stdout.ts";
import { besideOf } from "./trace-lines.ts";

const NFNL_MSG_BATCH_BEGIN = 0x10;
const SOCKET = "request";

const now = (): bigint => process.hrtime.bigint();

/** A socket for each protocol, opened when it is first needed; without strict check: the kernel refuses with it what others get away with. */
const sockets = ({ netns }: RequestOptions): ((protocol: number) => Transport) & Disposable => {
  const opened = new Map<number, Transport>();
  const ref = netns === undefined ? undefined : netnsRef(netns);
  const open = (protocol: number): Transport => {
    const known = opened.get(protocol);
    if (known !== undefined) return known;
    const make = () => openSocket({ protocol, netns: ref, strictCheck: false });
    const made = netns === undefined ? make() : begin("request --netns", netns, make);
    opened.set(protocol, made);
    return made;
  };
  const close = (): void => {
    for (const socket of opened.values()) socket.close();
  };
  return Object.assign(open, { [Symbol.dispose]: close });
};

/** As decode shows bytes of which nothing is known but their protocol. */
const plain = ({ types, bytes }: Parcel): Captured => ({
  protocol: types.name,
  direction: undefined,
  bytes,
  byteOrder: HOST_ORDER,
});

const showRequest = async (parcel: Parcel, options: RequestOptions, colours: Paint | undefined): Promise<void> => {
  const shown = decoded(parcel.types, { ...plain(parcel), direction: ">" }, options);
  await print(
    decodeLines(
      plain(parcel),
      shown,
      shown.messages.map(() => true),
      options,
      colours,
    ),
  );
};

/** @returns false: something was refused */
const talk = async (
  parcel: Parcel,
  socket: Transport,
  options: RequestOptions,
  colours: Paint | undefined,
): Promise<boolean> => {
  const { types, bytes } = parcel;
  const conversation = new Conversation(options);
  const facts = { protocol: types.name, byteOrder: HOST_ORDER, socket: SOCKET } as const;
  conversation.hear({ ...facts, direction: ">", bytes, time: now() }, types);
  const type = new DataView(bytes.buffer, bytes.byteOffset).getUint16(4, HOST_ORDER === "little");
  const isBatch = types.name === "NETLINK_NETFILTER" && type === NFNL_MSG_BATCH_BEGIN;
  let isFine = true;
  for await (const answer of say(socket, bytes, isBatch)) {
    const turns = conversation.hear({ ...facts, direction: "<", bytes: answer, time: now() }, types);
    if (turns.some(({ refused }) => refused !== undefined)) isFine = false;
    const captured = plain({ types, bytes: answer });
    const shown = decoded(types, { ...captured, direction: "<" }, options);
    await print(
      decodeLines(
        captured,
        shown,
        shown.messages.map(() => true),
        options,
        colours,
        turns.map(besideOf),
      ),
    );
  }
  return isFine;
};

/**
 * Sends, and prints.
 * @param input JSON, a file, or -
 * @param options what the user chose
 * @param exit told of refusals
 * @throws UsageError; SystemError, NoAnswer
 */
export const request = async (input: string, options: RequestOptions, exit: (code: number) => void): Promise<void> => {
  const parcels = await parcelsIn(input, options);
  const colours = await paint();
  using socketFor = sockets(options);
  for (const parcel of parcels) {
    if (options.dryRun === true) await showRequest(parcel, options, colours);
    else if (!(await talk(parcel, socketFor(parcel.types.protocol), options, colours))) exit(EXIT.FAILED);
  }
};
