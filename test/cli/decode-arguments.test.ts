// The short way past commander says what commander says.
import { Command } from "commander";
import { expect, test } from "vitest";
import { plainDecode } from "../../src/cli/decode-arguments.ts";
import { addDecode } from "../../src/cli/decode-command.ts";

const SILENT = { writeErr: () => {}, writeOut: () => {} };
const subcommand = (): Command => {
  const program = new Command("nlkit").enablePositionalOptions().exitOverride().configureOutput(SILENT);
  addDecode(program, () => {});
  const [decode] = program.commands.map((command) => command.configureOutput(SILENT));
  if (decode === undefined) throw new Error("no subcommand");
  return decode;
};

/** What commander makes of it; undefined: a help text, or a refusal. */
const byCommander = (args: readonly string[]): unknown => {
  let said: unknown;
  const decode = subcommand().action((file: string, options: object) => {
    said = { file, options };
  });
  try {
    decode.parent?.parse(args, { from: "user" });
  } catch {
    return undefined;
  }
  return said;
};

const PLAIN = [
  "",
  "-",
  "file.hex",
  "-d",
  "-j",
  "-x",
  "--flat",
  "-j --flat",
  "--flat -j file",
  "file --details",
  "--hex file",
  "--in annotated",
  "--in=hex file",
  "-p NETLINK_NETFILTER file",
  "-pNETLINK_NETFILTER file",
  "--protocol=4",
  "--protocol 4 --protocol 12",
  "--body RTM_NEWLINK -x",
  "--byte-order big",
  "--byte-order middle",
  "--filter seq==1 -C 3 -w out.pcap",
  "-C3 --write=- --timestamp file",
  "--show-keys --lossless -j",
  "-jp route",
  "-jproute file",
  "-- file",
  "-x -- -x",
];
test.each(PLAIN)("plain, and the same: decode %s", (line) => {
  const args = ["decode", ...line.split(" ").filter((word) => word !== "")];
  const plain = plainDecode(args);
  expect(plain).toBeDefined();
  expect({ ...plain, options: { ...plain?.options } }).toEqual(byCommander(args));
});

const LEFT = [
  "-h",
  "--help",
  "-dj",
  "-d -x",
  "-x --flat",
  "-d --flat",
  "-jx",
  "a b",
  "--jsn",
  "-q",
  "--in",
  "--no-json",
];
test.each(LEFT)("commander's to refuse or to answer: decode %s", (line) => {
  const args = ["decode", ...line.split(" ")];
  expect(plainDecode(args)).toBeUndefined();
  expect(byCommander(args)).toBeUndefined();
});

test("other commands are commander's", () => {
  for (const args of [[], ["dump", "link"], ["--help"], ["-V"], ["decoded"]]) expect(plainDecode(args)).toBeUndefined();
});

test("no option of commander's is forgotten", () => {
  const { options } = subcommand();
  expect(options.length).toBeGreaterThan(7);
  for (const { long, short, required } of options) {
    for (const flag of [long, short]) {
      if (flag) expect(plainDecode(["decode", flag, ...(required ? ["x"] : [])]), flag).toBeDefined();
    }
  }
});

test("values of every option, wherever they stand: what is plain is the same", () => {
  const words = ["-d", "-j", "-x", "--flat", "--in", "hex", "-p", "route", "--", "-", "-jp", "--body=x", "-1", ""];
  let plain = 0;
  for (const a of words)
    for (const b of words)
      for (const c of words) {
        const args = ["decode", a, b, c];
        const said = plainDecode(args);
        if (said === undefined) continue;
        plain++;
        expect({ ...said, options: { ...said.options } }, args.join(" ")).toEqual(byCommander(args));
      }
  expect(plain).toBeGreaterThan(300);
});
