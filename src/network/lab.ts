// A test network of two namespaces and a bridge, built, proved and taken down over netlink alone.

import { BR_STATE } from "../attrs/route/bridge-port.ts";
import { ARPHRD } from "../attrs/route/link-names.ts";
import { checkIfname } from "../client/ifname.ts";
import type { Link } from "../client/links.ts";
import type { Rtnetlink } from "../client/rtnetlink.ts";
import type { Seen } from "../socket/transport.ts";
import type { Machine } from "./machine.ts";

/** One end of the lab: a namespace, its veth, the other end on the bridge. */
export interface LabEnd {
  /** Name of the namespace. */
  readonly netns: string;
  /** The link inside it. */
  readonly link: string;
  /** The bridge's port. */
  readonly port: string;
  /** Address and length: "192.168.100.10/24". */
  readonly address: string;
}
/** Where a lab is, and what it is made of. */
export interface Lab {
  /** The namespace that stands in for the host; "" for the present one. */
  readonly host: string;
  /** Name of the bridge. */
  readonly bridge: string;
  /** Its two ends. */
  readonly ends: readonly [LabEnd, LabEnd];
}

/** A step begins. */
export interface LabStep {
  /** Which event this is. */
  readonly kind: "step";
  /** The namespace it works in; "" for the present one. */
  readonly netns: string;
  /** The command that does the same. */
  readonly command: string;
}
/** A datagram went by. */
export interface LabDatagram {
  /** Which event this is. */
  readonly kind: "datagram";
  /** The namespace of its socket. */
  readonly netns: string;
  /** Its direction and bytes. */
  readonly datagram: Seen;
}
/** An echo came back, or did not. */
export interface LabEcho {
  /** Which event this is. */
  readonly kind: "echo";
  /** The namespace that asked. */
  readonly from: string;
  /** Whom it asked. */
  readonly address: string;
  /** icmp_seq. */
  readonly sequence: number;
  /** The round trip in milliseconds; undefined: no answer. */
  readonly ms: number | undefined;
}
/** What happens while a lab is built. */
export type LabEvent = LabStep | LabDatagram | LabEcho;

/** What of a lab exists: only that is ever deleted. */
export interface Made {
  /** Links in the host's namespace. */
  readonly links: string[];
  /** Names of namespaces. */
  readonly namespaces: string[];
}

/** How to build. */
export interface LabOptions {
  /** Where: this machine, or a recording. */
  readonly machine: Machine;
  /** Gets what happens. */
  readonly report: (event: LabEvent) => void;
  /** Stops between two steps. */
  readonly signal?: AbortSignal | undefined;
}

/** What marks a link as a lab's, in its IFLA_IFALIAS; on the bridge the names of its namespaces follow. */
const MARK = "nlkit lab";
/** Names of the namespaces that stand in for the host. */
export const HOST_NAME: RegExp = /^nlkit-lab-(\d+)$/;

/** How to name a lab. */
export interface LabNames {
  /** In the present namespace. */
  readonly here: boolean;
  /** What makes names unique. */
  readonly id: number;
  /** Name of the bridge. Default: "br0". */
  readonly bridge?: string | undefined;
}

/**
 * Names for a lab: `ns1` and `ns2` where they are free.
 * @param machine where
 * @param options what it shall be called
 * @throws RangeError for a bridge that cannot be called so
 */
export const planLab = (machine: Machine, options: LabNames): Lab => {
  const taken = new Set(machine.names());
  const free = (name: string): string => (taken.has(name) ? `${name}-${options.id}` : name);
  return {
    host: options.here ? "" : `nlkit-lab-${options.id}`,
    bridge: checkIfname(options.bridge ?? "br0"),
    ends: [
      { netns: free("ns1"), link: "veth0", port: "br-veth0", address: "192.168.100.10/24" },
      { netns: free("ns2"), link: "veth1", port: "br-veth1", address: "192.168.100.20/24" },
    ],
  };
};

/**
 * Builds a lab: bridge, namespaces, veth pairs, ports, addresses.
 * @param lab what `planLab` gave
 * @param made gets every name as soon as it is there, also when a later step fails
 * @param options where, and who is told
 * @throws KernelError, SystemError; what was built until then is left for `removeLab`
 */
export const buildLab = async (lab: Lab, made: Made, options: LabOptions): Promise<void> => {
  const { machine, report, signal } = options;
  const step = (netns: string, command: string): void => {
    signal?.throwIfAborted();
    report({ kind: "step", netns, command });
  };
  const talk = (netns: string): Rtnetlink =>
    machine.talk(netns, (datagram) => report({ kind: "datagram", netns, datagram }));
  if (lab.host !== "") {
    step("", `ip netns add ${lab.host}`);
    machine.add(lab.host);
    made.namespaces.push(lab.host);
  }
  await using host = talk(lab.host);
  // Marked first: whoever finds it half built knows what belongs to it.
  step(lab.host, `ip link add ${lab.bridge} type bridge`);
  const ifalias = [MARK, ...lab.ends.map((end) => end.netns)].join(" ");
  await host.links.add({ ifname: lab.bridge, linkinfo: { kind: "bridge" }, ifalias });
  made.links.push(lab.bridge);
  step(lab.host, `ip link set ${lab.bridge} up`);
  await host.links.up(lab.bridge);
  for (const end of lab.ends) {
    step("", `ip netns add ${end.netns}`);
    machine.add(end.netns);
    made.namespaces.push(end.netns);
  }
  for (const { link, port } of lab.ends) {
    step(lab.host, `ip link add ${link} type veth peer name ${port}`);
    const peer = { attrs: { ifname: port } };
    await host.links.add({ ifname: link, linkinfo: { kind: "veth", data: { veth: { peer } } }, ifalias: MARK });
    made.links.push(port);
  }
  for (const { link, netns } of lab.ends) {
    step(lab.host, `ip link set ${link} netns ${netns}`);
    const target = machine.open(netns);
    try {
      await host.links.set(link, { netNsFd: target.fd });
    } finally {
      target.close();
    }
  }
  for (const { port } of lab.ends) {
    step(lab.host, `ip link set ${port} master ${lab.bridge}`);
    await host.links.setMaster(port, lab.bridge);
    step(lab.host, `ip link set ${port} up`);
    await host.links.up(port);
  }
  for (const { netns, link, address } of lab.ends) {
    await using inside = talk(netns);
    step(netns, `ip link set ${link} up`);
    await inside.links.up(link);
    step(netns, `ip address add ${address} dev ${link}`);
    await inside.addresses.add(link, address);
  }
  for (const { port } of lab.ends) {
    step(lab.host, `bridge link show dev ${port}`);
    await forwarding(host, port, signal);
  }
};

/** Milliseconds that a port may take, and between two looks at it. */
const PATIENCE = 5000;
const PAUSE = 10;

/**
 * Waits until a port forwards. The kernel notices a carrier in the background, up to a second later when many links change; what is
 * sent before is lost.
 */
const forwarding = async (rtnl: Rtnetlink, port: string, signal: AbortSignal | undefined): Promise<void> => {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const { attrs } = await rtnl.links.get(port);
    if (attrs.linkinfo?.slaveData?.bridge?.state === BR_STATE.FORWARDING) return;
    if (Date.now() > deadline) throw new Error(`${port} does not forward after ${PATIENCE} ms`);
    signal?.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
};

/** How many echo requests each way. */
const ECHOES = 3;

/**
 * Sends echo requests both ways.
 * @param lab what was built
 * @param options where, and who is told
 * @returns whether every one was answered
 */
export const proveLab = async (lab: Lab, { machine, report, signal }: LabOptions): Promise<boolean> => {
  let answered = true;
  for (const [from, to] of [lab.ends, [...lab.ends].reverse()] as [LabEnd, LabEnd][]) {
    const [address = ""] = to.address.split("/");
    for (let sequence = 1; sequence <= ECHOES; sequence++) {
      signal?.throwIfAborted();
      const ms = await machine.echo(from.netns, address, sequence);
      report({ kind: "echo", from: from.netns, address, sequence, ms });
      answered &&= ms !== undefined;
    }
  }
  return answered;
};

/**
 * Takes down what was made. Goes on after a failure, and throws the first one at the end.
 * @param lab what was built
 * @param made what of it exists
 * @param options where, and who is told
 */
export const removeLab = async (lab: Lab, made: Made, options: Omit<LabOptions, "signal">): Promise<void> => {
  const { machine, report } = options;
  const failures: unknown[] = [];
  const attempt = async (netns: string, command: string, run: () => void | Promise<void>): Promise<void> => {
    report({ kind: "step", netns, command });
    try {
      await run();
    } catch (error) {
      failures.push(error);
    }
  };
  if (made.links.length > 0) {
    try {
      await using host = machine.talk(lab.host, (datagram) => report({ kind: "datagram", netns: lab.host, datagram }));
      // A port takes its other end with it; a namespace whose name is gone would keep its links until the kernel gets to it.
      for (const name of made.links.splice(0).reverse()) {
        await attempt(lab.host, `ip link delete ${name}`, () => host.links.delete(name));
      }
    } catch (error) {
      failures.push(error);
    }
  }
  for (const name of made.namespaces.splice(0).reverse()) {
    await attempt("", `ip netns delete ${name}`, () => machine.delete(name));
  }
  if (failures.length > 0) throw failures[0];
};

/** A link that is neither marked nor what every namespace is born with. */
const isForeign = ({ header, attrs }: Link): boolean =>
  header.type !== ARPHRD.LOOPBACK && attrs.ifalias !== MARK && attrs.ifalias?.startsWith(`${MARK} `) !== true;

/** A namespace of the lab's, as far as can be told: somebody may have made another of that name since. */
const holdsOnlyOurs = async (machine: Machine, name: string): Promise<boolean> => {
  await using rtnl = machine.talk(name, () => {});
  return !(await rtnl.links.list()).some(isForeign);
};

/** A lab that somebody left. */
export interface FoundLab {
  /** Where it is. */
  readonly lab: Lab;
  /** What of it exists. */
  readonly made: Made;
}

/**
 * Finds the lab whose host is a namespace, by the marks on its links.
 * @param machine where
 * @param host name of the namespace; "" for the present one
 */
export const findLab = async (machine: Machine, host: string): Promise<FoundLab> => {
  await using rtnl = machine.talk(host, () => {});
  const all = await rtnl.links.list();
  const marked = all.filter(({ attrs }) => attrs.ifalias === MARK || attrs.ifalias?.startsWith(`${MARK} `));
  const bridge = marked.find(({ attrs }) => attrs.linkinfo?.kind === "bridge");
  const plan = planLab(machine, { here: true, id: 0 });
  // Whoever else put a port on the bridge keeps it.
  const ours = new Set<string | undefined>(plan.ends.map((end) => end.port));
  const ports = all.filter(
    ({ attrs }) => bridge !== undefined && attrs.master === bridge.header.index && ours.has(attrs.ifname),
  );
  // A veth that still has its mark was not moved yet: it goes too.
  const links = [...(bridge ? [bridge] : []), ...ports, ...marked.filter((link) => link !== bridge)];
  const there = new Set(machine.names());
  const named = (bridge?.attrs.ifalias ?? MARK)
    .slice(MARK.length)
    .split(" ")
    .filter((name) => there.has(name));
  const isOurs: Record<string, boolean> = {};
  for (const name of named) isOurs[name] = await holdsOnlyOurs(machine, name);
  return {
    lab: { ...plan, host },
    made: {
      links: links.flatMap(({ attrs }) => attrs.ifname ?? []),
      namespaces: [...(host === "" ? [] : [host]), ...named].filter((name, i) =>
        i === 0 && host !== "" ? bridge !== undefined || !all.some(isForeign) : isOurs[name] === true,
      ),
    },
  };
};
