// A rehearsing socket: what reaches the kernel, what is told, and what is answered.
import { expect, test } from "vitest";
import { netfilter } from "../../src/attrs/netfilter/messages.ts";
import { NFPROTO } from "../../src/attrs/netfilter/nfnetlink.ts";
import { nftables } from "../../src/attrs/netfilter/nftables/messages.ts";
import { NETLINK } from "../../src/attrs/netlink-protocols.ts";
import { route } from "../../src/attrs/route/messages.ts";
import { newTable } from "../../src/client/nft/messages.ts";
import { Nftables } from "../../src/client/nft/nftables.ts";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import { NLM_F } from "../../src/codec/control.ts";
import { decodeWith, encodeAllWith } from "../../src/codec/message.ts";
import type { Registry } from "../../src/codec/registry.ts";
import { type RehearsedDatagram, rehearsing } from "../../src/network/rehearsal.ts";
import { Connection } from "../../src/socket/connection.ts";
import { HOST_ORDER } from "../../src/socket/libc.ts";
import type { Transport } from "../../src/socket/transport.ts";

const namesIn = (types: Registry, bytes: Uint8Array): (string | undefined)[] =>
  decodeWith(types, bytes, { byteOrder: HOST_ORDER }).map(({ name }) => name);

/** A kernel that answers nothing, and remembers what it was sent. */
const world = (protocol: number, types: Registry) => {
  const sent: (string | undefined)[][] = [];
  const told: RehearsedDatagram[] = [];
  const inner: Transport = {
    portId: 7,
    send: (bytes) => void sent.push(namesIn(types, bytes)),
    receive: () => undefined,
    wait: () => {},
    cancel: () => {},
    block: () => false,
    close: () => {},
  };
  const transport = rehearsing(
    () => inner,
    (change) => told.push(change),
  )({ protocol, netns: "ns1" });
  return { sent, told, transport, inner };
};

test("a change is told and acknowledged, and never sent; a link gets an index that no link has", async () => {
  const { sent, told, transport } = world(NETLINK.ROUTE, route as unknown as Registry);
  await using rtnl = Rtnetlink.over(transport);
  const flags = NLM_F.CREATE | NLM_F.EXCL | NLM_F.ECHO;
  const veth = { kind: "veth", data: { veth: { peer: { attrs: { ifname: "b" } } } } } as const;
  const { messages } = await rtnl.connection.request({
    name: "RTM_NEWLINK",
    flags,
    attrs: { ifname: "a", linkinfo: veth },
  });
  const [made] = messages as { header: { index: number }; attrs: { ifname: string; link: number } }[];
  expect(made?.attrs.ifname).toBe("a");
  expect(made?.header.index).toBeGreaterThan(1_000_000);
  expect(made?.attrs.link).toBeGreaterThan(1_000_000);
  expect(made?.attrs.link).not.toBe(made?.header.index);
  await rtnl.links.delete(5);
  // A link that is there already is not made: no echo.
  const set = await rtnl.connection.request({ name: "RTM_NEWLINK", flags: NLM_F.ECHO, header: { index: 5 } });
  expect(set.messages).toEqual([]);
  expect(sent).toEqual([]);
  expect(told.map(({ netns, protocol }) => [netns, protocol])).toEqual(told.map(() => ["ns1", NETLINK.ROUTE]));
  expect(told.flatMap(({ bytes }) => namesIn(route as unknown as Registry, bytes))).toEqual([
    "RTM_NEWLINK",
    "RTM_DELLINK",
    "RTM_NEWLINK",
  ]);
});

test("of a datagram with both, the questions are sent; what has no name is a change", () => {
  const { sent, told, transport } = world(NETLINK.ROUTE, route as unknown as Registry);
  const flags = NLM_F.REQUEST | NLM_F.ACK;
  const bytes = encodeAllWith(
    route,
    [
      { name: "RTM_GETLINK", flags, seq: 1 },
      { name: "RTM_NEWADDR", flags, seq: 2 },
      { name: "RTM_GETROUTE", flags, seq: 3 },
      { type: 4000, flags, seq: 4, payload: new Uint8Array(8) },
    ],
    { byteOrder: HOST_ORDER },
  );
  transport.send(bytes);
  expect(sent).toEqual([["RTM_GETLINK", "RTM_GETROUTE"]]);
  expect(told.map((one) => namesIn(route as unknown as Registry, one.bytes))).toEqual([["RTM_NEWADDR", undefined]]);
  const buffer = new Uint8Array(100);
  const acks = [transport.receive(buffer), transport.receive(buffer), transport.receive(buffer)];
  expect(acks).toEqual([36, 36, undefined]);
});

test("a transaction of nf_tables is one datagram, and succeeds", async () => {
  const { sent, told, transport } = world(NETLINK.NETFILTER, netfilter as unknown as Registry);
  await using nft = new Nftables(new Connection(transport, nftables));
  await nft.apply([newTable(NFPROTO.INET, "x"), newTable(NFPROTO.INET, "y")]);
  expect(sent).toEqual([]);
  expect(told.map(({ bytes }) => namesIn(netfilter as unknown as Registry, bytes))).toEqual([
    ["NFNL_MSG_BATCH_BEGIN", "NFT_MSG_NEWTABLE", "NFT_MSG_NEWTABLE", "NFNL_MSG_BATCH_END"],
  ]);
});

test("who waits is woken for an answer of ours, and blocks for none", async () => {
  const { transport } = world(NETLINK.ROUTE, route as unknown as Registry);
  expect(transport.block(0)).toBe(false);
  const flags = NLM_F.REQUEST | NLM_F.ACK;
  transport.send(encodeAllWith(route, [{ name: "RTM_DELADDR", flags, seq: 1 }], { byteOrder: HOST_ORDER }));
  expect(transport.block(0)).toBe(true);
  await new Promise<void>((resolve) => transport.wait(() => resolve()));
  expect(transport.receive(new Uint8Array(100))).toBe(36);
  transport.close();
});
