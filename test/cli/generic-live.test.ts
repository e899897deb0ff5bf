// Generic netlink through the command, live: families have numbers that only the running kernel knows.
import { execFileSync } from "node:child_process";
import { beforeAll, expect, test } from "vitest";
import { GenericNetlink } from "../../src/client/index.ts";
import { encodeMessage, genericTypes, NLM_F } from "../../src/index.ts";
import { hex } from "../support/fixtures.ts";
import { live, useNetns } from "../support/live.ts";
import { nlkit } from "./run.ts";

const header = { cmd: 6, version: 1 };
const linkstate = { name: "ethtool", linkstateGet: { header, attrs: { header: { devName: "lo" } } } };

live("generic netlink", () => {
  const [ns = ""] = useNetns(1);
  let bytes: Uint8Array = new Uint8Array();
  beforeAll(async () => {
    await using genl = await GenericNetlink.open();
    const { familyId = 0 } = await genl.family("ethtool");
    const types = genericTypes(new Map([[familyId, "ethtool"]]));
    bytes = encodeMessage({ ...linkstate, flags: NLM_F.REQUEST | NLM_F.ACK, seq: 7 } as never, { types });
  });

  test("request: a family by its name, with its protocol or without", async () => {
    for (const message of [linkstate, { protocol: "NETLINK_GENERIC", ...linkstate }]) {
      const { code, stdout, stderr } = await nlkit(["request", JSON.stringify(message)]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(/^ethtool seq 1 cmd ETHTOOL_MSG_LINKSTATE_GET_REPLY .*devName "lo"/);
    }
  });
  test("request: what is no family is said so", async () => {
    expect(await nlkit(["request", '{"name":"nonsense"}'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("nor is there a family of generic netlink of that name"),
    });
  });

  test("decode: a number that the capture does not explain, with --ask-kernel only", async () => {
    const args = ["decode", "-p", "NETLINK_GENERIC"];
    expect((await nlkit(args, { input: hex(bytes) })).stdout).toMatch(/^nlmsg_type \d+ /);
    expect((await nlkit([...args, "--ask-kernel"], { input: hex(bytes) })).stdout).toMatch(
      /^ethtool .*ETHTOOL_MSG_LINKSTATE_GET .*devName "lo"/,
    );
  });

  test("trace: a program that learned the number before", async () => {
    const program = `
import socket
s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
s.send(bytes.fromhex("${hex(bytes).replaceAll(/\s/g, "")}"))
s.recv(4096)
`;
    const { code, stdout } = await nlkit(["trace", "--", "python3", "-c", program]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/> NETLINK_GENERIC ethtool \[REQUEST ACK\] seq 7 cmd ETHTOOL_MSG_LINKSTATE_GET /);
    expect(stdout).toMatch(/< NETLINK_GENERIC ethtool seq 7 cmd ETHTOOL_MSG_LINKSTATE_GET_REPLY .*\(\d+\.\d{3} ms\)/);
  });
  test("trace: a command that the family does not have for a device is not called a kernel without it", async () => {
    const { stdout } = await nlkit(["trace", "--", "ethtool", "lo"]);
    expect(stdout).toContain("hint: ethtool has no such command, or not for this device");
    expect(stdout).not.toContain("does not know");
  });

  test("monitor: a group of a family, and devices", async () => {
    execFileSync("ip", ["-n", ns, "link", "add", "v0", "type", "veth", "peer", "name", "v1"]);
    let i = 0;
    let timer: NodeJS.Timeout | undefined;
    const { code, stdout } = await nlkit(["monitor", "--netns", ns, "ethtool/monitor", "uevent"], {
      onOutput(text, pid) {
        // A second signal would end it at once.
        if (timer === undefined || !/^ethtool /m.test(text) || !/^uevent /m.test(text)) return;
        clearInterval(timer);
        timer = undefined;
        process.kill(pid, "SIGINT");
      },
      onStart() {
        timer = setInterval(() => {
          execFileSync("ip", ["netns", "exec", ns, "ethtool", "-K", "v0", "tso", i % 2 === 0 ? "off" : "on"]);
          execFileSync("ip", ["-n", ns, "link", "add", `b${i++}`, "type", "bridge"]);
        }, 200);
      },
    });
    expect(code).toBe(130);
    expect(stdout).toMatch(/^ethtool .*ETHTOOL_MSG_FEATURES_NTF .*devName "v0"/m);
    expect(stdout).toMatch(/^uevent .*ACTION "add" .*INTERFACE "b\d+"/m);
  });
  test.each([
    ["nonsense/x", 'there is no family "nonsense" of generic netlink'],
    ["ethtool/x", 'ethtool has no group "x", but monitor'],
    ["nonsense", "nor FAMILY/GROUP of generic netlink"],
  ])("monitor %s: %s", async (group, said) => {
    expect(await nlkit(["monitor", group])).toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
  });
});
