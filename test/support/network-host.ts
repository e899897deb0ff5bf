// A namespace that stands for a host which has things of its own, and what it and its neighbours look like: text to be compared.
import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll } from "vitest";
import { addNetns, deleteNetns, listNetns } from "../../src/socket/named-netns.ts";
import { canLive } from "./live.ts";

/** A busy host's: a table with rules and sets, a bridge with a port, a route, an address. */
const FOREIGN = `set -e
ip link set lo up
ip link add foreign type bridge
ip link add foreign0 type veth peer name foreign1
ip link set foreign0 master foreign
for link in foreign foreign0 foreign1; do ip link set $link addrgenmode none; done
ip link set foreign up; ip link set foreign0 up; ip link set foreign1 up
ip addr add 192.0.2.1/24 dev foreign
ip addr add 2001:db8:f::1/64 dev foreign nodad
ip route add 198.51.100.0/24 via 192.0.2.9
nft -f - <<'END'
table inet foreign {
  set people { type ipv4_addr; elements = { 192.0.2.7, 192.0.2.8 } }
  chain forward { type filter hook forward priority 0; policy accept; ip saddr @people counter drop comment "foreign"; }
}
table ip nat { chain post { type nat hook postrouting priority 100; ip saddr 192.0.2.0/24 oifname "none" masquerade; }; }
END`;

/**
 * What nft, ip and /proc say, without what time and packets change: JSON or a sysctl a line. Routes of the kernel's own come with addresses,
 * and go with the carrier. As few programs as can be: the fault tests look hundreds of times.
 */
const LOOK = `
nft -j list ruleset
printf 'addr\\nroute show\\nrule\\n' | ip -j -d -batch -
ip -6 -j route show
bridge -j link
cd /proc/sys/net && grep -rsH . ipv4/ip_forward ipv4/conf ipv6/conf bridge; exit 0
`;

const command = (netns: string, script: string): [string, string[]] => [
  "nsenter",
  [`--net=/run/netns/${netns}`, "sh", "-c", script],
];
const inNetns = (netns: string, script: string): string =>
  execFileSync(...command(netns, script), { encoding: "utf8" });

/** Counters, ages, states of links that settle by themselves; order where there is none. */
const CHANGING = new Set([
  "packets",
  "bytes",
  "operstate",
  "flags",
  "state",
  "linkmode",
  "metainfo",
  "tentative",
  "cache",
  "hello_timer",
  "tcn_timer",
  "topology_change_timer",
  "gc_timer",
  "forward_delay_timer",
  "hold_timer",
  "message_age_timer",
  "expires",
]);
// biome-ignore lint/suspicious/noExplicitAny: another program's JSON.
const still = (value: any): any => {
  if (Array.isArray(value)) {
    // A link-local address is the kernel's own, and comes up to a second behind the carrier.
    const isOwn = (one: unknown): boolean => /"family":"inet6".*"scope":"link"/.test(JSON.stringify(one));
    const all = value
      .map(still)
      .filter((one) => JSON.stringify(one) !== "{}" && one.protocol !== "kernel" && !(one.local && isOwn(one)));
    return all.map((one) => JSON.stringify(one)).sort();
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      // A rule of ours that was taken out and put in again has another number; nobody else's may have.
      .filter(([key]) => !CHANGING.has(key) && !(key === "handle" && value.table === "nlkit"))
      .map(([key, one]) => [key, still(one)]),
  );
};

/**
 * All that a namespace holds.
 * @param netns its name
 */
const lookAt = async (netns: string): Promise<string[]> => {
  const { stdout } = await promisify(execFile)(...command(netns, LOOK), { encoding: "utf8", maxBuffer: 1e8 });
  return stdout.split("\n").flatMap((line) => {
    const text = line.trim();
    if (text === "" || text.includes("/stable_secret:")) return [];
    if (!/^[[{]/.test(text)) return [text];
    const all = [still(JSON.parse(text))].flat(3) as unknown[];
    return all.map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
  });
};

/** A host with things of its own, and namespaces beside it. */
export interface TestHost {
  readonly host: string;
  readonly others: readonly string[];
  /** Runs a shell command in one of them. */
  sh(netns: string, script: string): string;
  /** All that they hold, and the names of namespaces that are there. */
  look(): Promise<string[]>;
}

let made = 0;

/**
 * Makes them for the tests around the call, and removes them behind the last.
 * @param count how many beside the host
 * @param setUp more commands for the host: sysctls
 */
export const useHost = (count: number, setUp = ""): TestHost => {
  const name = (what: string): string => `nlkit-test-${process.pid}-${what}${made++}`;
  const host = name("host");
  const others = Array.from({ length: count }, () => name("c"));
  beforeAll(() => {
    if (!canLive) return;
    for (const one of [host, ...others]) addNetns(one);
    inNetns(host, `${FOREIGN}\n${setUp}`);
    for (const one of others) inNetns(one, "ip link set lo up");
  });
  const remove = (): void => {
    for (const one of [host, ...others]) if (listNetns().includes(one)) deleteNetns(one);
  };
  afterAll(remove);
  // Also where another hook has failed, and this one is not run any more.
  process.once("exit", remove);
  const own = (one: string): boolean => [host, ...others].includes(one);
  return {
    host,
    others,
    sh: inNetns,
    look: async () => {
      const all = await Promise.all([host, ...others].map(lookAt));
      return [...all.flatMap((lines, i) => lines.map((line) => `${i}: ${line}`)), ...listNetns().filter(own).sort()];
    },
  };
};

/** What has come ("+") and gone ("-"), line by line. */
export const difference = (before: readonly string[], after: readonly string[]): string[] => {
  const [was, is] = [new Set(before), new Set(after)];
  return [
    ...before.filter((line) => !is.has(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !was.has(line)).map((line) => `+ ${line}`),
  ];
};
