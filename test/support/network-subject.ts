// Calls on networks, as a test and the program that it starts make them.
import type { PublishedPort } from "../../src/network/model.ts";
import type { Networks } from "../../src/network/networks.ts";
import { formatPort, portsOf } from "../../src/network/ports.ts";

export type Call = (networks: Networks) => Promise<unknown>;

/** A call that leads from one state to another. */
export interface FaultCall {
  /** Brings about what the call needs. */
  readonly prepare?: Call;
  readonly call: Call;
  /** The same when it may have been done already. Default: the call, which is refused then. */
  readonly again?: Call;
  /** Takes back what the call made; none where it takes away itself. */
  readonly undo?: Call;
  /** What cleans up after one that was killed. Default: any other change. */
  readonly clean?: Call;
}

export const web = { name: "web", ipv6: true, subnets: ["10.77.0.0/24", "fd77::/64"] } as const;
export const forwarding = { enableForwarding: true } as const;

/** What the endpoint publishes in turn: with a port of 127.0.0.0/8, whose switch is a sysctl, and without. */
const PORTS = {
  local: ["8080:80", "127.0.0.1:8081:81/udp"],
  open: ["8080:80", "8090:90/udp", "8091-8093:91-93"],
} as const;

/** Brings about that these are published, whatever was before: one call, and the same again changes nothing. */
const publishing =
  (a: string, ports: readonly string[]): Call =>
  async (on) => {
    const [is, wanted] = [(await on.endpoint("web", a)).ports, portsOf(ports)];
    const lacks = (all: readonly PublishedPort[]) => (one: PublishedPort) =>
      !all.some((other) => formatPort(other) === formatPort(one));
    await on.publish("web", a, { add: wanted.filter(lacks(is)), remove: is.filter(lacks(wanted)) });
  };

/**
 * The calls.
 * @param a namespace of an endpoint
 * @param b namespace of another
 */
export const faultCalls = (a: string, b: string): Readonly<Record<string, FaultCall>> => {
  const connect: Call = (on) =>
    on.connect("web", {
      netns: a,
      gatewayPriority: 5,
      ports: PORTS.local,
      routes: [{ dst: "10.99.0.0/16", gateway: "10.77.0.1" }],
      sysctls: { "net.ipv4.conf.IFNAME.log_martians": "1" },
    });
  const disconnect: Call = (on) => on.disconnect("web", a);
  const create: Call = (on) => on.create(web, forwarding);
  return {
    create: { call: create, undo: (on) => on.delete("web"), clean: (on) => on.prune() },
    delete: { prepare: create, call: (on) => on.delete("web") },
    "delete with force": {
      prepare: async (on) => {
        await create(on);
        await connect(on);
        await on.connect("web", { netns: b, announce: 0 });
      },
      call: (on) => on.delete("web", { force: true }),
    },
    connect: { call: connect, undo: disconnect },
    // These two find the endpoint.
    publish: {
      call: (on) => on.publish("web", a, { add: PORTS.open.slice(1), remove: PORTS.local.slice(1) }),
      again: publishing(a, PORTS.open),
      undo: publishing(a, PORTS.local),
    },
    "publish on 127.0.0.1": {
      call: (on) => on.publish("web", a, { add: PORTS.local.slice(1), remove: PORTS.open.slice(1) }),
      again: publishing(a, PORTS.local),
      undo: publishing(a, PORTS.open),
    },
    disconnect: { prepare: connect, call: disconnect },
  };
};

/**
 * What connect and disconnect find: the namespace has its default route by another network.
 * @param networks who makes it
 * @param a the namespace
 * @param sh runs a shell command on the host
 */
export const withNetworks = async (networks: Networks, a: string, sh: (script: string) => string): Promise<void> => {
  await networks.create({ name: "zz", ipv6: true }, forwarding);
  await networks.create(web);
  await networks.connect("zz", { netns: a, announce: 0 });
  // The bridge's link-local address comes with its first carrier.
  const { connect } = faultCalls(a, "");
  await connect?.call(networks);
  const end = performance.now() + 10_000;
  while (
    sh("ip -6 addr show dev nl-web scope link").trim() === "" ||
    sh("ip -6 addr show dev nl-zz scope link").trim() === ""
  ) {
    if (performance.now() > end) throw new Error("a bridge has no link-local address after 10 s");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await connect?.undo?.(networks);
};
/** The same backwards. */
export const withoutNetworks = async (networks: Networks): Promise<void> => {
  for (const { config } of await networks.list()) await networks.delete(config.name, { force: true });
};
