// Counts what a call on networks says to the kernel, in a process of its own under strace, and what Docker's library says for the same step.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { writeSysctl } from "../src/network/sysctl.ts";
import { addNetns, deleteNetns, listNetns } from "../src/socket/named-netns.ts";
import { strace } from "./strace.ts";

/** What is counted, in this order: each finds what those before it made. */
export const STEPS = {
  create: 'on.create({ name: "web", ipv6: true })',
  "create a second network": 'on.create({ name: "more", ipv6: true })',
  connect: 'on.connect("web", { netns })',
  disconnect: 'on.disconnect("web", netns)',
  "connect, wait: 0": 'on.connect("web", { netns, wait: 0 })',
  "disconnect again": 'on.disconnect("web", netns)',
  "connect with a published port": 'on.connect("web", { netns, ports: ["8080:80"] })',
  "publish another": 'on.publish("web", netns, { add: ["8081:81"] })',
  "delete with force": 'on.delete("web", { force: true })',
  delete: 'on.delete("more")',
} as const;
export type Step = keyof typeof STEPS;

/** Netlink only: announcements on the link are not counted. */
export interface Count {
  readonly sends: number;
  readonly messages: number;
}

const PROGRAM = `
  import { Networks } from "./src/network/networks.ts";
  const [, , host, netns, step] = process.argv;
  await using on = await Networks.open({ netns: host });
  const steps = { ${Object.entries(STEPS)
    .map(([name, code]) => `${JSON.stringify(name)}: () => ${code}`)
    .join(", ")} };
  await steps[step]();
  console.log("ok");`;

const countIn = (log: string): Count => {
  const sends = log.split("\n").filter((line) => / send(to|msg|mmsg)\(/.test(line) && line.includes("nlmsg_len="));
  return {
    sends: sends.length,
    messages: sends.reduce((sum, line) => sum + (line.match(/nlmsg_len=/g)?.length ?? 0), 0),
  };
};

/**
 * Counts all steps, each in a new process, in namespaces that are made for it.
 * @param name unique part of their names
 */
export const countSteps = async (name: string): Promise<Map<Step, Count>> => {
  const [host, netns] = [`nlkit-test-${name}-host`, `nlkit-test-${name}-c`];
  const outfile = join(process.cwd(), `.tmp-count-${name}.mjs`);
  const counts = new Map<Step, Count>();
  try {
    await build({
      stdin: { contents: PROGRAM, resolveDir: ".", loader: "ts" },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "es2022",
      packages: "external",
      outfile,
      logLevel: "warning",
    });
    for (const one of [host, netns]) addNetns(one);
    for (const sysctl of ["net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding"]) writeSysctl(host, sysctl, "1");
    for (const step of Object.keys(STEPS) as Step[]) {
      const options = ["-v", "-s", "1048576", "-e", "trace=sendto,sendmsg,sendmmsg"];
      const { log, stdout } = await strace(options, [process.execPath, outfile, host, netns, step]);
      if (stdout !== "ok") throw new Error(`${step}: ${stdout}`);
      counts.set(step, countIn(log));
    }
    return counts;
  } finally {
    rmSync(outfile, { force: true });
    for (const one of [host, netns]) if (listNetns().includes(one)) deleteNetns(one);
  }
};

/** What Docker's library was recorded saying for each step; how often, where a row of the checklist has it more than once. */
const DOCKER: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  create: {
    "net-dump-on-link-routes-v4-inferreservednetworks": 1,
    // N1 and N3.
    "net-linkbyname-bridge-missing": 2,
    "net-setupdevice-linkadd-bridge": 1,
    "net-setupbridgeipv4-addrlist-v4": 1,
    "net-setupbridgeipv4-addradd": 1,
    "net-setupbridgeipv6-addrlist-v6": 1,
    "net-setupbridgeipv6-addrreplace-nodad": 1,
    "net-setupdeviceup-linksetup-bridge": 1,
    "net-refresh-linkbyname-bridge": 1,
  },
  connect: {
    "ep-veth-name-probe-missing": 2,
    "ep-linkadd-veth-peer-netns-fd": 1,
    // E4 and E6: the host's end, and in E6 the bridge.
    "ep-linkbyname-host-veth": 2,
    "net-refresh-linkbyname-bridge": 1,
    "ep-linkbyname-peer-in-container": 1,
    "ep-linksetmaster-host-veth-bridge": 1,
    "ep-linksetup-host-veth": 1,
    "sandbox-linkbyname-lo-in-container": 1,
    "sandbox-linksetup-lo-in-container": 1,
    "sbox-linksetdown-peer": 1,
    "sbox-linksetname-peer-eth0": 1,
    "sbox-linksethardwareaddr": 1,
    "sbox-checkrouteconflict-routelist-v4": 1,
    "sbox-addradd-v4": 1,
    "sbox-checkrouteconflict-routelist-v6": 1,
    "sbox-addradd-v6-nodad": 1,
    "sbox-linksetup-eth0": 1,
    "sbox-linksubscribe-listexisting": 1,
    // S15 twice, S17 before the first announcement.
    "sbox-linkbyindex-eth0": 3,
    "sbox-waitformcastroute-routeget-ff02-1": 1,
    "sbox-routeget-gw4": 1,
    "sbox-routeadd-default-v4": 1,
    "sbox-routeget-gw6": 1,
    "sbox-routeadd-default-v6": 1,
  },
  disconnect: {
    "leave-linkbyname-eth0": 1,
    "leave-linksetdown-eth0": 1,
    "leave-linksetname-eth0-veth4d5e6f7": 1,
    "leave-linksetnsfd-back-to-host": 1,
    "del-ep-linkbyname-veth4d5e6f7-linkdel": 1,
  },
  delete: { "net-refresh-linkbyname-bridge": 1, "del-net-linkdel-bridge": 1 },
};

/** Requests to NETLINK_ROUTE of each step, one a send: its firewall is other programs, and its connection tracking was not recorded. */
export const dockerCounts = (folder = "fixtures/docker-driver"): Map<string, number> => {
  const files = new Set(readdirSync(folder));
  return new Map(
    Object.entries(DOCKER).map(([step, items]) => {
      const all = Object.entries(items).map(([item, times]) => {
        if (!files.has(`${item}.txt`)) throw new Error(`${folder} has no ${item}`);
        return times * (readFileSync(`${folder}/${item}.txt`, "utf8").match(/^> /gm)?.length ?? 0);
      });
      return [step, all.reduce((sum, one) => sum + one, 0)];
    }),
  );
};

/** The table of docs/network-messages.md. */
export const tableOf = (counts: ReadonlyMap<Step, Count>, docker: ReadonlyMap<string, number>): string =>
  [
    "| call | datagrams | messages in them | Docker's library: both |",
    "| --- | ---: | ---: | ---: |",
    ...[...counts].map(
      ([step, { sends, messages }]) => `| ${step} | ${sends} | ${messages} | ${docker.get(step) ?? ""} |`,
    ),
  ].join("\n");
