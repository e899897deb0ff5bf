// Two namespaces on a bridge of a third, which stands in for the host; and a server in the second.
import { once } from "node:events";
import { IFA_F } from "../../src/attrs/route/address.ts";
import { Rtnetlink } from "../../src/client/index.ts";
import { openNetns, spawnIn } from "../../src/socket/index.ts";
import { withNetns } from "./live.ts";

/** Names of the namespaces, and how to talk to them. */
export interface Joined {
  readonly a: string;
  readonly b: string;
  readonly host: string;
  readonly inA: Rtnetlink;
  readonly inB: Rtnetlink;
  readonly inHost: Rtnetlink;
  /** Makes a pair: `port` on a bridge of the host, `ifname` in a namespace; both up. */
  connect(netns: string, bridge: string, port: string, ifname: string): Promise<void>;
  /** Waits until a port forwards. */
  forwards(port: string): Promise<void>;
}

/** Runs something with them: 10.1.0.2 and fd00:1::2 in A, 10.1.0.3 and fd00:1::3 in B, the bridge br0 with .1. */
export const withJoined = (run: (joined: Joined) => Promise<void>): Promise<void> =>
  withNetns((host) =>
    withNetns((a) =>
      withNetns(async (b) => {
        await using inHost = await Rtnetlink.open({ netns: host });
        await using inA = await Rtnetlink.open({ netns: a });
        await using inB = await Rtnetlink.open({ netns: b });
        await using links = await inHost.watch("link");
        const connect = async (netns: string, bridge: string, port: string, ifname: string): Promise<void> => {
          const target = openNetns(netns);
          const peer = { attrs: { ifname, netNsFd: target.fd } };
          await inHost.links.add({ ifname: port, linkinfo: { kind: "veth", data: { veth: { peer } } } });
          target.close();
          await inHost.links.setMaster(port, bridge);
          await inHost.links.up(port);
          await using inside = await Rtnetlink.open({ netns });
          await inside.links.up(ifname);
        };
        const forwards = async (port: string): Promise<void> => {
          await links.until((table) =>
            table.list().some(({ attrs }) => attrs.ifname === port && attrs.linkinfo?.slaveData?.bridge?.state === 3),
          );
        };
        await inHost.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
        await inHost.links.up("br0");
        await inHost.addresses.add("br0", "10.1.0.1/24");
        for (const [rtnl, netns, port, last] of [
          [inA, a, "pa", "2"],
          [inB, b, "pb", "3"],
        ] as const) {
          await rtnl.links.up("lo");
          await connect(netns, "br0", port, "eth0");
          await rtnl.addresses.add("eth0", `10.1.0.${last}/24`);
          await rtnl.addresses.add("eth0", `fd00:1::${last}/64`, { flags: IFA_F.NODAD });
        }
        await forwards("pa");
        await forwards("pb");
        await run({ a, b, host, inA, inB, inHost, connect, forwards });
      }),
    ),
  );

/** Runs something while a server listens: TCP answers, UDP does not. */
export const withServer = async (
  netns: string,
  address: string,
  port: number,
  run: (pid: number | undefined) => Promise<void>,
  protocol = "tcp",
): Promise<void> => {
  const script =
    protocol === "tcp"
      ? `require("net").createServer((c) => c.on("error", () => {}).end()).listen(${port}, "${address}", () => console.log("ready"))`
      : `require("dgram").createSocket("${address.includes(":") ? "udp6" : "udp4"}").bind(${port}, "${address}", () => console.log("ready"))`;
  const child = spawnIn(netns, process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    if (child.stdout !== null) await once(child.stdout, "data");
    await run(child.pid);
  } finally {
    const gone = once(child, "close");
    child.kill();
    await gone;
  }
};
