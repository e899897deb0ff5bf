// The option `fields`: only what is asked for is read, and a name that nothing has is an error.
import { describe, expect, test } from "vitest";
import { decodeMessages, encodeMessage, links, type MessageInput, registryOf } from "../../src/index.ts";

const link: MessageInput = {
  name: "RTM_NEWLINK",
  header: { index: 2 },
  attrs: {
    ifname: "br0",
    mtu: 1400,
    linkinfo: { kind: "bridge", data: { bridge: { ageingTime: 3000 } } },
    unknown: [{ word: 0x3ff0, bytes: new Uint8Array(4) }],
  },
};
const bytes = encodeMessage(link);

describe("fields", () => {
  test("leaves out every other attribute, declared or not", () => {
    const [message] = decodeMessages(bytes, { fields: ["mtu"] });
    expect(message).toMatchObject({ name: "RTM_NEWLINK", header: { index: 2 } });
    expect((message as { attrs: object }).attrs).toEqual({ mtu: 1400 });
  });
  test("an empty list leaves the header", () => {
    expect(decodeMessages(bytes, { fields: [] })).toMatchObject([{ header: { index: 2 }, attrs: {} }]);
  });
  test("reads nests whole, a link inside a link too", () => {
    const peer = { header: { index: 3 }, attrs: { ifname: "b", mtu: 9000 } };
    const veth: MessageInput = { name: "RTM_NEWLINK", attrs: { linkinfo: { kind: "veth", data: { veth: { peer } } } } };
    for (const byteOrder of ["little", "big"] as const) {
      const there = encodeMessage(veth, { byteOrder });
      const [message] = decodeMessages(there, { fields: ["linkinfo"], byteOrder });
      expect(message).toMatchObject({ attrs: { linkinfo: { data: { veth: { peer: { attrs: peer.attrs } } } } } });
    }
  });
  test("what is malformed and was not asked for is no issue", () => {
    const short = encodeMessage({
      name: "RTM_NEWLINK",
      attrs: { mtu: 1, unknown: [{ word: 16, bytes: new Uint8Array(0) }] },
    });
    expect(decodeMessages(short)[0]?.issues).toHaveLength(1);
    expect(decodeMessages(short, { fields: ["mtu"] })[0]?.issues).toBeUndefined();
  });
  test("means the same name in every message that has it", () => {
    const neighbour = encodeMessage({ name: "RTM_NEWNEIGH", attrs: { dst: "192.0.2.1", vlan: 7 } });
    const route = encodeMessage({ name: "RTM_NEWROUTE", attrs: { dst: "192.0.2.0", oif: 2 } });
    expect(decodeMessages(neighbour, { fields: ["dst"] })).toMatchObject([{ attrs: { dst: "192.0.2.1" } }]);
    expect(decodeMessages(route, { fields: ["dst"] })).toMatchObject([{ attrs: { dst: "192.0.2.0" } }]);
  });
  test("an answer of the kernel is read whole", () => {
    const ack = encodeMessage({ name: "NLMSG_ERROR", flags: 0x300, header: { error: -22 }, attrs: { msg: "no" } });
    expect(decodeMessages(ack, { fields: ["mtu"] })).toMatchObject([{ attrs: { msg: "no" } }]);
  });

  test("a name that no message has is said, also the second time", () => {
    for (let i = 0; i < 2; i++) {
      expect(() => decodeMessages(bytes, { fields: ["mtu", "ifnmae"] })).toThrow(
        new RangeError('fields: no message of NETLINK_ROUTE has an attribute "ifnmae"'),
      );
    }
    expect(() => decodeMessages(bytes, { types: links, fields: ["gateway"] })).toThrow(RangeError);
    expect(() => decodeMessages(bytes, { types: registryOf("AUDIT"), fields: ["mtu"] })).toThrow(RangeError);
    expect(() => decodeMessages(bytes, { fields: ["unknown"] })).toThrow(RangeError);
    // What was asked last is remembered, and is not mistaken for this.
    decodeMessages(bytes, { fields: ["mtu", "ifname"] });
    expect(() => decodeMessages(bytes, { fields: ["mtu,ifname"] })).toThrow(RangeError);
  });
  test("contradicts lossless", () => {
    expect(() => decodeMessages(bytes, { fields: ["mtu"], lossless: true })).toThrow(RangeError);
  });
});
