// What examples take for granted, and a place to run them: files in a folder that goes, and, as root, a machine that goes with its process.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { pcapHeader, pcapRecord } from "../../src/capture/index.ts";
import type { Example, Need } from "../../src/cli/help/example.ts";
import { encodeMessage } from "../../src/index.ts";
import { FORMS, type Packet } from "../capture/forms.ts";
import { NLKIT } from "../cli/run.ts";
import { everyItem, hex } from "./fixtures.ts";

/** What was said when `ip` made br0, made it again, and made others. */
const SAID = ["seed-01-link-add-br0", "error-exists", "seed-05-link-add-veth0", "seed-17-ns1-addr-add"];
const said = (names: readonly string[]): Packet[] =>
  names
    .flatMap((name) => everyItem().filter(({ file }) => file === `iproute2/${name}.txt`))
    .flatMap(({ datagrams }) => datagrams)
    .map((datagram, i) => ({ ...datagram, time: 1_795_552_187_000_000_000n + BigInt(i) * 1_500_000n }));
const pcap = (packets: readonly Packet[]): Buffer =>
  Buffer.concat([pcapHeader(), ...packets.map((packet) => pcapRecord(packet))]);

/** The same datagrams, numbered otherwise. */
const renumbered = (packets: readonly Packet[]): Packet[] =>
  packets.map((packet) => {
    const bytes = packet.bytes.slice();
    bytes.set([9, 9, 9, 9], 8);
    return { ...packet, bytes };
  });
const strace = FORMS.find(({ format }) => format === "strace");

const FILES: Partial<Record<Need, () => string | Uint8Array>> = {
  "capture.pcap": () => pcap(said(SAID)),
  "a.pcap": () => pcap(said(SAID.slice(0, 1))),
  "b.pcap": () => pcap(renumbered(said(SAID.slice(0, 1)))),
  log: () => strace?.write(said(SAID)) ?? "",
  "body.hex": () => hex(encodeMessage({ name: "RTM_NEWLINK", attrs: { ifname: "br0" } }).subarray(16)),
};

const CREATE = "nlkit network create web --subnet 10.9.0.0/24 --enable-forwarding";
/** Each after those above it. */
const COMMANDS: Partial<Record<Need, string>> = {
  "messages.json": "nlkit decode -j --lossless capture.pcap > messages.json",
  root: "mount -t tmpfs tmpfs /run && ip link set lo up",
  ns1: "ip netns add ns1",
  ns2: "ip netns add ns2",
  web: CREATE,
  "ns1 on web": "nlkit network connect web ns1",
  "ns2 on web": "nlkit network connect web ns2",
  "web.json": `${CREATE} && nlkit network inspect web -j > web.json && nlkit network rm web`,
  lab: "nlkit lab --keep",
};
/** What a need needs. */
const FIRST: Partial<Record<Need, readonly Need[]>> = {
  "messages.json": ["capture.pcap"],
  ns1: ["root"],
  ns2: ["root"],
  web: ["root"],
  "ns1 on web": ["ns1", "web"],
  "ns2 on web": ["ns2", "web"],
  "web.json": ["root"],
  lab: ["root"],
};
const withFirst = (needs: readonly Need[]): Set<Need> =>
  new Set(needs.flatMap((need) => [...withFirst(FIRST[need] ?? []), need]));

/** How a run ended. */
interface Ended {
  readonly code: number | null;
  /** stdout, behind it stderr, behind it the file that was written. */
  readonly output: string;
}

const ended = (code: number | null, stdout: string, stderr: string): Ended => ({ code, output: stdout + stderr });
const PREPARED = "prepared\n";

/** Runs an example in a folder of its own, as root on a machine of its own, once everything that it needs is there. */
const perform = async (example: Omit<Example, "says">): Promise<Ended> => {
  const needs = withFirst(example.needs ?? []);
  const folder = mkdtempSync(join(tmpdir(), "nlkit-example-"));
  try {
    mkdirSync(join(folder, "bin"));
    symlinkSync(NLKIT, join(folder, "bin/nlkit"));
    for (const need of needs) {
      const make = FILES[need];
      if (make !== undefined) writeFileSync(join(folder, need), make());
      else if (COMMANDS[need] === undefined) throw new Error(`nobody knows how to make ${need}`);
    }
    const steps = Object.entries(COMMANDS).filter(([need]) => needs.has(need as Need));
    const prepare = ["set -e", ...steps.map(([, command]) => `{ ${command}; } >&2`), `printf '${PREPARED.trim()}\\n'`];
    // What goes on is interrupted, so it must be the process itself.
    const last = `set +e; ${example.meanwhile === undefined ? "" : "exec "}${example.run}`;
    const under = needs.has("root") ? ["unshare", "--mount", "--net", "--"] : [];
    const { code, output } = await run([...under, "sh", "-c", [...prepare, last].join("\n")], folder, example);
    const { writes } = example;
    return { code, output: writes === undefined ? output : output + readFileSync(join(folder, writes), "latin1") };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const run = async (
  words: readonly string[],
  cwd: string,
  { meanwhile, shows }: Omit<Example, "says">,
): Promise<Ended> => {
  const [file = "", ...args] = words;
  const env = { ...process.env, PATH: `${join(cwd, "bin")}:${process.env["PATH"]}`, NO_COLOR: "1", TZ: "UTC" };
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  if (meanwhile !== undefined) {
    const inside = ["--target", String(child.pid), "--mount", "--net", "--", "sh", "-c", meanwhile];
    for (let i = 0; i < 200 && child.exitCode === null && !shows.every((text) => stdout.includes(text)); i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (stdout.startsWith(PREPARED)) spawnSync("nsenter", inside);
    }
    child.kill("SIGINT");
  }
  const code = await closed;
  if (!stdout.startsWith(PREPARED)) throw new Error(`it could not be prepared: ${stderr}`);
  return ended(code, stdout.slice(PREPARED.length), stderr);
};

/** Runs an example, which must do what it says. */
export const check = async (example: Example): Promise<void> => {
  const { code, output } = await perform(example);
  for (const text of example.shows) expect(output).toContain(text);
  // With its output, for whoever reads that it failed.
  expect({ code, output }).toEqual({ code: example.code ?? 0, output });
};
