// What the command prints of messages that hold keys, whole and damaged: no four bytes of one, unless they are asked for.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { generic } from "../../src/index.ts";
import { KEY, KEYED, type Keyed, leakIn, leakOf } from "../support/keys.ts";
import { nlkit } from "./run.ts";

const directory = mkdtempSync(join(tmpdir(), "nlkit-keys-"));
afterAll(() => rmSync(directory, { recursive: true }));

const bytesOf = (start: string): Uint8Array => (KEYED.find(({ name }) => name.startsWith(start)) as Keyed).bytes;
const aead = bytesOf("xfrm: algAead");
const wireguard = bytesOf("wireguard");
const md5 = bytesOf("TCP MD5");
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const keyAt = (bytes: Uint8Array): number => Buffer.from(bytes).indexOf(KEY);

/** The key cut in its middle; its attribute too short; the message as long as to the key's middle; no message at all. */
const damages = (bytes: Uint8Array, attribute: number): readonly (readonly [string, Uint8Array])[] => {
  const middle = keyAt(bytes) + 16;
  const changed = (at: number, value: number): Uint8Array => {
    const out = bytes.slice();
    new DataView(out.buffer).setUint16(at, value, true);
    return out;
  };
  return [
    ["whole", bytes],
    ["cut", bytes.slice(0, middle)],
    ["an attribute too short", changed(attribute, keyAt(bytes) - attribute + 8)],
    ["a message too short", changed(0, middle - 4)],
    ["a runt", changed(0, 3)],
  ];
};
const given = (types: string, bytes: Uint8Array, attribute: number) =>
  damages(bytes, attribute).map(([name, datagram]) => [types, name, datagram] as const);
const INPUTS = [
  ...given("xfrm", aead, keyAt(aead) - 76),
  ...given("sock_diag", md5, keyAt(md5) - 24),
  // Whose number the capture does not explain.
  ["generic", "a family that nobody has named", wireguard] as const,
];

const FORMS: readonly (readonly string[])[] = [
  [],
  ["-d"],
  ["-x"],
  ["-j"],
  ["-j", "--lossless"],
  ["--flat"],
  ["--flat", "-j"],
];
const LANGUAGES = ["ts", "c", "hex", "golden"];

/** An annotated hexdump has eight bytes a line, with offsets between them. */
const joined = (text: string): string =>
  text.replace(/^[\da-f]{5} {2}((?:[\da-f]{2} ?)+).*\n?/gm, "$1").replace(/ /g, "");

describe.each(INPUTS)("%s: %s", (protocol, _name, datagram) => {
  const input = hexOf(datagram);
  test.each(FORMS.map((form) => [form.join(" "), form] as const))("decode %s", async (_text, form) => {
    const { stdout, stderr } = await nlkit(["decode", "-p", protocol, "--in", "hex", ...form, "-"], { input });
    // A path has only what was read.
    if (form[0] !== "--flat") expect(stdout).not.toBe("");
    for (const text of [stdout, joined(stdout), stderr]) expect(leakIn(text)).toBeUndefined();
  });
  test("decode -w", async () => {
    const file = join(directory, "out.pcap");
    await nlkit(["decode", "-p", protocol, "--in", "hex", "-w", file, "-"], { input });
    const written = readFileSync(file);
    expect(written.length).toBeGreaterThan(datagram.length);
    expect(leakOf(written)).toBeUndefined();
  });
  test("emit, pair, diff", async () => {
    for (const language of LANGUAGES) {
      const { stdout } = await nlkit(["emit", "-p", protocol, "--in", "hex", "--as", language, "-"], { input });
      expect(stdout, language).not.toBe("");
      expect(leakIn(stdout) ?? leakIn(joined(stdout)), language).toBeUndefined();
    }
    const other = join(directory, "other.hex");
    writeFileSync(other, hexOf(Uint8Array.from(datagram, (byte) => (byte >= 0x80 ? byte ^ 0x55 : byte))));
    for (const args of [
      ["pair", "-"],
      ["diff", "-", other],
    ]) {
      const { stdout } = await nlkit([...args, "-p", protocol, "--in", "hex"], { input });
      expect(leakIn(stdout), args[0]).toBeUndefined();
    }
  });
});

describe("a body without its nlmsghdr", () => {
  const body = aead.slice(16);
  const decode = (...args: readonly string[]) =>
    nlkit(["decode", "-p", "xfrm", "--body", "XFRM_MSG_NEWSA", "--in", "hex", ...args, "-"], { input: hexOf(body) });
  test.each(FORMS.map((form) => [form.join(" "), form] as const))("decode --body %s", async (_text, form) => {
    const { code, stdout } = await decode(...form);
    expect(code).toBe(0);
    expect(stdout).toMatch(/algAead|XFRMA_ALG_AEAD/);
    expect(leakIn(stdout) ?? leakIn(joined(stdout))).toBeUndefined();
  });
  test("is written without it, and with it where that is asked for", async () => {
    const file = join(directory, "body.pcap");
    await decode("-w", file);
    expect(leakOf(readFileSync(file))).toBeUndefined();
    await decode("-w", file, "--show-keys");
    expect(leakOf(readFileSync(file))).toBeDefined();
    expect(leakIn((await decode("-j", "--show-keys")).stdout)).toBeDefined();
  });
  test("--lossless keeps what encoding it again takes", async () => {
    expect((await decode("-j")).stdout).not.toContain("$wire");
    expect((await decode("-j", "--lossless")).stdout).toContain('"words":[');
  });
});

test("of a family that nobody has named, numbers and names are shown, and what is as long as a key is not", async () => {
  expect(generic.byType.has(28)).toBe(false);
  const input = hexOf(wireguard);
  const { stdout } = await nlkit(["decode", "-p", "generic", "--in", "hex", "-d", "-"], { input });
  expect(stdout).toContain("NLA_1 hex:07000000");
  expect(stdout).toContain('NLA_2 hex:77673000 "wg0"?');
  expect(stdout).toContain("NLA_3 <secret: 32 bytes>");
  const shown = await nlkit(["decode", "-p", "generic", "--in", "hex", "-d", "--show-keys", "-"], { input });
  expect(shown.stdout).toContain(`NLA_3 hex:${hexOf(KEY)}`);
});
