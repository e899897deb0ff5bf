// Shows datagrams to strace: it prints each as it understands it, before the kernel has a word.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ISOLATED } from "./obstacle.ts";
import { type Node, parseStrace } from "./strace-syntax.ts";
import { withDirectory } from "./temporary.ts";

const SENDER = fileURLToPath(new URL("send.mjs", import.meta.url));

/**
 * What strace prints for each datagram, in order, as text. In an empty network namespace, where strace resolves no interface index but that
 * of lo, which is always 1.
 */
export const straceLines = (datagrams: readonly Uint8Array[], protocol: number): string[] =>
  withDirectory((directory) => {
    const input = join(directory, "datagrams.hex");
    const log = join(directory, "strace.log");
    writeFileSync(input, datagrams.map((bytes) => Buffer.from(bytes).toString("hex")).join("\n"));
    const options = ["-f", "-v", "-xx", "-s", "65536", "-e", "trace=sendto", "-e", "signal=none", "-o", log];
    const [unshare, ...isolated] = ISOLATED;
    const run = spawnSync(
      unshare,
      [...isolated, "strace", ...options, process.execPath, SENDER, input, String(protocol)],
      {
        encoding: "utf8",
      },
    );
    if (run.status !== 0) throw new Error(`strace: ${run.error?.message ?? run.stderr}`);
    return readFileSync(log, "latin1")
      .split("\n")
      .filter((line) => / sendto\(/.test(line));
  });

/** What strace prints for each datagram of NETLINK_ROUTE, in order. */
export const straced = (datagrams: readonly Uint8Array[]): Node[] => straceLines(datagrams, 0).flatMap(sentDatagram);

/** `1234  sendto(18, DATAGRAM, 56, 0, {…}, 12) = 56`. */
const sentDatagram = (line: string): Node[] => {
  const call = /^\d+ +(sendto\(.*\)) += \d+$/.exec(line)?.[1];
  if (call === undefined) return [];
  const parsed = parseStrace(call);
  const datagram = parsed.kind === "call" ? parsed.args[1] : undefined;
  return datagram === undefined ? [] : [datagram];
};
