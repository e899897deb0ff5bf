// What `Sockets` says and what ss(8) says of the same sockets: in every state, under names that were chosen to confuse.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NFPROTO } from "../../src/attrs/netfilter/nfnetlink.ts";
import {
  type InetSocketEntry,
  Nftables,
  newChain,
  newRule,
  newTable,
  Rtnetlink,
  rule,
  Sockets,
  type UnixSocketEntry,
} from "../../src/client/index.ts";
import { IDIAG_TIMER, NF, NF_INET, TCP } from "../../src/index.ts";
import { spawnIn } from "../../src/socket/index.ts";
import { STATE, shown, ss, ssText, TYPE } from "../support/diag.ts";
import { live, withNetns } from "../support/live.ts";
import { received } from "../support/received.ts";

const TIMER: Readonly<Record<number, string>> = {
  [IDIAG_TIMER.ON]: "on",
  [IDIAG_TIMER.KEEPALIVE]: "keepalive",
  [IDIAG_TIMER.TIMEWAIT]: "timewait",
  [IDIAG_TIMER.PROBE0]: "persist",
};

/** ` users:(("node",pid=1,fd=2))`, as ss -p ends a line. */
const users = ({ holders = [] }: InetSocketEntry | UnixSocketEntry): string => {
  const each = holders.map(({ command, pid, fd }) => `("${command}",pid=${pid},fd=${fd})`);
  return each.length === 0 ? "" : ` users:(${each.join(",")})`;
};
/** Columns are padded with spaces. */
const squeezed = (text: string): string => text.replaceAll(/ +/g, " ").trim();

/** A namespace with the program's sockets; `silence`: from then on hardly anything arrives. */
const withStates = (run: (netns: string, silence: () => Promise<void>) => Promise<void>): Promise<void> =>
  withNetns(async (netns) => {
    {
      await using rtnl = await Rtnetlink.open({ netns });
      await rtnl.links.up("lo");
    }
    const directory = mkdtempSync(join(tmpdir(), "nlkit-sockets-"));
    const child: ChildProcess = spawnIn(netns, process.execPath, ["test/support/socket-states.mjs", directory], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const gone = once(child, "close");
    const said = async (): Promise<void> => {
      await Promise.race([once(child.stdout as NodeJS.ReadableStream, "data"), gone]);
    };
    try {
      await said();
      await run(netns, async () => {
        await using nft = await Nftables.open({ netns });
        const { INET } = NFPROTO;
        const hook = { hooknum: NF_INET.LOCAL_IN, priority: 0 };
        await nft.apply([
          newTable(INET, "silence"),
          newChain(INET, "silence", "in", { type: "filter", hook, policy: NF.DROP }),
          newRule(INET, "silence", "in", rule(INET).dport("tcp", 8082).accept().expressions),
          newRule(INET, "silence", "in", rule(INET).sport("tcp", 8083).accept().expressions),
        ]);
        child.stdin?.write("go\n");
        await said();
      });
    } finally {
      child.kill();
      await gone;
      rmSync(directory, { recursive: true, force: true });
    }
  });

const inetLine = (one: InetSocketEntry): string => {
  const { header, protocol } = one;
  const [state, timer] = [STATE[header.state], TIMER[header.timer]];
  // How long a timer still runs, and how often something was sent again, is another thing a moment later.
  const running = timer === undefined ? "" : ` timer:(${timer})`;
  const extended = `${header.uid === 0 ? "" : ` uid:${header.uid}`} ino:${header.inode} sk:${header.cookie.toString(16)}`;
  return `${protocol} ${state} ${header.rqueue} ${header.wqueue} ${shown(one, "local")} ${shown(one, "peer")}${users(one)}${running}${extended}`;
};
const theirInetLine = (line: string): string =>
  squeezed(line)
    .replace(/timer:\((\w+),[^)]*\)/, "timer:($1)")
    .replace(/(sk:[\da-f]+).*/, "$1");

live("Sockets, and ss", () => {
  test("-tuanpoeH: every column, in every state", () =>
    withStates(async (netns, silence) => {
      await using sockets = await Sockets.open({ netns });
      const states = new Set<number>();
      const timers = new Set<number>();
      const compare = async (): Promise<void> => {
        const all = await sockets.list({ processes: true });
        for (const { header } of all) states.add(header.state);
        for (const { header } of all) timers.add(header.timer);
        expect(all.map(inetLine).sort()).toEqual(ss(netns, "-tuanpoeHO").map(theirInetLine).sort());
      };
      await compare();
      await silence();
      await compare();
      // Two are the kernel's own: NEW_SYN_RECV is shown as SYN-RECV, BOUND_INACTIVE never.
      const { NEW_SYN_RECV, BOUND_INACTIVE, ...shownStates } = TCP;
      expect(states).toEqual(new Set(Object.values(shownStates)));
      const { OFF, ON, KEEPALIVE, TIMEWAIT } = IDIAG_TIMER;
      expect(timers).toEqual(new Set([OFF, ON, KEEPALIVE, TIMEWAIT]));
    }));

  test("-xapH: every column, and names of any bytes", () =>
    withStates(async (netns) => {
      await using sockets = await Sockets.open({ netns });
      const all = await sockets.unix({ processes: true });
      const ours = all.map((one) => {
        const { header, attrs } = one;
        const { rqlen, name = "*", peer = 0 } = attrs;
        const head = `${TYPE[header.type]} ${STATE[header.state]} ${rqlen?.rqueue} ${rqlen?.wqueue}`;
        return squeezed(`${head} ${name.replaceAll("\0", "@")} ${header.ino} * ${peer}${users(one)}`);
      });
      // A name may end a line: what ss printed has to be all of ours and nothing else.
      let left = `\n${squeezed(ssText(netns, "-xapHO")).replaceAll(/ *\n */g, "\n")}\n`;
      for (const line of ours) {
        expect(left).toContain(`\n${line}\n`);
        left = left.replace(`\n${line}\n`, () => "\n");
      }
      expect(left).toBe("\n");
      expect(all.length).toBeGreaterThan(20);
      expect(all.every(({ holders = [] }) => holders.length > 0)).toBe(true);
    }));

  test("the kernel filters: by port, by a condition, by state", () =>
    withStates(async (netns) => {
      await using sockets = await Sockets.open({ netns });
      const count = await received(async () => {
        const [listener, ...more] = await sockets.listeners({ port: 8080, protocols: ["tcp"], processes: true });
        expect(more).toEqual([]);
        expect(listener).toMatchObject({ header: { src: "127.0.0.1", sport: 8080, state: TCP.LISTEN } });
        expect(listener?.holders).toMatchObject([{ command: "node" }]);
      });
      // That one, and the ends of two dumps.
      expect(count).toBe(3);
      const clients = await sockets.list({ filter: { and: [{ dport: 8080 }, { dst: "127.0.0.0/8" }] } });
      expect(clients.length).toBeGreaterThan(3);
      expect(clients.every(({ header }) => header.dport === 8080)).toBe(true);
      const [waiting] = await sockets.list({ states: [TCP.TIME_WAIT] });
      expect(waiting?.header).toMatchObject({ state: TCP.TIME_WAIT, inode: 0 });
      const listening = await sockets.unix({ states: [TCP.LISTEN] });
      expect(listening.map(({ attrs }) => attrs.name).sort()).toEqual(["plain", "seq"]);
    }));
});
