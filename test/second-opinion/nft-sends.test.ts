// What nft sends for whole rulesets, also for what this kernel refuses: read without a doubt, and said again byte for byte by our encoder.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { decodeMessages, encodeMessages, explain, type Field, nftables } from "../../src/index.ts";
import { hex } from "../support/fixtures.ts";
import { withNetns } from "../support/live.ts";
import { addLinks } from "../support/nft.ts";
import { LACKING, type Ruleset, rulesets } from "../support/nft-rulesets.ts";
import { describeWith } from "./obstacle.ts";
import { withDirectory } from "./temporary.ts";

/** Bytes of the buffers that strace shows below a call: ` | 00010  0c 00 …  ....|`. */
const bytesOf = (log: string): Uint8Array =>
  Buffer.from(
    [...log.matchAll(/^ \| [\da-f]+ {2}((?:[\da-f]{2} {1,2})+)/gm)]
      .map(([, digits = ""]) => digits.replaceAll(" ", ""))
      .join(""),
    "hex",
  );

/** The datagrams that nft sends for a ruleset. */
const sent = (netns: string, { text, links }: Ruleset): Uint8Array[] =>
  withDirectory((directory) => {
    addLinks(netns, links);
    const log = join(directory, "strace.log");
    const strace = ["strace", "-qq", "-e", "trace=sendmsg", "-e", "write=all", "-e", "signal=none", "-o", log];
    const run = spawnSync("ip", ["netns", "exec", netns, ...strace, "nft", "-f", "-"], {
      input: text,
      encoding: "utf8",
    });
    if (run.status !== 0 && !/Could not process rule/.test(run.stderr)) throw new Error(run.stderr);
    return readFileSync(log, "latin1")
      .split(/^sendmsg/m)
      .slice(1)
      .map(bytesOf);
  });

/** Strings that nft writes without their NUL. */
const UNTERMINATED = ["NFTA_CT_HELPER_NAME", "NFTA_OBJREF_IMM_NAME", "NFTA_OBJREF_SET_NAME", "NFTA_SECMARK_CTX"];
const constantsOf = (fields: readonly Field[]): string[] =>
  fields.flatMap(({ constant, children }) => [constant, ...constantsOf(children)]);

/** Every byte under its name. Attributes of a nest stand in the order of their names: nft's is another than that of our tables. */
const said = (bytes: Uint8Array): string[] => {
  const each = ({ constant, offset, length, children }: Field): string => {
    const head = bytes.slice(offset, children[0]?.offset ?? offset + length);
    // What stands in padding is what was in nft's memory.
    const unpadded = (bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8);
    if (children.length === 0 && length - unpadded > 0 && length - unpadded < 4) head.fill(0, unpadded);
    // nft numbers elements on and on, over all messages and into the flags; the kernel looks at none of it.
    if (constant === "NFTA_LIST_ELEM") head.fill(0, 2, 4);
    const order = (a: Field, b: Field): number => (a.constant < b.constant ? -1 : a.constant > b.constant ? 1 : 0);
    return `${constant} ${hex(head)} {${[...children].sort(order).map(each).join(" ")}}`;
  };
  return explain(bytes, { types: nftables }).map(each);
};

/** Expressions that were in what nft sent. */
const seen = new Set<string>();

describeWith("strace", "what nft sends", () => {
  it.each(rulesets.map((ruleset) => [ruleset.name, ruleset] as const))("%s", (_name, ruleset) =>
    withNetns((netns) => {
      const datagrams = sent(netns, ruleset);
      expect(datagrams.length).toBeGreaterThan(0);
      for (const bytes of datagrams) {
        const messages = decodeMessages(bytes, { types: nftables, strict: true });
        for (const message of messages) {
          if (message.name !== "NFT_MSG_NEWRULE") continue;
          for (const { name = "" } of message.attrs.expressions ?? []) seen.add(name);
        }
        const text = JSON.stringify(messages, (_, v) => (typeof v === "bigint" ? `${v}` : v));
        expect(text).not.toMatch(/"unknown":|"issues":/);
        const terminated = constantsOf(explain(bytes, { types: nftables })).filter((c) => !UNTERMINATED.includes(c));
        expect(said(encodeMessages(messages, { types: nftables, terminated: [...new Set(terminated)] }))).toEqual(
          said(bytes),
        );
      }
    }),
  );

  it("also what this kernel lacks", () => {
    expect(Object.keys(LACKING).length).toBeGreaterThan(0);
    for (const name of ["queue", "flow_offload", "reject", "meta", "objref"]) expect([...seen]).toContain(name);
  });
});
