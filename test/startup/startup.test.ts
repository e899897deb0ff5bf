// A budget for starting: what a process loads, in files (each 0.3 ms and more on Node 20) and kilobytes (each some 25 µs). Times are
// measured in bench/.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { conntrack, encodeMessage } from "../../src/index.ts";
import { hex } from "../support/fixtures.ts";
import { loadedBy } from "./loaded.ts";

const KB = 1000;

describe("an entry point", () => {
  const CODEC = ["shared/codec.js"];
  const PURE = [...CODEC, "shared/attrs.js", "shared/diag.js", "shared/netfilter.js", "shared/route.js"];
  const ALL = [...PURE, "shared/route-readers.js"];
  const CLIENT = ["shared/client.js", "shared/errors.js", "shared/socket.js"];
  const withoutAttrs = ALL.filter((file) => file !== "shared/attrs.js");

  test.each([
    ["index", ALL, 300],
    ["socket/index", [...CODEC, "shared/errors.js", "shared/socket.js"], 155],
    ["client/index", [...withoutAttrs, ...CLIENT], 400],
    ["network/index", [...withoutAttrs, ...CLIENT, "shared/capture.js", "shared/network.js"], 620],
    [
      "capture/index",
      [...CODEC, ...["capture", "capture-formats", "capture-more", "conversation"].map((room) => `shared/${room}.js`)],
      200,
    ],
    ["testing/index", [...ALL, "shared/capture.js", "shared/errors.js"], 320],
  ] as const)("%s loads its rooms, and no native code", (entry, rooms, limit) => {
    const file = `dist/${entry}.js`;
    const { files, bytes } = loadedBy("--input-type=module", "-e", `import "./${file}"`);
    expect(files).toEqual([file, ...rooms.map((room) => `dist/${room}`)].sort());
    expect(bytes).toBeLessThan(limit * KB);
  });
});

describe("the command", () => {
  const folder = mkdtempSync(join(tmpdir(), "nlkit-startup-"));
  const link = join(folder, "link.hex");
  const flow = join(folder, "flow.hex");
  beforeAll(() => {
    writeFileSync(link, hex(encodeMessage({ name: "RTM_NEWLINK", attrs: { ifname: "eth0" } })));
    writeFileSync(flow, hex(encodeMessage({ name: "IPCTNL_MSG_CT_GET" }, { types: conntrack })));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (...args: string[]) => {
    const { files, ...rest } = loadedBy("dist/cli/nlkit.js", ...args);
    return { files: files.map((file) => file.replace(/^dist\//, "")), ...rest };
  };
  const COMMAND = ["cli/command.js", "cli/nlkit.js", "shared/capture.js", "shared/codec.js"];

  test("decode loads one family, and neither commander nor koffi", () => {
    const { files, bytes, stdout } = run("decode", link);
    expect(stdout).toContain('ifname "eth0"');
    expect(files).toEqual([...COMMAND, "shared/attrs-load-route.js", "shared/route.js"].sort());
    expect(bytes).toBeLessThan(150 * KB);
  });
  test("another family instead of it", () => {
    const { files, stdout } = run("decode", "-p", "NETLINK_NETFILTER", flow);
    expect(stdout).toContain("IPCTNL_MSG_CT_GET");
    expect(files).toEqual([...COMMAND, "shared/attrs-netfilter-messages.js", "shared/netfilter.js"].sort());
  });
  test("a help text needs no family and no native code", () => {
    const { files, stdout } = run("decode", "--help");
    expect(stdout).toContain("--byte-order <order>");
    const own = files.filter((file) => !file.startsWith("node_modules/commander/"));
    expect(own).toEqual([...COMMAND, "cli/grammar.js", "cli/program.js"].sort());
  });
});
