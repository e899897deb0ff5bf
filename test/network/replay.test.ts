// A run on paper, on a machine of the other byte order: what is written down is annotated in that order.
import { describe, expect, test, vi } from "vitest";
import { reporter } from "../../src/cli/lab-report.ts";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import { encodeMessage } from "../../src/index.ts";
import type { Machine } from "../../src/network/machine.ts";
import { planRecorded, recordingMachine, replayMachine } from "../../src/network/replay.ts";
import { replaying } from "../../src/socket/replay.ts";

vi.mock("../../src/socket/libc.ts", async (original) => ({ ...(await original<object>()), HOST_ORDER: "big" }));

const message = { name: "RTM_NEWLINK", header: { index: 3 }, attrs: { ifname: "br0", mtu: 1400 } } as const;
const big = encodeMessage(message, { byteOrder: "big" });

/** A machine that shows one datagram to whoever talks. */
const machine: Machine = {
  names: () => ["ns1"],
  add: () => {},
  delete: () => {},
  open: () => ({ fd: 5, close: () => {} }),
  talk(_name, see) {
    see({ direction: ">", bytes: big });
    return Rtnetlink.over(replaying([]));
  },
  echo: async () => 0.5,
};

describe("a big-endian machine", () => {
  test("records in its order", () => {
    const recorder = recordingMachine(machine);
    recorder.machine.talk("ns1", () => {});
    expect(recorder.text()).toContain("nlmsg_type RTM_NEWLINK");
    expect(recorder.text()).toMatch(/IFLA_MTU 1400/);
  });
  test.each([true, false])("prints in its order, hex: %s", (hex) => {
    const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    try {
      reporter(hex, "big")({ kind: "datagram", netns: "", datagram: { direction: ">", bytes: big } });
      expect(written.mock.calls.join("")).toMatch(/mtu 1400|IFLA_MTU 1400/);
    } finally {
      written.mockRestore();
    }
  });
});

test("a recording's facts come back: descriptors, echoes, names", async () => {
  const recorder = recordingMachine(machine);
  recorder.machine.open("ns1").close();
  await recorder.machine.echo("ns1", "192.0.2.1", 1);
  const replay = replayMachine(recorder.text());
  expect(replay.open("ns1").fd).toBe(5);
  expect(await replay.echo("ns1", "192.0.2.1", 1)).toBe(0.5);
  await expect(replay.echo("ns1", "192.0.2.1", 2)).rejects.toThrow("no echo");
  expect(planRecorded(replay)).toMatchObject({ host: "nlkit-lab-1", bridge: "br0" });
});
