// Builds a lab and proves it: every step is a message that `ip` and `bridge` would send.
import { BR_STATE } from "../attrs/route/bridge-port.ts";
import type { Rtnetlink } from "../client/rtnetlink.ts";
import { type Lab, type LabEnd, type LabOptions, MARK, type Made } from "./lab.ts";

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
