// A recording as a transport: its order, its end, and a wait that is called off.
import { describe, expect, test, vi } from "vitest";
import { encodeMessage, encodeMessages, NLM_F, route } from "../../src/index.ts";
import { ReplayMismatch, replaying } from "../../src/socket/replay.ts";

const request = encodeMessage({ name: "RTM_GETLINK", flags: NLM_F.REQUEST, seq: 7 });
const reply = encodeMessage({ name: "RTM_NEWLINK", header: { index: 1 } });
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("a recording", () => {
  test("answers with the numbers of the request", () => {
    const transport = replaying([
      { request: encodeMessage({ name: "RTM_GETLINK", flags: NLM_F.REQUEST }), replies: [reply] },
    ]);
    transport.send(request);
    const buffer = new Uint8Array(64);
    expect(transport.receive(buffer)).toBe(reply.length);
    expect([...buffer.subarray(8, 16)]).toEqual([7, 0, 0, 0, transport.portId, 0, 0, 0]);
    expect(transport.receive(buffer)).toBeUndefined();
    expect(() => transport.send(request)).toThrow(ReplayMismatch);
  });
  const LINK = { name: "RTM_NEWLINK", header: { index: 2 }, attrs: { ifname: "br0", mtu: 1400 } } as const;
  const bridge = (ageingTime: number) =>
    ({ ...LINK, attrs: { ...LINK.attrs, linkinfo: { kind: "bridge", data: { bridge: { ageingTime } } } } }) as const;
  const terminated = { terminated: ["IFLA_IFNAME"] };
  test.each<[string, Uint8Array, string]>([
    [
      "another message",
      encodeMessage({ ...LINK, name: "RTM_DELLINK" }),
      "RTM_NEWLINK was recorded, RTM_DELLINK was sent",
    ],
    ["two for one", encodeMessages([LINK, LINK]), "RTM_NEWLINK was recorded, RTM_NEWLINK RTM_NEWLINK was sent"],
    [
      "another flag",
      encodeMessage({ ...bridge(3000), flags: NLM_F.ACK }),
      "RTM_NEWLINK: nlmsg_flags was recorded as 0, sent as 0x4 NLM_F_ACK",
    ],
    [
      "another member of the header",
      encodeMessage({ ...bridge(3000), header: { index: 3 } }),
      "RTM_NEWLINK: index (ifi_index) was recorded as 2, sent as 3",
    ],
    [
      "another value, deep down",
      encodeMessage(bridge(4000)),
      "RTM_NEWLINK: linkinfo.data.ageingTime (IFLA_BR_AGEING_TIME) was recorded as 3000, sent as 4000",
    ],
    [
      "another order",
      encodeMessage({ ...LINK, attrs: { mtu: 1400, ifname: "br0" } }),
      'RTM_NEWLINK: ifname (IFLA_IFNAME) "br0" was recorded, mtu (IFLA_MTU) 1400 was sent',
    ],
    [
      "less",
      encodeMessage(LINK),
      "RTM_NEWLINK: linkinfo (IFLA_LINKINFO) NLA_F_NESTED was recorded, nothing more was sent",
    ],
    [
      "more",
      encodeMessage({ ...bridge(3000), attrs: { ...bridge(3000).attrs, txqlen: 5 } }),
      "RTM_NEWLINK: nothing more was recorded, txqlen (IFLA_TXQLEN) 5 was sent",
    ],
    [
      "a nest that is not marked as one",
      encodeMessage(bridge(3000), { nested: [] }),
      "RTM_NEWLINK: linkinfo (IFLA_LINKINFO) was recorded as NLA_F_NESTED, sent as empty",
    ],
    [
      "what no field says",
      encodeMessage(bridge(3000), terminated),
      "RTM_NEWLINK: byte 52, in linkinfo.kind (IFLA_INFO_KIND), was recorded as 0b, sent as 0a",
    ],
  ])("a mismatch says what differs: %s", (_name, sent, words) => {
    const transport = replaying([{ request: encodeMessage(bridge(3000)), replies: [] }], route);
    expect(() => transport.send(sent)).toThrow(`exchange 0: ${words}`);
  });
  test("without tables: by number; at the end: says so", () => {
    const transport = replaying([{ request, replies: [] }]);
    expect(() => transport.send(encodeMessage(LINK))).toThrow(
      /^exchange 0: nlmsg_type 18 was recorded, nlmsg_type 16 was/,
    );
    transport.send(request);
    expect(() => transport.send(request)).toThrow("exchange 1: the recording has ended");
  });
  test("whoever waits for more is told", async () => {
    const wake = vi.fn();
    replaying([]).wait(wake);
    await turn();
    expect(wake.mock.calls).toEqual([[expect.objectContaining({ name: "SystemError", code: "EINVAL" })]]);
  });
  test.each(["cancel", "close"] as const)("%s calls the wait off", async (how) => {
    const wake = vi.fn();
    const transport = replaying([]);
    transport.wait(wake);
    transport[how]();
    await turn();
    expect(wake).not.toHaveBeenCalled();
    transport.cancel();
  });
});
