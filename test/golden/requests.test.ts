// Every recorded request, byte for byte: the message a person would write for that command encodes to what the program sent.
import { describe, expect, test } from "vitest";
import { encodeMessage } from "../../src/index.ts";
import { hex, items } from "../support/fixtures.ts";
import { cases as driver } from "./docker-driver.ts";
import { cases as library } from "./docker-library.ts";
import { cases as network } from "./docker-library-network.ts";
import { type Exception, exceptions } from "./exceptions.ts";
import { cases as addresses } from "./iproute2-addresses.ts";
import { cases as links } from "./iproute2-links.ts";
import { cases as neighbours } from "./iproute2-neighbours.ts";
import { cases as rest } from "./iproute2-rest.ts";
import { cases as routes } from "./iproute2-routes.ts";
import { cases as seed } from "./iproute2-seed.ts";
import { cases as tc } from "./iproute2-tc.ts";
import type { GoldenRequest } from "./programs.ts";

const listed = [seed, links, addresses, routes, neighbours, rest, tc, library, network, driver].flat();

/** Sender's number and port, 8 bytes of each message, are not meaning: both sides have 0 there. */
const anonymous = (bytes: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  return copy.fill(0, 8, 16);
};

const unhex = (digits = ""): number[] => (digits.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));

/** What the program made of the same message, by the table of exceptions. */
const apply = (bytes: Uint8Array, { inside, behind, over }: Partial<Exception>): Uint8Array => {
  const out = Uint8Array.from([...bytes, ...unhex(inside), ...unhex(behind)]);
  new DataView(out.buffer).setUint32(0, bytes.length + unhex(inside).length, true);
  if (over !== undefined) {
    expect([...out.slice(over.at, over.at + unhex(over.hex).length)].every((byte) => byte === 0)).toBe(true);
    out.set(unhex(over.hex), over.at);
  }
  return out;
};

const exceptionOf = (file: string, request: number): Exception | undefined =>
  exceptions.find((e) => e.file === file && e.request === request);

const encoded = ({ message, options }: GoldenRequest, file: string, request: number): string =>
  hex(anonymous(apply(encodeMessage(message, options), exceptionOf(file, request) ?? {})));

const requestsOf = (file: string): Uint8Array[] =>
  (items().find((item) => item.file === file)?.datagrams ?? [])
    .filter(({ direction }) => direction === ">")
    .map(({ bytes }) => bytes);

describe("requests, byte for byte", () => {
  test.each(listed.map((c) => [c.file, c.command, c] as const))("%s: %s", (file, command, { requests }) => {
    expect(command).toBe(items().find((item) => item.file === file)?.command);
    const sent = requestsOf(file).map((bytes) => hex(anonymous(bytes)));
    const ours = requests.map((request, i) => encoded(request, file, i));
    expect(ours).toEqual(sent);
  });

  test("every item is listed, once", () => {
    expect(listed.map((c) => c.file).sort()).toEqual(
      items()
        .map((item) => item.file)
        .sort(),
    );
  });

  test("every request is listed", () => {
    const recorded = items().flatMap(({ datagrams }) => datagrams.filter(({ direction }) => direction === ">"));
    expect(listed.flatMap((c) => c.requests)).toHaveLength(recorded.length);
    // Counted when this was written: a fixture that is lost does not pass unseen.
    expect(recorded.length).toBeGreaterThanOrEqual(286);
  });

  test("every exception is needed, and says what it is about once", () => {
    const keys = exceptions.map((e) => `${e.file} ${e.request}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { file, request } of exceptions) {
      const entry = listed.find((c) => c.file === file)?.requests[request];
      const sent = requestsOf(file)[request];
      if (entry === undefined || sent === undefined) throw new Error(`${file} has no request ${request}`);
      const plain = hex(anonymous(encodeMessage(entry.message, entry.options)));
      expect(plain, `${file} ${request}`).not.toBe(hex(anonymous(sent)));
    }
  });
});
