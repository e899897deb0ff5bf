// Where the output of `nlkit decode` goes: files, pipes, pipes that say EAGAIN, and readers that leave.
import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeMessage } from "../../src/index.ts";
import { NLKIT } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "nlkit-stdout-"));
afterAll(() => rmSync(folder, { recursive: true }));
const big = join(folder, "big.hex");
const COUNT = 20_000;
/** More than a pipe and a socket hold (64 KiB and 208 KiB). */
const all = Array.from({ length: COUNT }, (_, i) => `RTM_NEWLINK seq ${i} ifname "é${i}"\n`).join("");
beforeAll(() => {
  const one = (seq: number): string =>
    Buffer.from(encodeMessage({ name: "RTM_NEWLINK", seq, attrs: { ifname: `é${seq}` } })).toString("hex");
  writeFileSync(big, Array.from({ length: COUNT }, (_, seq) => `${one(seq)}\n`).join(""));
});

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once("close", (code) => resolve(code)));
const decode = async (stdout: StdioOptions[number], command = [process.execPath, NLKIT, "decode", big]) => {
  const [file = "", ...args] = command;
  const child = spawn(file, args, { stdio: ["ignore", stdout, "pipe"] } as { stdio: ["ignore", "pipe", "pipe"] });
  const end = ended(child);
  const stderr = await text(child.stderr as Readable);
  return { code: await end, stderr };
};

test("a file", async () => {
  const file = join(folder, "out");
  const fd = openSync(file, "w");
  expect(await decode(fd)).toEqual({ code: 0, stderr: "" });
  closeSync(fd);
  expect(readFileSync(file, "utf8")).toBe(all);
});
test("a pipe whose reader is slow", async () => {
  const file = join(folder, "piped");
  const command = [
    "sh",
    "-c",
    `"$0" "$1" decode "$2" | { sleep 0.5; cat; } > "$3"`,
    process.execPath,
    NLKIT,
    big,
    file,
  ];
  expect(await decode("ignore", command)).toEqual({ code: 0, stderr: "" });
  expect(readFileSync(file, "utf8")).toBe(all);
});
test("a pipe that does not wait: EAGAIN in the middle, and nothing lost", async () => {
  // Node makes the first three descriptors of what it starts wait: it takes another to undo that.
  const perl = "use Fcntl; fcntl(STDOUT, F_SETFL, O_WRONLY | O_NONBLOCK) or die; exec @ARGV";
  const file = join(folder, "not-waiting");
  const line = `{ perl -e "$0" "$1" "$2" decode "$3"; echo $? >&2; } | { sleep 0.5; cat; } > "$4"`;
  const outcome = await decode("ignore", ["sh", "-c", line, perl, process.execPath, NLKIT, big, file]);
  expect(outcome).toEqual({ code: 0, stderr: "0\n" });
  expect(readFileSync(file, "utf8")).toBe(all);
});
test("a reader that leaves ends it, in silence", async () => {
  const command = ["bash", "-c", `"$0" "$1" decode "$2" | head -1; echo "\${PIPESTATUS[0]}" >&2`];
  expect(await decode("ignore", [...command, process.execPath, NLKIT, big])).toEqual({ code: 0, stderr: "0\n" });
});
test.each(["decode", "--help", "completion bash", "dump link --help"])("a device that is full: %s", async (line) => {
  const fd = openSync("/dev/full", "w");
  const args = line === "decode" ? ["decode", big] : line.split(" ");
  const { code, stderr } = await decode(fd, [process.execPath, NLKIT, ...args]);
  closeSync(fd);
  expect(stderr).toMatch(/^nlkit: ENOSPC: .*\n$/);
  expect(code).toBe(1);
});
test("a file that may not grow", async () => {
  const command = ["bash", "-c", `trap "" XFSZ; ulimit -f 64; exec "$0" "$1" decode "$2" > "$3"`];
  const file = join(folder, "small");
  const { code, stderr } = await decode("ignore", [...command, process.execPath, NLKIT, big, file]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^nlkit: EFBIG/);
  expect(all.startsWith(readFileSync(file, "utf8"))).toBe(true);
});
