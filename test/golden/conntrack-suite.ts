// What must hold of a folder of recordings of a protocol: byte for byte, without loss, and damaged in every place.
import { describe, expect, test } from "vitest";
import {
  type AnyInput,
  decodeMessages,
  encodeMessage,
  encodeMessages,
  explain,
  type MessageType,
  type Registry,
} from "../../src/index.ts";
import { hex, items, messages } from "../support/fixtures.ts";
import { damaged } from "./damaged-suite.ts";
import { hole } from "./mutations.ts";

/** One recorded command: what it sent, in order. */
export interface Case<M extends MessageType> {
  /** Its fixture. */
  readonly file: string;
  readonly requests: readonly AnyInput<M>[];
}
/** What was in a program's memory where the kernel looks at nothing: by file and request, hex over zeros from these bytes on. */
export type Leftovers = Readonly<Record<string, readonly (readonly [at: number, hex: string])[]>>;

/** Sender's number and port, 8 bytes of each message, are not meaning. */
const anonymous = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes).fill(0, 8, 16);

const overlaid = (bytes: Uint8Array, leftovers: readonly (readonly [at: number, hex: string])[]): Uint8Array => {
  const out = Uint8Array.from(bytes);
  for (const [at, digits] of leftovers) {
    const over = Buffer.from(digits, "hex");
    expect(out.slice(at, at + over.length).every((byte) => byte === 0)).toBe(true);
    out.set(over, at);
  }
  return out;
};

/** The tests of one folder. */
export const golden = <M extends MessageType>(
  folder: string,
  types: Registry<M>,
  cases: readonly Case<M>[],
  leftovers: Leftovers,
): void => {
  const own = items(types.name).filter(({ file }) => file.startsWith(`${folder}/`));
  const all = messages(types.name).filter(({ name }) => name.startsWith(`${folder}/`));

  const again = (bytes: Uint8Array): Uint8Array =>
    encodeMessages(decodeMessages(bytes, { types, lossless: true }) as readonly AnyInput<M>[], { types });

  describe("requests, byte for byte", () => {
    test.each(cases.map((c) => [c.file, c] as const))("%s", (file, { requests }) => {
      const item = own.find((one) => one.file === `${folder}/${file}.txt`);
      const sent = item?.datagrams.filter(({ direction }) => direction === ">").map(({ bytes }) => anonymous(bytes));
      const ours = requests.map((message, i) =>
        overlaid(encodeMessage(message, { types }), leftovers[`${file} ${i}`] ?? []),
      );
      expect(ours.map(hex)).toEqual(sent?.map(hex));
    });
    test("every item is listed, once", () => {
      const files = own.map(({ file }) => file.slice(folder.length + 1, -".txt".length));
      expect(cases.map(({ file }) => file).sort()).toEqual(files.sort());
    });
  });

  test("nothing that is said is unknown, malformed or lost", () => {
    for (const { bytes } of own.flatMap(({ datagrams }) => datagrams)) {
      const text = JSON.stringify(decodeMessages(bytes, { types }), (_, v) => (typeof v === "bigint" ? `${v}` : v));
      expect(text).not.toMatch(/"unknown":|"issues":/);
      expect(hex(again(bytes))).toBe(hex(bytes));
      expect(hole(explain(bytes, { types }), 0, bytes.length)).toBeUndefined();
    }
  });

  damaged(types, all);
};
