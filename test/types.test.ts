// What a user's editor sees: narrowing by name, no casts, misspellings caught. Running it shows nothing: the last test has tsc read it.
import { spawnSync } from "node:child_process";
import { expect, expectTypeOf, test } from "vitest";
import { decodeMessages, encodeMessage, type LinkPeer } from "../src/index.ts";

test("a message is discriminated by its name", () => {
  for (const message of decodeMessages(new Uint8Array())) {
    if (message.name === "RTM_NEWLINK") {
      expectTypeOf(message.attrs.linkinfo?.data?.bridge?.ageingTime).toEqualTypeOf<number | undefined>();
      expectTypeOf(message.attrs.linkinfo?.data?.veth?.peer).toEqualTypeOf<LinkPeer | undefined>();
      expectTypeOf(message.header.index).toEqualTypeOf<number>();
    }
    if (message.name === "RTM_GETROUTE") {
      expectTypeOf(message.attrs.multipath?.[0]?.header.hops).toEqualTypeOf<number | undefined>();
    }
    if (message.name === "NLMSG_ERROR") expectTypeOf(message.attrs.msg).toEqualTypeOf<string | undefined>();
    if (message.name === undefined) expectTypeOf(message.payload).toEqualTypeOf<Uint8Array>();
  }
});

test("what comes out goes in, and little need be said", () => {
  encodeMessage({
    name: "RTM_NEWLINK",
    flags: 0x605,
    attrs: { ifname: "v0", linkinfo: { kind: "veth", data: { veth: { peer: { attrs: { ifname: "v1" } } } } } },
  });
  for (const message of decodeMessages(new Uint8Array())) encodeMessage(message);
  const never = (): void => {
    // @ts-expect-error misspelt
    encodeMessage({ name: "RTM_NEWLINK", attrs: { linkinfo: { kind: "bridge", data: { bridge: { agingTime: 1 } } } } });
    // @ts-expect-error of another message
    encodeMessage({ name: "RTM_NEWLINK", attrs: { gateway: "10.0.0.1" } });
    // @ts-expect-error no such message
    encodeMessage({ name: "RTM_NEWLINKS" });
  };
  expectTypeOf(never).returns.toBeVoid();
});

test("tsc finds that all of this holds", () => {
  const { status, stdout } = spawnSync("npx", ["tsc", "-p", "test/tsconfig.types.json"], { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
}, 120_000);
