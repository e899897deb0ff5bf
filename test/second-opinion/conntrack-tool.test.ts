// A second opinion from the running kernel: flows that our encoder makes, as conntrack(8) lists them and as we read them.
import { execFileSync, spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import {
  type ConntrackAttrs,
  type ConntrackMessageType,
  type ConntrackTuple,
  conntrack,
  CTA_FILTER_F as F,
  IP_CT_TCP_FLAG,
  IPPROTO,
  IPS,
  NFPROTO,
  NLM_F,
  TCP_CONNTRACK,
} from "../../src/index.ts";
import { Connection } from "../../src/socket/index.ts";
import { live, withNetns } from "../support/live.ts";

const CREATE = NLM_F.CREATE | NLM_F.EXCL;
type Flow = { readonly header: { readonly family: number }; readonly attrs: ConntrackAttrs };

const ends = (family: number, a: string, b: string): ConntrackTuple["ip"] =>
  family === NFPROTO.IPV4 ? { v4Src: a, v4Dst: b } : { v6Src: a, v6Dst: b };
/** A flow of ports, both directions. */
const ports = (family: number, a: string, b: string, num: number, from: number, to: number): ConntrackAttrs => ({
  tupleOrig: { ip: ends(family, a, b), proto: { num, srcPort: from, dstPort: to } },
  tupleReply: { ip: ends(family, b, a), proto: { num, srcPort: to, dstPort: from } },
  timeout: 1000,
});
const v4 = { family: NFPROTO.IPV4 };
const v6 = { family: NFPROTO.IPV6 };
const assured = IPS.SEEN_REPLY | IPS.ASSURED | IPS.CONFIRMED;

const FLOWS: readonly Flow[] = [
  ...([1, 2, 3, 4, 5, 6, 7, 8] as const).map((state): Flow => {
    const attrs = ports(NFPROTO.IPV4, "10.0.0.1", "10.0.0.2", IPPROTO.TCP, 1000 + state, 80);
    // Scales count only where both directions are said to have one.
    const scaled = { flags: IP_CT_TCP_FLAG.WINDOW_SCALE, mask: IP_CT_TCP_FLAG.WINDOW_SCALE };
    const tcp = { state, wscaleOriginal: 7, wscaleReply: state, flagsOriginal: scaled, flagsReply: scaled };
    return { header: v4, attrs: { ...attrs, status: assured, mark: state, protoinfo: { tcp } } };
  }),
  { header: v4, attrs: ports(NFPROTO.IPV4, "10.0.0.1", "10.0.0.2", IPPROTO.UDP, 5000, 53) },
  {
    header: v4,
    attrs: {
      ...ports(NFPROTO.IPV4, "10.0.0.1", "10.0.0.2", IPPROTO.UDP, 5001, 53),
      natDst: { v4Minip: "10.9.9.9", proto: { portMin: 5353, portMax: 5353 } },
    },
  },
  {
    header: v4,
    attrs: {
      ...ports(NFPROTO.IPV4, "10.0.0.1", "10.0.0.2", IPPROTO.UDP, 5002, 53),
      natSrc: { v4Minip: "192.0.2.1", v4Maxip: "192.0.2.1" },
      labels: Uint8Array.from({ length: 16 }, (_, i) => (i === 0 ? 2 : 0)),
    },
  },
  { header: v4, attrs: { ...ports(NFPROTO.IPV4, "10.0.0.1", "10.0.0.2", IPPROTO.UDP, 5003, 53), zone: 9 } },
  { header: v6, attrs: ports(NFPROTO.IPV6, "2001:db8::1", "2001:db8::2", IPPROTO.UDP, 5000, 53) },
  {
    header: v6,
    attrs: {
      ...ports(NFPROTO.IPV6, "2001:db8::1", "2001:db8::2", IPPROTO.TCP, 5000, 80),
      protoinfo: { tcp: { state: TCP_CONNTRACK.ESTABLISHED } },
    },
  },
  {
    header: v4,
    attrs: {
      tupleOrig: {
        ip: ends(2, "10.0.0.1", "10.0.0.3"),
        proto: { num: IPPROTO.ICMP, icmpType: 8, icmpCode: 0, icmpId: 7 },
      },
      tupleReply: {
        ip: ends(2, "10.0.0.3", "10.0.0.1"),
        proto: { num: IPPROTO.ICMP, icmpType: 0, icmpCode: 0, icmpId: 7 },
      },
      timeout: 1000,
    },
  },
  {
    header: v6,
    attrs: {
      tupleOrig: {
        ip: ends(10, "2001:db8::1", "2001:db8::3"),
        proto: { num: IPPROTO.ICMPV6, icmpv6Type: 128, icmpv6Code: 0, icmpv6Id: 7 },
      },
      tupleReply: {
        ip: ends(10, "2001:db8::3", "2001:db8::1"),
        proto: { num: IPPROTO.ICMPV6, icmpv6Type: 129, icmpv6Code: 0, icmpv6Id: 7 },
      },
      timeout: 1000,
    },
  },
];

/** What conntrack's XML has of a direction: addresses, protocol, ports; nothing of ICMP, which its plain list has. */
const direction = ({ ip = {}, proto = {} }: ConntrackTuple = {}): string[] => {
  const { num, srcPort = "", dstPort = "" } = proto;
  return [ip.v4Src ?? ip.v6Src, ip.v4Dst ?? ip.v6Dst, num, srcPort, dstPort].map(String);
};
const STATE = Object.fromEntries(Object.entries(TCP_CONNTRACK).map(([name, value]) => [value, name]));
/** A flow as facts. Its timeout runs. */
const ours = (attrs: ConntrackAttrs): string =>
  [
    ...direction(attrs.tupleOrig),
    ...direction(attrs.tupleReply),
    STATE[attrs.protoinfo?.tcp?.state ?? -1] ?? "",
    `mark ${attrs.mark}`,
    `id ${attrs.id}`,
    `zone ${attrs.zone ?? 0}`,
    `packets ${attrs.countersOrig?.packets} ${attrs.countersReply?.packets}`,
    (attrs.status ?? 0) & IPS.ASSURED ? "assured" : "",
    (attrs.status ?? 0) & IPS.SEEN_REPLY ? "" : "unreplied",
  ].join(" ");

const within = (xml: string, tag: string): string => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? "";
const theirs = (flow: string): string => {
  const metas = [...flow.matchAll(/<meta direction="(?:original|reply)">(.*?)<\/meta>/g)].map(([, meta = ""]) => meta);
  const parts = metas.map((meta) => {
    const num = /layer4 protonum="(\d+)"/.exec(meta)?.[1] ?? "";
    return [within(meta, "src"), within(meta, "dst"), num, within(meta, "sport"), within(meta, "dport")].join(" ");
  });
  const own = /<meta direction="independent">(.*?)<\/meta>/.exec(flow)?.[1] ?? "";
  return [
    ...parts,
    within(own, "state"),
    `mark ${within(own, "mark")}`,
    `id ${within(own, "id")}`,
    `zone ${within(own, "zone") || 0}`,
    `packets ${metas.map((meta) => within(meta, "packets")).join(" ")}`,
    own.includes("<assured/>") ? "assured" : "",
    own.includes("<unreplied/>") ? "unreplied" : "",
  ].join(" ");
};

const tool = ["conntrack", "nft"].every((program) => spawnSync(program, ["--version"]).status === 0);
const required = process.env["NLKIT_REQUIRE_ALL"] === "1";
if (!tool) console.warn("skipped: conntrack(8) or nft(8) is not installed");

live("conntrack(8)", () => {
  it.runIf(tool || required)("lists what our encoder made as we list it", () =>
    withNetns(async (netns) => {
      const run = (...args: string[]): string =>
        execFileSync("ip", ["netns", "exec", netns, ...args], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        });
      run("sysctl", "-qw", "net.netfilter.nf_conntrack_acct=1", "net.netfilter.nf_conntrack_timestamp=1");
      // Flows have room for labels only where some rule looks at them.
      run("nft", "add table ip t; add chain ip t c; add rule ip t c ct label 1 accept");
      await using connection: Connection<ConntrackMessageType> = Connection.open(conntrack, { netns });
      for (const flow of FLOWS) await connection.request({ name: "IPCTNL_MSG_CT_NEW", flags: CREATE, ...flow });

      const list = async (attrs: ConntrackAttrs = {}, family = 0): Promise<ConntrackAttrs[]> => {
        const { messages } = await connection.dump({ name: "IPCTNL_MSG_CT_GET", header: { family }, attrs });
        return messages.flatMap((message) => (message.name === "IPCTNL_MSG_CT_NEW" ? [message.attrs] : []));
      };
      const all = await list();
      const xml = run("conntrack", "-L", "-o", "xml,id");
      const flows = [...xml.matchAll(/<flow>.*?<\/flow>/g)].map(([flow]) => theirs(flow));
      expect(all.map(ours).sort()).toEqual(flows.sort());
      expect(all).toHaveLength(FLOWS.length);
      for (const { tupleOrig: { ip = {}, proto = {} } = {} } of all) {
        const [type, code, id] =
          proto.num === IPPROTO.ICMP
            ? [proto.icmpType, proto.icmpCode, proto.icmpId]
            : [proto.icmpv6Type, proto.icmpv6Code, proto.icmpv6Id];
        if (type === undefined) continue;
        const plain = run("conntrack", "-L", "-f", ip.v4Src === undefined ? "ipv6" : "ipv4");
        expect(plain).toContain(
          `src=${ip.v4Src ?? ip.v6Src} dst=${ip.v4Dst ?? ip.v6Dst} type=${type} code=${code} id=${id}`,
        );
      }
      for (const { unknown, timeout = 0, timestamp } of all) {
        expect(unknown).toBeUndefined();
        expect(timeout).toBeGreaterThan(900);
        expect(Number((timestamp?.start ?? 0n) / 1_000_000_000n)).toBeCloseTo(Date.now() / 1000, -2);
      }
      // What came out goes in: the flow that was translated, by its own attributes.
      const [nat] = all.filter(({ tupleReply }) => tupleReply?.ip?.v4Src === "10.9.9.9");
      expect(nat).toMatchObject({ tupleReply: { proto: { srcPort: 5353 } } });
      expect((nat?.status ?? 0) & IPS.DST_NAT).not.toBe(0);
      const [labelled] = all.filter(({ tupleOrig }) => tupleOrig?.proto?.srcPort === 5002);
      expect([...(labelled?.labels ?? [])].slice(0, 1)).toEqual([2]);
      expect(all.find(({ mark }) => mark === 3)?.protoinfo?.tcp).toMatchObject({ wscaleOriginal: 7, wscaleReply: 3 });

      // Every bit of CTA_FILTER chooses by the part that it is named after.
      const udp = {
        ip: { v4Src: "10.0.0.1", v4Dst: "10.0.0.2" },
        proto: { num: IPPROTO.UDP, srcPort: 5001, dstPort: 53 },
      };
      const icmp = { ip: udp.ip, proto: { num: IPPROTO.ICMP, icmpType: 8, icmpCode: 0, icmpId: 7 } };
      const icmp6 = {
        ip: { v6Src: "::1", v6Dst: "::1" },
        proto: { num: IPPROTO.ICMPV6, icmpv6Type: 128, icmpv6Code: 0, icmpv6Id: 7 },
      };
      for (const [tuple, flags, family, part] of [
        [udp, F.CTA_IP_SRC, 2, (t) => t.ip?.v4Src],
        [udp, F.CTA_IP_DST, 2, (t) => t.ip?.v4Dst],
        [udp, F.CTA_PROTO_NUM, 2, (t) => t.proto?.num],
        [udp, F.CTA_PROTO_NUM | F.CTA_PROTO_SRC_PORT, 2, (t) => t.proto?.srcPort],
        [udp, F.CTA_PROTO_NUM | F.CTA_PROTO_DST_PORT, 2, (t) => [t.proto?.num, t.proto?.dstPort].join()],
        [icmp, F.CTA_PROTO_NUM | F.CTA_PROTO_ICMP_TYPE, 2, (t) => t.proto?.icmpType],
        [icmp, F.CTA_PROTO_NUM | F.CTA_PROTO_ICMP_CODE, 2, (t) => t.proto?.icmpCode],
        [icmp, F.CTA_PROTO_NUM | F.CTA_PROTO_ICMP_ID, 2, (t) => t.proto?.icmpId],
        [icmp6, F.CTA_PROTO_NUM | F.CTA_PROTO_ICMPV6_TYPE, 10, (t) => t.proto?.icmpv6Type],
        [icmp6, F.CTA_PROTO_NUM | F.CTA_PROTO_ICMPV6_CODE, 10, (t) => t.proto?.icmpv6Code],
        [icmp6, F.CTA_PROTO_NUM | F.CTA_PROTO_ICMPV6_ID, 10, (t) => t.proto?.icmpv6Id],
      ] as [ConntrackTuple, number, number, (tuple: ConntrackTuple) => unknown][]) {
        const due = all
          .filter(({ tupleOrig: t = {} }) => (t.ip?.v4Src === undefined ? 10 : 2) === family && part(t) === part(tuple))
          .map(({ id }) => id);
        const found = await list({ tupleOrig: tuple, filter: { origFlags: flags, replyFlags: 0 } }, family);
        expect([flags, ...found.map(({ id }) => id).sort()]).toEqual([flags, ...due.sort()]);
        expect(due.length).toBeGreaterThan(0);
        expect(due.length).toBeLessThan(all.length);
      }

      // Statistics: flows of all CPUs are the flows there are.
      const { messages } = await connection.request({ name: "IPCTNL_MSG_CT_GET_STATS" });
      const [stats] = messages;
      expect(stats).toMatchObject({ name: "IPCTNL_MSG_CT_GET_STATS", attrs: { entries: FLOWS.length } });
      const cpus = await connection.dump({ name: "IPCTNL_MSG_CT_GET_STATS_CPU" });
      const inserted = cpus.messages.map((one) =>
        one.name === "IPCTNL_MSG_CT_GET_STATS_CPU" ? (one.attrs.insert ?? 0) : 0,
      );
      expect(inserted.reduce((sum, n) => sum + n)).toBe(FLOWS.length);
    }),
  );
});
