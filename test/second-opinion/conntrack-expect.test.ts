// A second opinion from the running kernel: expectations that our encoder makes, as conntrack(8) lists them and as we read them.
import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { Conntrack } from "../../src/client/index.ts";
import { IPPROTO, IPS, NFNLGRP, NFPROTO, NLM_F, TCP_CONNTRACK } from "../../src/index.ts";
import { live, withNetns } from "../support/live.ts";

const flags = NLM_F.CREATE | NLM_F.EXCL;
const header = { family: NFPROTO.IPV4 };
const ends = (v4Src: string, v4Dst: string, srcPort: number, dstPort: number) => ({
  ip: { v4Src, v4Dst },
  proto: { num: IPPROTO.TCP, srcPort, dstPort },
});
const master = ends("10.0.0.1", "10.0.0.2", 1000, 21);

live("expectations", () => {
  it("made, listed, told, deleted", () =>
    withNetns(async (netns) => {
      const tool = (): string =>
        execFileSync("ip", ["netns", "exec", netns, "conntrack", "-L", "expect"], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        });
      await using flows = await Conntrack.open({ netns });
      const { connection } = flows;
      await using events = connection.subscribe({
        groups: [NFNLGRP.CONNTRACK_EXP_NEW, NFNLGRP.CONNTRACK_EXP_DESTROY],
      });
      await connection.request({
        name: "IPCTNL_MSG_CT_NEW",
        flags,
        header,
        attrs: {
          tupleOrig: master,
          tupleReply: ends("10.0.0.2", "10.0.0.1", 21, 1000),
          timeout: 600,
          status: IPS.CONFIRMED | IPS.SEEN_REPLY,
          protoinfo: { tcp: { state: TCP_CONNTRACK.ESTABLISHED } },
          // Only a flow with a helper may expect another.
          help: { name: "ftp" },
        },
      });
      const tuple = ends("10.0.0.2", "10.0.0.1", 0, 3000);
      const mask = ends("255.255.255.255", "255.255.255.255", 0, 0xffff);
      await connection.request({
        name: "IPCTNL_MSG_EXP_NEW",
        flags,
        header,
        attrs: { tuple, mask, master, timeout: 100 },
      });
      const { messages } = await connection.dump({ name: "IPCTNL_MSG_EXP_GET", header });
      expect(messages).toMatchObject([
        { name: "IPCTNL_MSG_EXP_NEW", attrs: { tuple, mask, master, helpName: "ftp", class: 0, flags: 0 } },
      ]);
      expect(messages[0]).not.toHaveProperty("attrs.unknown");
      expect(tool()).toContain(
        "proto=6 src=10.0.0.2 dst=10.0.0.1 sport=0 dport=3000 mask-src=255.255.255.255 mask-dst=255.255.255.255 sport=0 dport=65535 " +
          "master-src=10.0.0.1 master-dst=10.0.0.2 sport=1000 dport=21",
      );
      await connection.request({ name: "IPCTNL_MSG_EXP_DELETE", header, attrs: { tuple } });
      expect(tool()).toBe("");
      for (const action of ["new", "del"]) {
        expect((await events.next()).value).toMatchObject({ action, message: { attrs: { tuple, helpName: "ftp" } } });
      }
    }));
});
