// Packets that a rule logs to user space, as the running kernel tells them.
import { expect, it } from "vitest";
import { Nftables, newChain, newRule, newTable, Rtnetlink, rule } from "../../src/client/index.ts";
import {
  type AnyInput,
  decodeMessages,
  encodeMessage,
  type LogMessageType,
  NF,
  NF_INET,
  NFPROTO,
  NFULNL_CFG_CMD,
  NFULNL_CFG_F,
  NFULNL_COPY,
  NLM_F,
  nflog,
} from "../../src/index.ts";
import { ping } from "../../src/socket/icmp.ts";
import { openSocket } from "../../src/socket/index.ts";
import { live, withNetns } from "../support/live.ts";

const GROUP = 7;

live("a log group", () => {
  it("tells of each packet what the table says", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await rtnl.links.up("lo");
      await using nft = await Nftables.open({ netns });
      const { INET } = NFPROTO;
      await nft.apply([
        newTable(INET, "t"),
        newChain(INET, "t", "c", {
          type: "filter",
          hook: { hooknum: NF_INET.LOCAL_OUT, priority: 0 },
          policy: NF.ACCEPT,
        }),
        newRule(INET, "t", "c", [
          ...rule(INET).ctState("new").l4proto("icmp").expressions,
          { name: "log", data: { log: { group: GROUP, prefix: "seen \u001b[0m" } } },
        ]),
      ]);
      // Packets come to the socket that bound the group, without a group of events.
      const socket = openSocket({ protocol: nflog.protocol, netns });
      const buffer = new Uint8Array(1 << 16);
      const told = (): ReturnType<typeof decodeMessages<LogMessageType>> => {
        const length = socket.receive(buffer);
        return length === undefined ? [] : decodeMessages(buffer.slice(0, length), { types: nflog, strict: true });
      };
      const configure = (attrs: Extract<AnyInput<LogMessageType>, { name: "NFULNL_MSG_CONFIG" }>["attrs"]): void => {
        const header = { resId: GROUP };
        const flags = NLM_F.REQUEST | NLM_F.ACK;
        socket.send(encodeMessage({ name: "NFULNL_MSG_CONFIG", flags, header, attrs }, { types: nflog }));
        expect(told()).toMatchObject([{ name: "NLMSG_ERROR", header: { error: 0 } }]);
      };
      try {
        configure({ cmd: { command: NFULNL_CFG_CMD.BIND } });
        configure({ mode: { copyRange: 0xffff, copyMode: NFULNL_COPY.PACKET }, qthresh: 1, timeout: 1 });
        // CONNTRACK is EOPNOTSUPP here: this kernel is built without CONFIG_NETFILTER_NETLINK_GLUE_CT.
        configure({ flags: NFULNL_CFG_F.SEQ });
        await ping({ address: "127.0.0.1", netns });
        await new Promise((resolve) => setTimeout(resolve, 100));
        const [packet] = told();
        expect(packet).toMatchObject({
          name: "NFULNL_MSG_PACKET",
          header: { family: NFPROTO.IPV4, resId: GROUP },
          attrs: {
            packetHdr: { hwProtocol: 0x0800, hook: NF_INET.LOCAL_OUT },
            prefix: "seen \u001b[0m",
            ifindexOutdev: 1,
            uid: 0,
            gid: 0,
            seq: 0,
            payload: expect.any(Uint8Array),
          },
        });
        expect(packet).not.toHaveProperty("attrs.unknown");
        configure({ cmd: { command: NFULNL_CFG_CMD.UNBIND } });
      } finally {
        socket.close();
      }
    }));
});
