// Tracked flows: what the kernel filters, what is deleted, what is told.
import { expect, test } from "vitest";
import { IPS } from "../../src/attrs/netfilter/conntrack/flow.ts";
import { Conntrack } from "../../src/client/conntrack.ts";
import type { FlowFilter } from "../../src/client/flow-filter.ts";
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
  test("fields: what the filter looks at is read too, and a deletion always says which flow", () =>
    withNetns(async (netns) => {
      await using flows = await Conntrack.open({ netns });
      const tuple = (src: string, dst: string) => ({
        ip: { v6Src: src, v6Dst: dst },
        proto: { num: 17, srcPort: 53, dstPort: 53 },
      });
      const ends = {
        tupleOrig: tuple("2001:db8::1", "2001:db8::2"),
        tupleReply: tuple("2001:db8::2", "2001:db8::1"),
      };
      const v6 = { ...flow(0), header: { family: 10 }, attrs: { ...flow(0).attrs, ...ends } };
      const made = await flows.connection.batch([...[1, 2, 3].map((i) => flow(i)), v6]);
      expect(made.filter(({ status }) => status === "rejected")).toEqual([]);
      const found = await flows.list({ orig: { src: "2001:db8::1" } }, { fields: ["mark"] });
      expect(found.map(({ attrs }) => Object.keys(attrs))).toEqual([["mark"]]);
      expect(await flows.list({ orig: { src: "2001:db8::9" } }, { fields: ["mark"] })).toEqual([]);
      // Without a tuple the kernel would forget every flow.
      await expect(flows.deleteFlows(found)).rejects.toThrow(RangeError);
      expect(await flows.list()).toHaveLength(4);
      expect(await flows.delete({ mark: 3 }, { fields: ["mark"] })).toBe(1);
      expect(await flows.list()).toHaveLength(3);
    }));
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
        // Ports alone are of both families.
        expect(await flows.list({ orig: { protocol: "tcp" } })).toHaveLength(0);
        expect((await flows.list({ orig: { protocol: "udp", dport: 53 } })).length).toBe(50_000);
        expect((await flows.list({ mark: 3 })).length).toBe(Math.ceil((50_000 - 3) / 7));
        expect((await flows.list()).length).toBe(50_000);
        await flows.flush();
        expect(await flows.list()).toEqual([]);
      }),
    60_000,
  );

  test("by IPv6 addresses: those that have them, and not all others", () =>
    withNetns(async (netns) => {
      await using flows = await Conntrack.open({ netns });
      for (const host of ["a", "b"]) {
        const [src, dst] = [`fd00::${host}`, "fd00::1"];
        const proto = { num: 17, srcPort: 9, dstPort: 53 };
        const attrs = {
          tupleOrig: { ip: { v6Src: src, v6Dst: dst }, proto },
          tupleReply: { ip: { v6Src: dst, v6Dst: src }, proto: { num: 17, srcPort: 53, dstPort: 9 } },
        };
        await flows.connection.request({ ...flow(0), header: { family: 10 }, attrs: { ...flow(0).attrs, ...attrs } });
      }
      await flows.connection.request(flow(1));
      const sources = async (filter: FlowFilter): Promise<unknown[]> =>
        (await flows.list(filter)).map(({ attrs }) => attrs.tupleOrig?.ip?.v6Src);
      expect(await sources({ orig: { src: "fd00::a" } })).toEqual(["fd00::a"]);
      expect(await sources({ orig: { src: "FD00:0::A", protocol: "udp", dport: 53 } })).toEqual(["fd00::a"]);
      expect(await sources({ orig: { src: "fd00::a", protocol: "udp", dport: 54 } })).toEqual([]);
      expect(await sources({ reply: { dst: "fd00::b" } })).toEqual(["fd00::b"]);
      expect((await sources({ orig: { dst: "fd00::1" } })).sort()).toEqual(["fd00::a", "fd00::b"]);
      expect(await sources({ orig: { dst: "fd00::2" } })).toEqual([]);
      expect(await flows.delete({ orig: { src: "fd00::a" } })).toBe(1);
      expect((await flows.list()).length).toBe(2);
    }));

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
