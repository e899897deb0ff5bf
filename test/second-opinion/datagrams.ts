// Every datagram of the fixtures, with what nlkit says about it.
import { readFileSync } from "node:fs";
import { explain } from "../../src/attrs/decode.ts";
import type { Field } from "../../src/codec/explain-field.ts";
import { parseGolden } from "../../src/testing/golden.ts";

export interface Explained {
  /** "iproute2/link-del.txt #3": where a disagreement is to be looked up. */
  readonly where: string;
  readonly bytes: Uint8Array;
  /** One a message. */
  readonly messages: readonly Field[];
}

const FIXTURES = new URL("../../fixtures/", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, FIXTURES), "utf8");
const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

/** All that programs and the kernel said to each other over NETLINK_ROUTE, in the manifest's order. */
export const explainedFixtures = (): Explained[] => {
  const manifest = JSON.parse(read("manifest.json")) as { file: string }[];
  const bulk = new Map<string, string[]>();
  return manifest.flatMap(({ file }) => {
    const resolve = (reference: string): Uint8Array => {
      const [name, line] = reference.split(":") as [string, string];
      const path = file.replace(/[^/]+$/, name);
      const lines = bulk.get(path) ?? read(path).split("\n");
      bulk.set(path, lines);
      return fromHex(lines[Number(line) - 1] as string);
    };
    return parseGolden(read(file), resolve).datagrams.flatMap(({ protocol, bytes }, i) =>
      protocol === "NETLINK_ROUTE" ? [{ where: `${file} #${i}`, bytes, messages: explain(bytes) }] : [],
    );
  });
};

/** Children that say something: neither padding nor bytes without a name. */
export const named = (fields: readonly Field[]): Field[] => fields.filter((f) => f.constant !== "");
