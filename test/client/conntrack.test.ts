// Tracked flows: what the kernel filters, what is deleted, what is told.
import { expect, test } from "vitest";
import { IPS } from "../../src/attrs/netfilter/conntrack/flow.ts";
import { Conntrack } from "../../src/client/conntrack.ts";
import { NLM_F } from "../../src/index.ts";
import { live, withNetns } from "../support/live.ts";
import { received } from "../support/received.ts";

const AF_INET = 2;
/** A UDP flow from 10.x.y.z, as a request. */
const flow = (i: number, src = `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`) => ({
  name: "IPCTNL_MSG_CT_NEW" as const,
  flags: NLM_F.CREATE | NLM_F.EXCL,
  header: { family: AF_INET },
  attrs: {
    tupleOrig: {
      ip: { v4Src: src, v4Dst: "192.0.2.1" },
      proto: { num: 17, srcPort: 1024 + (i % 60_000), dstPort: 53 },
    },
    tupleReply: {
      ip: { v4Src: "192.0.2.1", v4Dst: src },
      proto: { num: 17, srcPort: 53, dstPort: 1024 + (i % 60_000) },
    },
    status: IPS.CONFIRMED | IPS.SEEN_REPLY,
    timeout: 600,
    mark: i % 7,
  },
});

live("conntrack", () => {
  test(
    "50,000 flows: those of one address are deleted, and nothing else is received",
    () =>
      withNetns(async (netns) => {
        await using flows = await Conntrack.open({ netns, timeout: 60_000 });
        const made = await flows.connection.batch(Array.from({ length: 50_000 }, (_, i) => flow(i)));
        expect(made.filter(({ status }) => status === "rejected")).toEqual([]);
        const many = Array.from({ length: 20 }, (_, i) => flow(i, "172.16.0.9"));
        expect((await flows.connection.batch(many)).filter(({ status }) => status === "rejected")).toEqual([]);
        // The matches, and the end.
        expect(
          await received(async () => expect(await flows.list({ orig: { src: "172.16.0.9" } })).toHaveLength(20)),
        ).toBe(21);
        expect(await flows.delete({ orig: { src: "172.16.0.9" } })).toBe(20);
        expect(await flows.delete({ orig: { src: "172.16.0.9" } })).toBe(0);
        expect(await flows.list({ orig: { src: "10.0.0.5" } })).toHaveLength(1);
        expect(await flows.list({ reply: { dst: "10.0.0.5", protocol: "udp", sport: 53 } })).toHaveLength(1);
        expect(await flows.list({ reply: { dst: "10.0.0.5", protocol: "tcp" } })).toHaveLength(0);
        expect((await flows.list({ mark: 3 })).length).toBe(Math.ceil((50_000 - 3) / 7));
        expect((await flows.list()).length).toBe(50_000);
        await flows.flush();
        expect(await flows.list()).toEqual([]);
      }),
    60_000,
  );

  test("new, update and destroy are told", () =>
    withNetns(async (netns) => {
      await using flows = await Conntrack.open({ netns });
      await using events = flows.subscribe();
      await flows.connection.request(flow(1));
      await flows.connection.request({ ...flow(1), flags: 0, attrs: { ...flow(1).attrs, mark: 9 } });
      expect(await flows.delete({ mark: 9 })).toBe(1);
      const told = [];
      for await (const item of events) {
        told.push(
          item.action === "overrun" ? item.action : [item.action, item.message.name, item.message.flags & NLM_F.CREATE],
        );
        if (told.length === 3) break;
      }
      expect(told).toEqual([
        ["new", "IPCTNL_MSG_CT_NEW", NLM_F.CREATE],
        ["new", "IPCTNL_MSG_CT_NEW", 0],
        ["del", "IPCTNL_MSG_CT_DELETE", 0],
      ]);
    }));

  test("what cannot be asked is refused before it is sent", () =>
    withNetns(async (netns) => {
      await using flows = await Conntrack.open({ netns });
      await expect(flows.list({ orig: { sport: 53 } })).rejects.toThrow(/without its protocol/);
      await expect(flows.list({ orig: { src: "nonsense" } })).rejects.toMatchObject({ name: "EncodeError" });
      const both = { src: "10.0.0.1", dst: "fd00::1" };
      await expect(flows.list({ orig: both })).rejects.toThrow(/no flow has both/);
      expect(await flows.list()).toEqual([]);
    }));
});
