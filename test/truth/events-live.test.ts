// What the kernel tells of devices, processes and its audit, heard on the running kernel.
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import {
  audit,
  connector,
  decodeMessages,
  encodeMessage,
  NLM_F,
  PROC_CN_MCAST,
  PROC_EVENT,
  type Uevent,
  uevents,
} from "../../src/index.ts";
import { Connection } from "../../src/socket/connection.ts";
import { openSocket } from "../../src/socket/netlink-socket.ts";
import { live, withNetns } from "../support/live.ts";

/** Long enough for an event of this kernel, not for a test to hang. */
const PATIENCE = 5000;

live("kobject-uevent", () => {
  test("a link that is made in a namespace is told there, and goes again", async () => {
    await withNetns(async (netns) => {
      const connection = Connection.open(uevents, { netns });
      const events = connection.subscribe({ groups: [1], signal: AbortSignal.timeout(PATIENCE) });
      try {
        await using rtnl = await Rtnetlink.open({ netns });
        const data = { veth: { peer: { attrs: { ifname: "v1" } } } };
        const { header } = await rtnl.links.add({ ifname: "v0", linkinfo: { kind: "veth", data } });
        await rtnl.links.delete("v0");
        const heard: Uevent[] = [];
        for await (const item of events) {
          if (item.action === "overrun" || item.message.name !== "uevent") continue;
          heard.push(item.message);
          if (item.message.action === "remove" && item.message.properties["INTERFACE"] === "v0") break;
        }
        const made = heard.find(
          ({ action, properties }) =>
            action === "add" && properties["INTERFACE"] === "v0" && properties["SUBSYSTEM"] === "net",
        );
        expect(made?.devpath).toBe("/devices/virtual/net/v0");
        expect(made?.properties).toMatchObject({
          ACTION: "add",
          DEVPATH: "/devices/virtual/net/v0",
          IFINDEX: String(header.index),
          SEQNUM: expect.stringMatching(/^\d+$/),
        });
      } finally {
        await events.return?.();
        connection.close();
      }
    });
  });
});

live("connector", () => {
  test("a process that runs is told of: fork, exec, exit", async () => {
    const connection = Connection.open(connector);
    const events = connection.subscribe({ groups: [1], signal: AbortSignal.timeout(PATIENCE) });
    const asks = openSocket({ protocol: connector.protocol });
    const ask = (mcastOp: number): void => {
      const data = { proc: [{ mcastOp }] };
      const message = { name: "cn_msg", idx: 1, val: 1, cnSeq: 0, ack: 0, len: 4, cnFlags: 0, data } as const;
      asks.send(encodeMessage(message, { types: connector }));
    };
    ask(PROC_CN_MCAST.LISTEN);
    try {
      const { pid } = spawnSync("true");
      const seen: number[] = [];
      for await (const item of events) {
        if (item.action === "overrun" || item.message.name !== "cn_msg" || !("proc" in item.message.data)) continue;
        const [event] = item.message.data.proc ?? [];
        const own = event?.what === PROC_EVENT.FORK ? event.childPid : event?.processPid;
        if (own !== pid || event?.what === undefined) continue;
        seen.push(event.what);
        if (event.what === PROC_EVENT.EXIT) {
          expect(event).toMatchObject({ processTgid: pid, exitCode: 0 });
          break;
        }
      }
      expect(seen).toContain(PROC_EVENT.FORK);
      expect(seen).toContain(PROC_EVENT.EXEC);
    } finally {
      ask(PROC_CN_MCAST.IGNORE);
      asks.close();
      await events.return?.();
      connection.close();
    }
  });
});

live("audit", () => {
  test("its state", async () => {
    // The kernel answers later, from a thread of its own: after the ack that would end a request.
    const socket = openSocket({ protocol: audit.protocol });
    try {
      socket.send(encodeMessage({ name: "AUDIT_GET", flags: NLM_F.REQUEST, seq: 1 }, { types: audit }));
      expect(socket.block(PATIENCE)).toBe(true);
      const buffer = new Uint8Array(1024);
      const [status] = decodeMessages(buffer.subarray(0, socket.receive(buffer)), { types: audit });
      if (status?.name !== "AUDIT_GET") throw new Error("no status");
      expect(status.issues).toBeUndefined();
      expect(status.attrs).toEqual({});
      expect([0, 1, 2]).toContain(status.header.enabled);
      // Every kernel since 3.15 says what it can.
      expect(status.header.featureBitmap).toBeGreaterThan(0);
      expect(status.header.backlogLimit).toBeGreaterThan(0);
    } finally {
      socket.close();
    }
  });
});
