// What is remembered from one change to the next is what is there, whoever changed it meanwhile: another process, nft, ip, a dying namespace.
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NFPROTO } from "../../src/attrs/netfilter/nfnetlink.ts";
import { deleteTable, newTable } from "../../src/client/nft/messages.ts";
import { change } from "../../src/network/change.ts";
import { Host } from "../../src/network/host.ts";
import { Networks } from "../../src/network/networks.ts";
import { readState, type State } from "../../src/network/state.ts";
import { seeded } from "../../src/testing/faults.ts";
import { live, useNetns } from "../support/live.ts";

/** What decisions are made of. */
const essence = ({ networks, lost, broken, strays, linkNames, hasTables, host }: State): unknown => ({
  networks: networks.map(({ config, health, link, endpoints }) => ({
    config,
    health,
    index: link?.header.index,
    mtu: link?.attrs.mtu,
    endpoints: endpoints
      .map((one) => ({
        config: one.config,
        health: one.health,
        index: one.link?.header.index,
        master: one.link?.attrs.master,
        inside: one.link?.attrs.link,
        ifalias: one.link?.attrs.ifalias,
      }))
      .sort((a, b) => (a.config.port < b.config.port ? -1 : 1)),
  })),
  lost: lost.map(({ config }) => config.port).sort(),
  broken: [...broken].sort(),
  strays: strays.map(({ attrs }) => attrs.ifname).sort(),
  linkNames: [...linkNames].sort(),
  hasTables,
  host,
});

live("memory", () => {
  const [host = "", ...spaces] = useNetns(5);
  let remembering: Host;
  let networks: Networks;
  let others: Networks;
  beforeAll(async () => {
    execFileSync("ip", ["netns", "exec", host, "sysctl", "-qw", "net.ipv4.ip_forward=1"]);
    remembering = new Host({ netns: host });
    networks = new Networks(remembering);
    others = await Networks.open({ netns: host });
  });
  afterAll(async () => {
    for (const { config } of await others.list()) await others.delete(config.name, { force: true });
    networks.close();
    others.close();
  });
  const sh = (command: string): void => {
    execFileSync("ip", ["netns", "exec", host, "sh", "-c", command], { stdio: "ignore" });
  };
  const same = async (what: string): Promise<void> => {
    const remembered = await change(remembering, {}, ({ state }) => Promise.resolve(essence(state)));
    await using nft = remembering.nftables();
    expect(remembered, what).toEqual(essence(await readState(remembering, nft)));
  };

  test("two hundred changes by five hands", { timeout: 120_000 }, async () => {
    const random = seeded(20_261_124);
    const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];
    const names = ["a", "b", "c"];
    const long = { text: "x".repeat(60_000) };
    const ports = async (): Promise<string[]> =>
      (await others.list()).flatMap(({ endpoints }) => endpoints.map(({ config }) => config.port));
    const deeds: Record<string, () => Promise<unknown>> = {
      create: () => networks.create({ name: pick(names) ?? "", ...(random() < 0.2 ? { labels: long } : {}) }),
      "create by another": () => others.create({ name: pick(names) ?? "" }),
      connect: () => networks.connect(pick(names) ?? "", { netns: pick(spaces) ?? "", announce: 0 }),
      "connect again": () => networks.connect(pick(names) ?? "", { netns: pick(spaces) ?? "", wait: 0, announce: 0 }),
      "connect by another": () => others.connect(pick(names) ?? "", { netns: pick(spaces) ?? "", announce: 0 }),
      disconnect: () => networks.disconnect(pick(names) ?? "", pick(spaces) ?? ""),
      "disconnect by another": () => others.disconnect(pick(names) ?? "", pick(spaces) ?? ""),
      delete: () => networks.delete(pick(names) ?? "", { force: random() < 0.5 }),
      publish: () =>
        networks.publish(pick(names) ?? "", pick(spaces) ?? "", { add: [`${8000 + Math.floor(random() * 99)}:80`] }),
      "ip link del": async () => sh(`ip link del ${pick(await ports())}`),
      "ip link set name": async () =>
        sh(`ip link set ${pick(await ports())} down name moved${Math.floor(random() * 9)}`),
      "nft delete element": async () => sh(`nft delete element inet nlkit metadata '{ "${pick(await ports())}" . 0 }'`),
      "nft add table": async () => sh("nft add table ip mine; ip link add mine type bridge || ip link del mine"),
    };
    let done = 0;
    const kinds = Object.keys(deeds);
    for (let i = 0; i < 200; i++) {
      // First of all there must be something.
      const what = i < names.length * 2 ? "create" : (pick(kinds) ?? "");
      await deeds[what]?.().then(
        () => done++,
        () => undefined,
      );
      await same(`${i}: ${what}`);
    }
    expect(done).toBeGreaterThan(40);
  });

  test("what somebody else does to the ruleset while the lock is held, and between two of our transactions", async () => {
    // A subnet that no link left over by the test before has in the namespace.
    await networks.create({ name: "held", internal: true, subnets: ["10.99.0.0/24"] });
    await networks.connect("held", { netns: spaces[0] ?? "", wait: 0, announce: 0 });
    await same("before");
    const [endpoint] = (await others.inspect("held")).endpoints;
    await change(remembering, {}, async ({ nft }) => {
      sh(`nft delete element inet nlkit metadata '{ "${endpoint?.config.port}" . 0 }'`);
      // One of ours behind it: as many generations as we know of, and one.
      await nft.apply([newTable(NFPROTO.INET, "between")]);
      await nft.apply([deleteTable(NFPROTO.INET, "between")]);
    });
    await same("behind it");
    const states = await change(remembering, {}, ({ state }) => Promise.resolve(state));
    expect(states.networks.flatMap(({ endpoints }) => endpoints.map(({ config }) => config.port))).not.toContain(
      endpoint?.config.port,
    );
    await networks.delete("held", { force: true });
  });

  test("more events than there is room for", async () => {
    await networks.create({ name: "many" }).catch(() => undefined);
    await same("before");
    const script = "for i in $(seq 300); do echo link add over$i type veth peer name undr$i; done";
    sh(`(${script}) | ip -batch -`);
    await same("with 600 links more");
    sh("for i in $(seq 300); do echo link set over$i group 77; done | ip -batch - ; ip link del group 77");
    await same("without them");
  });
});
