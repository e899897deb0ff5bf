// Files that lie, break off, or are none: what can be read is read, and the rest is a problem that says where.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CaptureItem,
  detect,
  FORMATS,
  type Format,
  isCaptured,
  openCapture,
  pcapHeader,
  pcapRecord,
} from "../../src/capture/index.ts";
import { encodeMessage } from "../../src/index.ts";
import { FORMS, type Packet } from "./forms.ts";

const packets: Packet[] = ["a", "bb", "ccc", "dddd"].map((ifname, i) => ({
  direction: ">",
  protocol: "NETLINK_ROUTE",
  time: BigInt(i) * 1_000_000_000n,
  bytes: encodeMessage({ name: "RTM_NEWLINK", flags: 5, seq: i, attrs: { ifname } }),
}));
const read = async (format: Format, bytes: Uint8Array): Promise<CaptureItem[]> => {
  const parser = await openCapture(format);
  return [...parser.push(bytes), ...parser.end()];
};
/** Which of the packets came out. */
const numbers = (items: readonly CaptureItem[]): number[] =>
  items.filter(isCaptured).map(({ bytes }) => packets.findIndex((p) => Buffer.compare(p.bytes, bytes) === 0));
const problems = (items: readonly CaptureItem[]): string[] =>
  items.flatMap((item) => (isCaptured(item) ? [] : [item.problem]));
const form = (name: string): Buffer => {
  const found = FORMS.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(name);
  return found.write(packets);
};

describe("pcap", () => {
  const records = packets.map((packet) => Buffer.from(pcapRecord(packet)));
  const file = (parts: readonly Uint8Array[]): Buffer => Buffer.concat([pcapHeader(), ...parts]);
  const lying = (i: number, at: number, value: number): Buffer[] =>
    records.map((record, n) => {
      const copy = Buffer.from(record);
      if (n === i) copy.writeUInt32LE(value >>> 0, at);
      return copy;
    });

  test("cut anywhere: all that is whole, then where it ends", async () => {
    const whole = file(records);
    for (let end = 24; end < whole.length; end++) {
      const items = await read("pcap", whole.subarray(0, end));
      const sizes = records.map(({ length }) => length);
      const count = sizes.filter((_, i) => 24 + sizes.slice(0, i + 1).reduce((a, b) => a + b, 0) <= end).length;
      expect(numbers(items), `${end} bytes`).toEqual([0, 1, 2, 3].slice(0, count));
      const isBetween = 24 + sizes.slice(0, count).reduce((a, b) => a + b, 0) === end;
      expect(problems(items), `${end} bytes`).toHaveLength(isBetween ? 0 : 1);
    }
  });
  test.each([
    ["more than any datagram", 1, 8, 0xffffffff, [0, 2, 3]],
    ["more than there is", 1, 8, 60_000, [0, 2, 3]],
    ["4 bytes too many", 1, 8, 0, [0, 2, 3]],
  ])("a length that says %s: the next record is found", async (_name, i, at, value, expected) => {
    const said = value === 0 ? (records[i]?.readUInt32LE(8) ?? 0) + 4 : value;
    const parts = lying(i, at, said);
    if (said < 0xffffffff) parts[i]?.writeUInt32LE(said, 12);
    const items = await read("pcap", file(parts));
    expect(numbers(items).filter((n) => n >= 0)).toEqual(expected);
    expect(problems(items).length).toBeGreaterThan(0);
  });
  test("a length shorter than the packet, noise between records", async () => {
    const parts: Uint8Array[] = [records[0] as Buffer, Buffer.alloc(333, 0xa5), records[1] as Buffer];
    expect(numbers(await read("pcap", file(parts)))).toEqual([0, 1]);
    const short = lying(1, 8, 20);
    const items = await read("pcap", file(short));
    expect(numbers(items)).toEqual([0, -1, 2, 3]);
    expect(items.find(isCaptured)?.truncated).toBeUndefined();
    expect(items.filter(isCaptured)[1]?.truncated).toBe(packets[1]?.bytes.length);
  });
  test("not netlink", async () => {
    const head = Buffer.from(pcapHeader());
    head.writeUInt32LE(1, 20);
    expect(problems(await read("pcap", head))).toEqual(["a capture of link type 1: netlink is 253"]);
  });
});

describe("pcapng", () => {
  test("cut anywhere", async () => {
    const whole = form("pcapng, ns, little");
    const counts = new Set<number>();
    for (let end = 28; end < whole.length; end++) {
      const found = numbers(await read("pcapng", whole.subarray(0, end)));
      expect(found).toEqual([0, 1, 2, 3].slice(0, found.length));
      counts.add(found.length);
    }
    expect(counts).toEqual(new Set([0, 1, 2, 3]));
  });
  test("a block that lies about its length", async () => {
    const file = Buffer.from(form("pcapng, ns, little"));
    // The second packet: behind the section, the interface and the first.
    const second = file.indexOf(Buffer.from([6, 0, 0, 0]), file.indexOf(Buffer.from([6, 0, 0, 0])) + 8);
    for (const length of [0xfffffffc, 4000, 28, 13]) {
      file.writeUInt32LE(length, second + 4);
      const items = await read("pcapng", file);
      expect(numbers(items), String(length)).toEqual([0, 2, 3]);
      expect(problems(items).length).toBeGreaterThan(0);
    }
  });
});

describe("strace", () => {
  const log = form("strace -f -ttt -yy").toString("latin1");
  test("cut anywhere: never a datagram that was not there", async () => {
    for (let end = 0; end < log.length; end++) {
      const items = await read("strace", Buffer.from(log.slice(0, end), "latin1"));
      const found = items.filter(isCaptured);
      found.forEach(({ bytes, truncated }, i) => {
        const { bytes: whole } = packets[i] as Packet;
        expect(Buffer.from(bytes)).toEqual(Buffer.from(whole.subarray(0, bytes.length)));
        expect(truncated).toBe(bytes.length < whole.length ? whole.length : undefined);
      });
      const isCut = found.some(({ truncated }) => truncated !== undefined);
      if (isCut) expect(problems(items).at(-1)).toMatch(/^\d+ bytes below (sendto|recvmsg), which says \d+$/);
    }
  });
  test("no dumps: says which options print them, once", async () => {
    const items = await read("strace", Buffer.from(log.replace(/^ [|*].*\n/gm, "")));
    expect(problems(items)).toEqual(["no bytes below sendto: strace prints them with -e read=all -e write=all"]);
  });
  test("names that look like calls, results and flags", async () => {
    const evil = log.replace('"..."', String.raw`"x\", MSG_PEEK) = 3 <unfinished ...>"`);
    expect(numbers(await read("strace", Buffer.from(evil)))).toEqual([0, 1, 2, 3]);
  });
});

test("text formats: a datagram that is damaged is left out, the others stay", async () => {
  for (const { name, format, write } of FORMS) {
    if (!["hex", "hexdump", "annotated", "base64"].includes(format)) continue;
    const texts = packets.map((packet) => write([packet]).toString("latin1"));
    const bad = (texts[1] ?? "").replace(
      /\n$/,
      format === "annotated" || format === "hexdump" ? "\n00ff0  zz zz\n" : " ?!\n",
    );
    const items = await read(format, Buffer.from([texts[0], bad, texts[2]].join("\n"), "latin1"));
    expect(problems(items), name).toHaveLength(1);
    expect(
      numbers(items).filter((n) => n >= 0),
      name,
    ).toEqual(expect.arrayContaining([0, 2]));
  }
});

test.each(FORMATS)("%s: any bytes at all: no exception, and little memory", async (format) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
      const items = await read(format, bytes);
      for (const item of items) expect(isCaptured(item) || item.problem.length > 0).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test.each(FORMS.map(({ name, format, write }) => [name, format, write] as const))(
  "%s, with bytes changed: no exception",
  async (_name, format, write) => {
    const good = write(packets);
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const bad = Buffer.from(good);
        for (const [at, value] of changes) bad[at] = value;
        await read(format, bad);
        detect(bad);
      }),
      { numRuns: 60 },
    );
  },
);

test("noise is no format", () => {
  const noise = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 2654435761) >>> 13));
  expect(detect(noise)).toBeUndefined();
  expect(detect(new Uint8Array(0))).toBeUndefined();
  expect(detect(Buffer.from("hello world"))).toBeUndefined();
});
