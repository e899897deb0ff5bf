// Bytes that nobody sends by accident: no input makes the codec throw what it does not promise, loop, or take long.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DecodeError, decodeMessages, encodeMessages, explain } from "../../src/index.ts";

const HEADER = 16;
/** nlmsghdr of an RTM_NEWLINK with an empty ifinfomsg, and room for `size` bytes of attributes. */
const link = (size: number): { bytes: Uint8Array; dv: DataView; at: number } => {
  const bytes = new Uint8Array(HEADER + 16 + size);
  const dv = new DataView(bytes.buffer);
  dv.setUint32(0, bytes.length, true);
  dv.setUint16(4, 16, true);
  return { bytes, dv, at: HEADER + 16 };
};

const MB = 1 << 20;
const attributes = (size: number, type: number, length = 4): Uint8Array => {
  const { bytes, dv, at } = link(size);
  for (let p = at; p + 4 <= bytes.length; p += 4) {
    dv.setUint16(p, length, true);
    dv.setUint16(p + 2, type, true);
  }
  return bytes;
};
/** IFLA_LINKINFO { IFLA_INFO_DATA { … } } as deep as an attribute's length can say, again and again. */
const nested = (size: number, types: readonly number[]): Uint8Array => {
  const { bytes, dv, at } = link(size);
  const BLOCK = 0xfffc;
  for (let p = at; p + 4 <= bytes.length; p += 4) {
    const within = (p - at) % BLOCK;
    dv.setUint16(p, Math.min(BLOCK - within, bytes.length - p), true);
    dv.setUint16(p + 2, types[(within / 4) % types.length] as number, true);
  }
  return bytes;
};
const veth = (): Uint8Array => {
  // A veth whose peer is a veth whose peer…: linkinfo { kind, data { peer { ifinfomsg …
  const { bytes, dv, at } = link(60_000);
  let p = at;
  while (bytes.length - p > 64) {
    dv.setUint16(p, bytes.length - p, true);
    dv.setUint16(p + 2, 18, true);
    dv.setUint16(p + 4, 8, true);
    dv.setUint16(p + 6, 1, true);
    bytes.set(new TextEncoder().encode("veth"), p + 8);
    dv.setUint16(p + 12, bytes.length - p - 12, true);
    dv.setUint16(p + 14, 2, true);
    dv.setUint16(p + 16, bytes.length - p - 16, true);
    dv.setUint16(p + 18, 1, true);
    p += 20 + 16;
  }
  return bytes;
};
const multipath = (): Uint8Array => {
  const { bytes, dv } = link(60_000);
  dv.setUint16(4, 24, true);
  for (let p = HEADER + 12; bytes.length - p > 16; p += 12) {
    dv.setUint16(p, bytes.length - p, true);
    dv.setUint16(p + 2, 9, true);
    dv.setUint16(p + 4, bytes.length - p - 4, true);
  }
  return bytes;
};

const HOSTILE: [string, (size: number) => Uint8Array][] = [
  ["empty attributes that nobody declared", (size) => attributes(size, 0x3fff)],
  ["empty IFLA_MTU, each of them malformed", (size) => attributes(size, 4)],
  ["empty IFLA_LINKINFO", (size) => attributes(size, 18)],
  ["attributes of length 0", (size) => attributes(size, 4, 0)],
  ["nests in nests", (size) => nested(size, [18, 2])],
  ["undeclared nests in nests", (size) => nested(size, [0x8000 | 999])],
  ["messages of 16 bytes", (size) => new Uint8Array(size).map((_, i) => (i % 16 === 0 ? 16 : 0))],
];

/** Best of three, milliseconds. */
const time = (run: () => void): number =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const begin = performance.now();
      run();
      return performance.now() - begin;
    }),
  );

describe.each(HOSTILE)("a megabyte of %s", (_name, make) => {
  const readers: [string, (bytes: Uint8Array) => void][] = [
    ["decode", (bytes) => decodeMessages(bytes)],
    ["lossless decode", (bytes) => decodeMessages(bytes, { lossless: true })],
    ["explain", (bytes) => explain(bytes)],
  ];
  test.each(readers)("%s takes time in proportion to the bytes", (_reader, run) => {
    const small = make(MB / 8);
    const large = make(MB);
    run(small);
    const unit = time(() => run(small));
    const whole = time(() => run(large));
    // Eight times the bytes; quadratic would be sixty-four times the time. The second bound is for machines under load.
    expect(whole).toBeLessThan(Math.max(unit * 32, 400));
    expect(whole).toBeLessThan(4000);
  });
});

test.each([
  ["a veth in a veth in a veth", veth()],
  ["next hops in next hops", multipath()],
  ["the largest nlmsg_len", new Uint8Array(64).fill(0xff)],
])("%s: bounded depth, kept whole", (_name, bytes) => {
  expect(() => decodeMessages(bytes)).not.toThrow();
  expect(encodeMessages(decodeMessages(bytes, { lossless: true }))).toEqual(bytes);
  expect(() => decodeMessages(bytes, { strict: true })).toThrow(DecodeError);
  expect(explain(bytes).length).toBeGreaterThan(0);
});

test("too deep is said, with the path", () => {
  const [message] = decodeMessages(veth());
  expect(message?.issues?.map(({ code }) => code)).toContain("TOO_DEEP");
  expect(message?.issues?.[0]?.path).toMatch(/^linkinfo\.data\.peer\.linkinfo\.data/);
});

test("any bytes at all", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom("little", "big"), (bytes, byteOrder) => {
      decodeMessages(bytes, { byteOrder });
      explain(bytes, { byteOrder });
      expect(encodeMessages(decodeMessages(bytes, { byteOrder, lossless: true }), { byteOrder })).toEqual(bytes);
      try {
        decodeMessages(bytes, { byteOrder, strict: true });
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    }),
    { numRuns: 5000 },
  );
});
