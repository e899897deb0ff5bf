// Every fixture through every form that it can be written in comes out the same.
import { describe, expect, test } from "vitest";
import { type CaptureItem, type CaptureParser, detect, isCaptured, openCapture } from "../../src/capture/index.ts";
import { everyItem, hex } from "../support/fixtures.ts";
import { FORMS, type Packet } from "./forms.ts";

const START = 1_795_552_187_162_191_234n;
const packets: Packet[] = everyItem().flatMap(({ datagrams }, item) =>
  datagrams.map(({ direction, protocol, bytes }, i) => ({
    direction,
    protocol,
    bytes,
    time: START + BigInt(item) * 1_000_000_000n + BigInt(i) * 123_456n,
  })),
);
/** In pieces: whole, and cut at the worst places. */
const parsed = (parser: CaptureParser, bytes: Uint8Array, piece: number): CaptureItem[] => {
  const out: CaptureItem[] = [];
  for (let at = 0; at < bytes.length; at += piece)
    for (const item of parser.push(bytes.subarray(at, at + piece))) out.push(item);
  return [...out, ...parser.end()];
};
const told = ({ bytes, direction, protocol, time }: Partial<Packet>): object => ({
  bytes: hex(bytes ?? new Uint8Array()),
  direction,
  protocol,
  time,
});

test("there is something to write", () => {
  expect(packets.length).toBeGreaterThan(400);
  expect(new Set(packets.map(({ protocol }) => protocol)).size).toBeGreaterThan(2);
});

describe.each(FORMS)("$name", ({ format, write, keeps, holds }) => {
  const all = packets.filter((packet) => holds?.(packet) ?? true);
  const expected = all.map(({ direction, protocol, bytes, time }) =>
    told({
      bytes,
      ...(keeps.direction === true ? { direction } : {}),
      protocol: keeps.protocol === true ? protocol : "NETLINK_ROUTE",
      ...(keeps.time === undefined ? {} : { time: ((time ?? 0n) / keeps.time) * keeps.time }),
    }),
  );
  const file = write(all);

  test("is told by its first bytes", () => {
    expect(detect(file)).toBe(format);
  });
  test.each([1 << 20, 4093, 61])("in pieces of %d bytes", async (piece) => {
    // A byte at a time takes long on all of them, and shows no more than on some.
    const some = piece < 100 ? all.slice(0, 40) : all;
    const items = parsed(await openCapture(format), piece < 100 ? write(some) : file, piece);
    expect(items.filter((item) => !isCaptured(item))).toEqual([]);
    expect(items.map((item) => told(item as Packet))).toEqual(expected.slice(0, some.length));
  });
});
