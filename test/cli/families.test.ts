// `nlkit decode` on protocols whose messages need more than a table: families that the capture names, keys, the rest of NETLINK_ROUTE.
import { expect, test } from "vitest";
import { nlkit } from "./run.ts";

test("families of generic netlink are learned from the capture, and come back from JSON", async () => {
  const { code, stdout } = await nlkit(["decode", "fixtures/genl/ethtool-channels.txt"]);
  expect(code).toBe(0);
  expect(stdout).toContain(
    '> NETLINK_GENERIC ethtool [REQUEST ACK] seq 2 cmd ETHTOOL_MSG_CHANNELS_GET version 1 header {devName "vp0"}',
  );
  const json = await nlkit(["decode", "-j", "fixtures/genl/ethtool-channels.txt"]);
  const again = await nlkit(["encode"], { input: json.stdout });
  expect(again).toMatchObject({ code: 0, stderr: "" });
  // The last request, as ethtool sent it.
  expect(again.stdout).toContain("110100000c0001800800020076703000");
});
test("keys of IPsec are masked, unless they are asked for", async () => {
  const file = "fixtures/xfrm/xfrm-state-add.txt";
  const key = "0102030405060708090a0b0c0d0e0f1011121314";
  for (const form of [[], ["-d"], ["-x"], ["-j"], ["--flat"]]) {
    const { stdout } = await nlkit(["decode", ...form, file]);
    expect(stdout.replaceAll(" ", ""), form.join()).not.toContain(key);
    expect(
      (await nlkit(["decode", "--show-keys", ...form, file])).stdout.replace(/\s|[\da-f]{5} {2}/g, ""),
      form.join(),
    ).toContain(form[0] === "-x" ? key.slice(0, 16) : key);
  }
});
test("rules, next hops and traffic control stand beside links in one capture", async () => {
  const { code, stdout } = await nlkit(["decode", "--flat", "fixtures/iproute2/filter-add-u32.txt"]);
  expect(code).toBe(0);
  expect(stdout).toContain('TCA_OPTIONS/TCA_U32_ACT/[0]/TCA_ACT_KIND = "mirred"');
});
