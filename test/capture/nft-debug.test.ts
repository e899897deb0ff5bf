// What nft itself prints with --debug=mnl, held against what strace saw it send.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CaptureItem, detect, type Format, isCaptured, openCapture } from "../../src/capture/index.ts";
import { live, useNetns } from "../support/live.ts";

const itemsOf = async (text: Uint8Array, format: Format): Promise<CaptureItem[]> => {
  const parser = await openCapture(format);
  return [...parser.push(text), ...parser.end()];
};
/** Messages of nf_tables, in hex, a datagram each; with those four flags that libmnl prints. */
const messagesOf = (items: readonly CaptureItem[], direction: ">" | "<" | undefined): string[][] =>
  items
    .filter(isCaptured)
    .filter((item) => item.protocol === "NETLINK_NETFILTER" && item.direction === direction)
    .map(({ bytes }) => {
      const out: string[] = [];
      const view = Buffer.from(bytes);
      for (let at = 0; at + 16 <= view.length; at += (view.readUInt32LE(at) + 3) & ~3) {
        const message = Buffer.from(view.subarray(at, at + view.readUInt32LE(at)));
        message.writeUInt16LE(message.readUInt16LE(6) & 0xf, 6);
        out.push(message.toString("hex"));
      }
      return out;
    });

live("nft --debug", () => {
  const [ns = ""] = useNetns(1);
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "nlkit-nft-debug-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const SETUP = `add table ip t
add table inet u { comment "kept"; }
add chain ip t c { type filter hook input priority 0; policy accept; }
add set ip t s { type ipv4_addr . inet_service; flags interval; counter; }
add map ip t m { type inet_service : verdict; }
add counter ip t n
`;
  const ELEMENTS = Array.from({ length: 2000 }, (_, i) => `10.0.${i >> 8}.${i & 255} . ${i + 1}`).join(", ");
  const RUNS: [string, string[], string, number][] = [
    ["a file with one of each kind", ["--debug=mnl", "-f", "SETUP"], "", 0],
    [
      "a rule",
      ["--debug=mnl"],
      'add rule ip t c iifname "lo" tcp dport { 22, 80-90 } ct state new log prefix "x|y " counter accept',
      0,
    ],
    [
      "with --echo and --handle",
      ["--echo", "--handle", "--debug=mnl"],
      "add rule ip t c meta mark set 0x1 counter name n",
      0,
    ],
    ["2,000 elements", ["--debug=mnl"], `add element ip t s { ${ELEMENTS} }`, 0],
    ["list ruleset", ["--debug=mnl"], "list ruleset", 0],
    ["list in JSON", ["-j", "--debug=mnl"], "list table ip t", 0],
    [
      "with the netlink level, which prints other lines between",
      ["--debug=netlink,mnl"],
      "add rule ip t c udp dport 53 accept",
      0,
    ],
    ["all levels", ["--debug=all"], "add rule ip t c tcp dport vmap @m", 0],
    ["refused", ["--debug=mnl"], "add rule ip t nochain counter", 1],
    ["reset", ["--debug=mnl"], "reset counters table ip t", 0],
    ["--check", ["--check", "--debug=mnl"], "add chain inet u d", 0],
    ["delete", ["--debug=mnl"], "delete table inet u; flush ruleset", 0],
  ];
  test.each(RUNS)(
    "%s: byte for byte what was sent, but for flags that libmnl does not print",
    async (_name, options, command, status) => {
      writeFileSync(join(folder, "SETUP"), SETUP);
      const log = join(folder, "log");
      const words = options.map((word) => (word === "SETUP" ? join(folder, "SETUP") : word));
      const strace = [
        "strace",
        "-f",
        "-yy",
        "-e",
        "trace=sendmsg,sendto,recvmsg,socket,close",
        "-e",
        "read=all",
        "-e",
        "write=all",
        "-o",
        log,
      ];
      const said = spawnSync(
        "ip",
        ["netns", "exec", ns, ...strace, "nft", ...words, ...(command === "" ? [] : [command])],
        { maxBuffer: 1 << 26 },
      );
      expect([said.status, status === 0 ? said.stderr.toString().match(/Error.*/g) : null]).toEqual([status, null]);
      const text = new Uint8Array(said.stdout);
      expect(detect(text)).toBe("nft");
      const printed = await itemsOf(text, "nft");
      expect(printed.filter((item) => !isCaptured(item))).toEqual([]);
      const sent = messagesOf(await itemsOf(readFileSync(log), "strace"), ">");
      expect(sent.length).toBeGreaterThan(0);
      expect(messagesOf(printed, undefined)).toEqual(sent);
    },
  );

  test("monitor: questions that it asks, then events, with what else it prints between", async () => {
    const child = spawn("ip", ["netns", "exec", ns, "stdbuf", "-oL", "nft", "--debug=mnl", "monitor"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const chunks: Buffer[] = [];
    const until = (text: string): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!Buffer.concat(chunks).includes(text)) return;
          child.stdout.off("data", look);
          resolve();
        };
        child.stdout.on("data", look);
        look();
      });
    child.stdout.on("data", (chunk: Buffer) => void chunks.push(chunk));
    const log = join(folder, "events");
    const nft = (command: string): void => void spawnSync("ip", ["netns", "exec", ns, "nft", command]);
    // Its own questions come first; it listens when a change is heard.
    const ready = until("new generation");
    const timer = setInterval(() => nft("add table ip ready"), 100);
    await ready;
    clearInterval(timer);
    const before = Buffer.concat(chunks).toString("latin1").split("new generation").length;
    nft("add table ip heard; add chain ip heard c; add rule ip heard c counter");
    await until("table ip heard");
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (Buffer.concat(chunks).toString("latin1").split("new generation").length > before) resolve();
        else setTimeout(look, 20);
      };
      look();
    });
    child.kill();
    await once(child, "close");
    const text = Buffer.concat(chunks);
    writeFileSync(log, text);
    const types = messagesOf(await itemsOf(text, "nft"), undefined)
      .flat()
      .map((hex) => Buffer.from(hex, "hex").readUInt16LE(4) & 0xff);
    // NFT_MSG_GETGEN first; NEWTABLE, NEWCHAIN, NEWRULE, NEWGEN last.
    expect(types[0]).toBe(16);
    expect(types.slice(-4)).toEqual([0, 3, 6, 15]);
  });
});

test("a batch without its end, as --check prints it, ends before the next question or batch", async () => {
  const header = (type: number, seq: number): string =>
    `----------------\t------------------
|  0000000020  |\t| message length |
| ${String(type).padStart(5, "0")} | R--- |\t|  type | flags  |
|  ${String(seq).padStart(10, "0")}  |\t| sequence number|
|  0000000000  |\t|     port ID    |
----------------\t------------------
| 00 00 00 0a  |\t|  extra header  |
----------------\t------------------
`;
  const [BEGIN, END, NEWTABLE, GETGEN] = [16, 17, 2560, 2576] as const;
  const types = [BEGIN, NEWTABLE, GETGEN, BEGIN, NEWTABLE, BEGIN, NEWTABLE, NEWTABLE, END, BEGIN, NEWTABLE];
  const items = await itemsOf(new TextEncoder().encode(types.map(header).join("")), "nft");
  expect(items.map((item) => (isCaptured(item) ? item.bytes.length / 20 : item))).toEqual([2, 1, 2, 4, 2]);
});
