// A second opinion from the running kernel: sockets of every sort, as ss shows them and as we read them.
import { expect, test } from "vitest";
import {
  AF,
  IPPROTO,
  NDIAG_PROTO_ALL,
  NDIAG_SHOW,
  PACKET_SHOW,
  SOCK,
  type TcpInfo,
  UDIAG_SHOW,
} from "../../src/index.ts";
import { ALL, dump, facts, inet, STATE, shown, ss, TYPE, withSockets } from "../support/diag.ts";
import { live } from "../support/live.ts";

/** What ss prints of a connection, by its own names. */
const told = (info: TcpInfo): Record<string, unknown> => ({
  ...(info.sndWscale ? { wscale: `${info.sndWscale},${info.rcvWscale}` } : {}),
  rto: (info.rto ?? 0) / 1000,
  rtt: `${(info.rtt ?? 0) / 1000}/${(info.rttvar ?? 0) / 1000}`,
  mss: info.sndMss,
  pmtu: info.pmtu,
  rcvmss: info.rcvMss,
  advmss: info.advmss,
  cwnd: info.sndCwnd,
  bytes_sent: info.bytesSent,
  bytes_acked: info.bytesAcked,
  bytes_received: info.bytesReceived,
  segs_out: info.segsOut,
  segs_in: info.segsIn,
  data_segs_out: info.dataSegsOut,
  data_segs_in: info.dataSegsIn,
  delivered: info.delivered,
  rcv_space: info.rcvSpace,
  rcv_ssthresh: info.rcvSsthresh,
  minrtt: (info.minRtt ?? 0) / 1000,
  snd_wnd: info.sndWnd,
});

live("sockets, as ss shows them", () => {
  test("TCP and UDP: every field that ss prints", () =>
    withSockets(async (connection, netns) => {
      let values = 0;
      for (const [name, protocol] of [
        ["t", IPPROTO.TCP],
        ["u", IPPROTO.UDP],
      ] as const) {
        const mine = new Map((await inet(connection, protocol)).map((one) => [one.header.cookie.toString(16), one]));
        const lines = ss(netns, `-${name}aneiHmO`);
        expect(lines.length).toBe(mine.size);
        for (const line of lines) {
          const theirs = facts(line);
          const one = mine.get(theirs.get("sk") ?? "");
          if (one === undefined) throw new Error(`we have no ${line}`);
          const { header, attrs } = one;
          expect(line.split(/\s+/).slice(0, 5)).toEqual([
            STATE[header.state],
            String(header.rqueue),
            String(header.wqueue),
            shown(one, "local"),
            shown(one, "peer"),
          ]);
          const { rmemAlloc, rcvbuf, wmemAlloc, sndbuf, fwdAlloc, wmemQueued, optmem, backlog, drops } =
            attrs.skmeminfo ?? {};
          const ours: Record<string, unknown> = {
            ino: header.inode,
            cgroup: undefined,
            fwmark: `0x${attrs.mark?.toString(16)}`,
            v6only: attrs.skv6only,
            skmem: `(r${rmemAlloc},rb${rcvbuf},t${wmemAlloc},tb${sndbuf},f${fwdAlloc},w${wmemQueued},o${optmem},bl${backlog},d${drops})`,
            ...told(attrs.info ?? {}),
          };
          for (const [key, value] of theirs) {
            if (ours[key] === undefined) continue;
            expect([line, key, String(ours[key])]).toEqual([line, key, value]);
            values++;
          }
          if (protocol === IPPROTO.TCP) expect(line).toContain(` ${attrs.cong} `);
        }
      }
      expect(values).toBeGreaterThan(100);
    }));

  test("unix, abstract names too", () =>
    withSockets(async (connection, netns) => {
      const show = UDIAG_SHOW.NAME | UDIAG_SHOW.PEER | UDIAG_SHOW.RQLEN | UDIAG_SHOW.UID | UDIAG_SHOW.VFS;
      const header = { family: AF.UNIX, states: ALL, show };
      const found = await dump(connection, { unixRequest: { header } });
      const ours = found.flatMap(({ unix }) => {
        if (unix === undefined) return [];
        const { rqlen, name = "*", peer = 0 } = unix.attrs;
        const state = STATE[unix.header.state] as string;
        const queues = `${rqlen?.rqueue} ${rqlen?.wqueue}`;
        return [
          `${TYPE[unix.header.type]} ${state} ${queues} ${name.replaceAll("\0", "@")} ${unix.header.ino} * ${peer}`,
        ];
      });
      const theirs = ss(netns, "-xanH").map((line) => line.split(/\s+/).slice(0, 8).join(" "));
      expect(ours.sort()).toEqual(theirs.sort());
      expect(found.some(({ unix }) => unix?.attrs.name === "\0nlkit\0test")).toBe(true);
      expect(found.every(({ unix }) => unix?.attrs.uid === 0)).toBe(true);
    }));

  test("netlink", () =>
    withSockets(async (connection, netns) => {
      const show = NDIAG_SHOW.MEMINFO | NDIAG_SHOW.GROUPS;
      const header = { family: AF.NETLINK, protocol: NDIAG_PROTO_ALL, show };
      const found = await dump(connection, { netlinkRequest: { header } });
      const ours = found.flatMap(({ netlink }) => {
        if (netlink === undefined) return [];
        const groups = (netlink.attrs.groups?.[0] ?? 0).toString(16).padStart(8, "0");
        return [`${netlink.header.protocol}:${netlink.header.portid} 0x${groups}`];
      });
      const theirs = ss(netns, "-f", "netlink", "-aneH").map((line) => {
        return `${line.split(/\s+/)[3]} ${/groups=(\S+)/.exec(line)?.[1]}`;
      });
      // ss's own sockets, and ours.
      const others = (lines: string[]): string[] =>
        lines.filter((line) => !line.startsWith("4:") || line.startsWith("4:0 ")).sort();
      expect(others(ours)).toEqual(others(theirs));
      expect(ours).toContain("0:4242 0x00000041");
    }));

  test("packet", () =>
    withSockets(async (connection, netns) => {
      const header = { family: AF.PACKET, show: 0x3f & ~PACKET_SHOW.MCLIST };
      const [found, ...more] = await dump(connection, { packetRequest: { header } });
      expect(more).toEqual([]);
      const [line = ""] = ss(netns, "-0aneH");
      const theirs = facts(line);
      expect(line).toMatch(/^p_raw UNCONN 0 +0 +\*:lo/);
      expect(found?.packet).toMatchObject({
        header: { family: AF.PACKET, type: SOCK.RAW, num: 3, ino: Number(theirs.get("ino")) },
        attrs: { info: { index: 1, version: 0, flags: 1 }, uid: 0 },
      });
      expect(found?.packet?.header.cookie.toString(16)).toBe(theirs.get("sk"));
    }));
});
