// A namespace that stands in for the host, with an uplink to an outside: where networks are tried with real packets.
import { execFileSync } from "node:child_process";
import { addNetns, deleteNetns, listNetns } from "../../src/socket/named-netns.ts";
import { Agent } from "./agent.ts";

let made = 0;
/** Addresses of the host's uplink and of the outside: TEST-NET-2 (RFC 5737), RFC 3849. */
export const UPLINK = { 4: "198.51.100.1", 6: "2001:db8:1::1" } as const;
export const OUTSIDE = { 4: "198.51.100.2", 6: "2001:db8:1::2" } as const;
/** More addresses of the host. */
export const SECOND = { 4: "198.51.100.3", 6: "2001:db8:1::3" } as const;

const run = (command: string): string => execFileSync("sh", ["-c", command], { encoding: "utf8" });

/** Two namespaces, an uplink between, and as many more as asked for. */
export class TestHost implements AsyncDisposable {
  /** Name of the namespace that stands in for the host. */
  readonly netns: string;
  readonly outside: string;
  readonly #made: string[] = [];
  readonly #agents: Agent[] = [];

  /** @param bridgeNf what bridge-nf-call-iptables and -ip6tables are */
  constructor(bridgeNf: 0 | 1) {
    this.netns = this.addNetns();
    this.outside = this.addNetns();
    const on = { h: this.netns, o: this.outside };
    const address = (where: keyof typeof on, ...list: string[]): string[] =>
      list.map((one) => `ip -n ${on[where]} addr add ${one} dev up0 ${one.includes(":") ? "nodad" : ""}`);
    // Of two addresses IPv6 takes the later one for its own, unless that is deprecated.
    const deprecated = `ip -n ${on.h} addr add ${SECOND[6]}/64 dev up0 nodad preferred_lft 0`;
    const sysctls = ["net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1"];
    run(
      [
        `ip -n ${on.h} link add up0 type veth peer name up0 netns ${on.o}`,
        // DAD of the link-local address would keep neighbours unasked for 2 s.
        ...Object.values(on).map((ns) => `ip netns exec ${ns} sysctl -qw net.ipv6.conf.up0.accept_dad=0`),
        ...Object.values(on).flatMap((ns) => ["lo", "up0"].map((link) => `ip -n ${ns} link set ${link} up`)),
        ...address("h", `${UPLINK[4]}/24`, `${SECOND[4]}/24`, `${UPLINK[6]}/64`),
        deprecated,
        ...address("o", `${OUTSIDE[4]}/24`, `${OUTSIDE[6]}/64`),
        `ip netns exec ${on.h} sysctl -qw ${sysctls.join(" ")}`,
      ].join(" && "),
    );
    this.bridgeNf(bridgeNf);
  }

  /** Sets bridge-nf-call-iptables and -ip6tables. */
  bridgeNf(value: 0 | 1): void {
    const names = ["iptables", "ip6tables"].map((name) => `net.bridge.bridge-nf-call-${name}=${value}`);
    run(`ip netns exec ${this.netns} sysctl -qw ${names.join(" ")}`);
  }

  /** One more namespace; it goes with the host. */
  addNetns(): string {
    const name = `nlkit-test-h${process.pid}-${made++}`;
    addNetns(name);
    this.#made.push(name);
    return name;
  }
  /** An agent that goes with the host, in a namespace of its own or in one that there is. */
  agent(name: string, netns: string = this.addNetns()): Agent & { readonly where: string } {
    const agent = Object.assign(Agent.in(netns, name), { where: netns });
    this.#agents.push(agent);
    return agent;
  }

  /** Runs a shell command in the host's namespace. */
  in(command: string, netns: string = this.netns, input = ""): string {
    const args = [`--net=/run/netns/${netns}`, "sh", "-c", command];
    return execFileSync("nsenter", args, { encoding: "utf8", input });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent.kill()));
    const left = new Set(listNetns());
    for (const name of this.#made) if (left.has(name)) deleteNetns(name);
  }
}
