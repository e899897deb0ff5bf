// Refusals as this kernel words them, and the attribute that each is about.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { refusedRequest } from "../../src/capture/index.ts";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import { NL_ATTR_TYPE } from "../../src/codec/control.ts";
import { route } from "../../src/index.ts";
import { KernelError } from "../../src/socket/errors.ts";
import { HOST_ORDER } from "../../src/socket/libc.ts";
import { live, useNetns, withNetns } from "../support/live.ts";

const refusal = async (run: Promise<unknown>): Promise<KernelError> => {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof KernelError) return error;
  throw error ?? new Error("it was not refused");
};

live("refusals", () => {
  const [netns] = useNetns(1);
  let links: Rtnetlink["links"];
  let rtnl: Rtnetlink;
  beforeAll(async () => {
    rtnl = await Rtnetlink.open({ netns });
    ({ links } = rtnl);
    await links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
    await links.add({ ifname: "v0", linkinfo: { kind: "veth" } });
  });
  afterAll(() => rtnl?.close());

  it("an MTU of one byte: path, text and policy", async () => {
    const error = await refusal(links.set("v0", { unknown: [{ word: 4, bytes: Uint8Array.of(1) }] }));
    expect(error).toMatchObject({
      code: "ERANGE",
      errno: 34,
      text: "Attribute failed policy validation",
      path: "mtu",
      attribute: "IFLA_MTU",
      policy: { type: NL_ATTR_TYPE.U32, minValueU: 0n, maxValueU: 0xffffffffn },
      messageName: "RTM_NEWLINK",
    });
    expect(error.message).toMatch(/^RTM_NEWLINK: ERANGE .*"Attribute failed policy validation", at mtu \(IFLA_MTU\)$/);
  });
  it.each<[string, (rtnl: Rtnetlink) => Promise<unknown>, string]>([
    ["a link by name", ({ links }) => links.get("nope"), 'ENODEV (no such device), ifname "nope"'],
    ["a link by index", ({ links }) => links.get(4711), "ENODEV (no such device), index 4711"],
    ["a route", ({ routes }) => routes.delete("10.9.0.0/16"), ', dst "10.9.0.0"'],
    ["hostile text", ({ links }) => links.get("a\u001b[2J"), 'ifname "a\\u001b[2J"'],
    ["no way to it", ({ routes }) => routes.get("192.0.2.1"), "ENETUNREACH (network is unreachable)"],
  ])("the errno asks which: %s", async (_, run, words) => {
    const error = await refusal(run(rtnl));
    expect(error.message).toContain(words);
    expect(error.message.endsWith(error.subject ?? words)).toBe(true);
  });
  it("its stack begins where the request was made; its JSON has the message; bytes are not inspected", async () => {
    const callers = async (): Promise<unknown> => links.get("nope");
    const error = await refusal(callers());
    const [, ...frames] = (error.stack ?? "").split("\n");
    expect(frames[0]).toContain("Connection.request");
    expect(frames.slice(0, 3).join()).toContain("callers");
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "KernelError",
      message: error.message,
      code: "ENODEV",
      errno: 19,
      messageName: "RTM_GETLINK",
      subject: 'ifname "nope"',
    });
    expect(error.request).toBeInstanceOf(Uint8Array);
    // 64-bit numbers of a policy are text.
    const small = await refusal(links.set("v0", { unknown: [{ word: 4, bytes: Uint8Array.of(1) }] }));
    expect(JSON.parse(JSON.stringify(small)).policy).toMatchObject({ type: NL_ATTR_TYPE.U32, maxValueU: "4294967295" });
    const long = await refusal(links.rename("v0", "a".repeat(20)));
    const of = { types: route, bytes: long.request, captured: { byteOrder: HOST_ORDER } } as const;
    expect(refusedRequest(of, long.errno, long.ack).hints).toEqual([
      "IFLA_IFNAME has 20 bytes of text: 15 is the most",
    ]);
    expect(inspect(error)).not.toContain("Uint8Array");
    const sync = (): unknown => rtnl.connection.requestSync({ name: "RTM_GETLINK", attrs: { ifname: "nope" } });
    expect(sync).toThrow(expect.objectContaining({ stack: expect.stringMatching(/^.*\n.*requestSync.*\n.*sync /) }));
  });
  it("a name of 20 bytes", async () => {
    // ip link set v0 name aaaaaaaaaaaaaaaaaaaa
    const error = await refusal(links.rename("v0", "a".repeat(20)));
    expect(error).toMatchObject({
      code: "ERANGE",
      path: "ifname",
      attribute: "IFLA_IFNAME",
      policy: { type: NL_ATTR_TYPE.STRING, maxLength: 15 },
    });
  });
  it("an IFLA_BR_AGEING_TIME of one byte: the path leads into the kind's data", async () => {
    const bridge = { unknown: [{ word: 4, bytes: Uint8Array.of(1) }] };
    const error = await refusal(links.set("br0", { linkinfo: { kind: "bridge", data: { bridge } } }));
    expect([error.code, error.attribute]).toEqual(["ERANGE", "IFLA_BR_AGEING_TIME"]);
    expect(error.path).toMatch(/^linkinfo\.data\.(bridge\.)?ageingTime$/);
  });
  it("a vxlan's id of 25 bits: what the README shows", async () => {
    const data = { vxlan: { id: 2 ** 24 } };
    const error = await refusal(links.add({ ifname: "vx0", linkinfo: { kind: "vxlan", data } }));
    // The kind's own key, "vxlan", is not in it.
    expect(error).toMatchObject({ code: "ERANGE", path: "linkinfo.data.id", attribute: "IFLA_VXLAN_ID" });
    expect(readFileSync("README.md", "utf8")).toContain(`\nKernelError: ${error.message}\n`);
  });
  it("an MTU of 70000 on a veth: a sentence, and no path", async () => {
    // ip link set v0 mtu 70000
    const error = await refusal(links.set("v0", { mtu: 70000 }));
    expect(error).toMatchObject({ code: "EINVAL", text: "mtu greater than device maximum", path: undefined });
  });
  it("br0 twice: EEXIST, and not a word", async () => {
    // ip link add br0 type bridge
    const error = await refusal(links.add({ ifname: "br0", linkinfo: { kind: "bridge" } }));
    expect(error).toMatchObject({ code: "EEXIST", errno: 17, text: undefined, path: undefined, policy: undefined });
  });
  it("a vxlan without data", async () => {
    // ip link add vx0 type vxlan
    const error = await refusal(links.add({ ifname: "vx0", linkinfo: { kind: "vxlan" } }));
    expect([error.code, error.text]).toEqual(["EINVAL", "Required attributes not provided to perform the operation"]);
  });
  it("a kind that is none", async () => {
    const error = await refusal(links.add({ ifname: "t0", linkinfo: { kind: "nonsense" } }));
    expect([error.code, error.text]).toEqual(["EOPNOTSUPP", "Unknown device type"]);
  });
  it("a route by a gateway that nothing leads to", async () => {
    // ip route add 10.7.0.0/16 via 192.0.2.1
    const error = await refusal(rtnl.routes.add("10.7.0.0/16", { gateway: "192.0.2.1" }));
    expect([error.code, error.text]).toEqual(["ENETUNREACH", "Nexthop has invalid gateway"]);
  });
  it("an address twice, one that is not there, a link that is not there", async () => {
    await rtnl.addresses.add("v0", "10.0.0.1/24");
    expect((await refusal(rtnl.addresses.add("v0", "10.0.0.1/24"))).code).toBe("EEXIST");
    expect((await refusal(rtnl.addresses.delete("v0", "10.0.0.2/24"))).code).toBe("EADDRNOTAVAIL");
    expect((await refusal(rtnl.addresses.add("nothing", "10.0.0.1/24"))).code).toBe("ENODEV");
  });

  it("without root: EPERM, and reading is allowed", async () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const folder = mkdtempSync(`${root}/.tmp-eperm-`);
    try {
      execFileSync("chmod", ["755", folder]);
      const contents = `
        import { Rtnetlink } from "./src/client/index.ts";
        await using rtnl = await Rtnetlink.open();
        const names = (await rtnl.links.list()).map((link) => link.attrs.ifname);
        const error = await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } }).catch((error) => error);
        console.log(JSON.stringify({ uid: process.getuid(), names, name: error.name, code: error.code }));`;
      const outfile = `${folder}/eperm.mjs`;
      const options = {
        bundle: true,
        platform: "node",
        format: "esm",
        target: "es2022",
        packages: "external",
      } as const;
      await build({ stdin: { contents, resolveDir: root, loader: "ts" }, outfile, ...options });
      const said = await withNetns((name) => {
        const setpriv = [
          "setpriv",
          "--reuid",
          "65534",
          "--regid",
          "65534",
          "--clear-groups",
          process.execPath,
          outfile,
        ];
        return spawnSync("ip", ["netns", "exec", name, ...setpriv], { encoding: "utf8", cwd: root });
      });
      expect(said.stderr).toBe("");
      expect(JSON.parse(said.stdout)).toEqual({ uid: 65534, names: ["lo"], name: "KernelError", code: "EPERM" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
