// The fake says what Linux says, datagram by datagram: the same requests to both.
import { expect, test } from "vitest";
import { type MessageInput, NLM_F, route } from "../../src/index.ts";
import { openSocket, type Transport } from "../../src/socket/index.ts";
import { FakeKernel, fakeTable } from "../../src/testing/index.ts";
import { live, withNetns } from "../support/live.ts";
import { type Heard, hear, hearAll, say } from "./talk.ts";

const ASK = NLM_F.REQUEST | NLM_F.ACK;
const LIST: MessageInput = {
  name: "RTM_GETROUTE",
  flags: NLM_F.REQUEST | NLM_F.DUMP,
  header: { family: 2 },
  attrs: { table: 254 },
};
const routeTo = (i: number): MessageInput => ({
  name: "RTM_NEWROUTE",
  flags: ASK | NLM_F.CREATE | NLM_F.EXCL,
  header: { family: 2, dstLen: 32, table: 254, protocol: 4, scope: 253, type: 1 },
  attrs: { table: 254, dst: `10.1.${i >> 8}.${i & 255}`, oif: 1 },
});
const up: MessageInput = { name: "RTM_NEWLINK", flags: ASK, header: { index: 1, flags: 1, change: 1 } };

/** Both say the same of these. */
const conversation = (transport: Transport): unknown[] => {
  const first = say(transport, up);
  const said: Heard[] = hearAll(transport);
  const tell = (message: MessageInput): void => {
    say(transport, message);
    said.push(...hearAll(transport));
  };
  for (let i = 0; i < 2000; i++) tell(routeTo(i));
  tell(routeTo(7));
  tell({ ...routeTo(7), name: "RTM_DELROUTE", flags: NLM_F.REQUEST } as MessageInput);
  tell({ ...routeTo(7), name: "RTM_DELROUTE", flags: NLM_F.REQUEST } as MessageInput);
  tell({ type: 9999, flags: NLM_F.REQUEST, payload: new Uint8Array(4) });
  tell({ type: 9999, flags: NLM_F.ACK, payload: new Uint8Array(4) });
  tell({ name: "NLMSG_NOOP", flags: ASK });
  tell(LIST);
  // A second dump while one runs.
  say(transport, LIST);
  tell(LIST);
  // More acks than the buffer holds.
  for (let i = 0; i < 300; i++) say(transport, up);
  said.push(...hearAll(transport));
  return said.map((heard) => {
    if (typeof heard === "string") return heard;
    const { name, seq, pid, flags, header } = heard[0] as (typeof heard)[number] & { readonly header?: object };
    const addressed = { name, flags, seq: seq - first, mine: pid === transport.portId, count: heard.length };
    return name === "NLMSG_ERROR" ? { ...addressed, header: { ...header, seq: 0 } } : addressed;
  });
};

live("on the running kernel", () => {
  test("a conversation", async () => {
    const kernel = new FakeKernel(route).on("RTM_NEWLINK", () => {});
    fakeTable(kernel, {
      names: { add: "RTM_NEWROUTE", remove: "RTM_DELROUTE", get: "RTM_GETROUTE" },
      key: (message) => (message as { attrs: { dst?: string } }).attrs.dst ?? "",
      filter: () => true,
      missing: 3,
    });
    const fake = conversation(kernel.transport());
    await withNetns((netns) => {
      const transport = openSocket({ protocol: route.protocol, netns });
      const real = conversation(transport);
      expect(hear(transport)).toBeUndefined();
      transport.close();
      expect(fake).toEqual(real);
    });
  });
});
