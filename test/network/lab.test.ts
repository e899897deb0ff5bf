// A lab without the command around it: run, kept, stopped, found again.
import { execFileSync } from "node:child_process";
import { afterEach, expect, test } from "vitest";
import {
  findLab,
  isRunning,
  keptHosts,
  type LabEvent,
  liveMachine as machine,
  planLab,
  removeKeptLabs,
  runLab,
  whyLost,
} from "../../src/network/index.ts";
import { deleteNetns, listNetns } from "../../src/socket/named-netns.ts";
import { live } from "../support/live.ts";

/** More than any process id. */
const ID = 8_000_000 + process.pid;
const own = (): string[] => listNetns().filter((name) => name.endsWith(`-${ID}`));
const plan = () => {
  const lab = planLab(machine, { here: false, id: ID });
  const [a, b] = lab.ends;
  // Names of our own, so that labs of other tests, which use ns1 and ns2, are not in the way.
  return {
    ...lab,
    ends: [
      { ...a, netns: `nlkit-a-${ID}` },
      { ...b, netns: `nlkit-b-${ID}` },
    ] as const,
  };
};

live("a lab", () => {
  afterEach(() => own().forEach(deleteNetns));
  const events: LabEvent[] = [];
  const options = { machine, report: (event: LabEvent) => void events.push(event) };
  const quiet = { machine, report: () => {} };

  test("is built, proved and taken down", async () => {
    expect(await runLab(plan(), options)).toBe(true);
    expect(events.filter((event) => event.kind === "echo")).toHaveLength(6);
    expect(own()).toEqual([]);
  });
  test("kept: it stands, is found, and goes with its ends", async () => {
    const lab = plan();
    expect(await runLab(lab, quiet, () => true)).toBe(true);
    expect(own().sort()).toEqual([lab.host, ...lab.ends.map((end) => end.netns)].sort());
    const { made, foreign } = await findLab(machine, lab.host);
    expect([made.namespaces.length, foreign]).toEqual([3, []]);
    expect(await removeKeptLabs([lab.host], quiet)).toEqual({ removed: 1, left: [] });
    expect(own()).toEqual([]);
  });
  test("what is not its own stays, and is named", async () => {
    const lab = plan();
    await runLab(lab, quiet, () => true);
    const [, { netns }] = lab.ends;
    execFileSync("ip", ["-n", netns, "link", "add", "mine", "type", "bridge"]);
    expect(await removeKeptLabs([lab.host], quiet)).toEqual({ removed: 1, left: [{ netns }] });
    expect(own()).toEqual([netns]);
  });
  test("stopped half-way, or when it stands: taken down, and the reason comes out", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const report = (event: LabEvent) => {
      if (event.kind === "step" && event.command.includes("netns add nlkit-b")) controller.abort(reason);
    };
    await expect(runLab(plan(), { machine, report, signal: controller.signal })).rejects.toBe(reason);
    await expect(runLab(plan(), quiet, () => Promise.reject(reason))).rejects.toBe(reason);
    expect(own()).toEqual([]);
  });
});

test("a lab whose process runs is left alone", async () => {
  const netns = `nlkit-lab-${ID}`;
  const none = { ...machine, names: () => [netns, "ns1", "nlkit-lab-x"] };
  expect(keptHosts(none)).toEqual([netns]);
  const options = { machine: none, report: () => {}, isRunning: (pid: number) => pid === ID };
  expect(await removeKeptLabs(keptHosts(none), options)).toEqual({ removed: 0, left: [{ netns, pid: ID }] });
});
test("processes that run, and those that do not", () => {
  expect([isRunning(process.pid), isRunning(1), isRunning(ID)]).toEqual([true, true, false]);
});
test("a lab of its own host loses nothing to this namespace's rules", () => {
  expect(whyLost(plan())).toBeUndefined();
});
