// A recording as a transport: its order, its end, and a wait that is called off.
import { describe, expect, test, vi } from "vitest";
import { encodeMessage, NLM_F } from "../../src/index.ts";
import { ReplayMismatch, replaying } from "../../src/socket/replay.ts";

const request = encodeMessage({ name: "RTM_GETLINK", flags: NLM_F.REQUEST, seq: 7 });
const reply = encodeMessage({ name: "RTM_NEWLINK", header: { index: 1 } });
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("a recording", () => {
  test("answers with the numbers of the request", () => {
    const transport = replaying([
      { request: encodeMessage({ name: "RTM_GETLINK", flags: NLM_F.REQUEST }), replies: [reply] },
    ]);
    transport.send(request);
    const buffer = new Uint8Array(64);
    expect(transport.receive(buffer)).toBe(reply.length);
    expect([...buffer.subarray(8, 16)]).toEqual([7, 0, 0, 0, transport.portId, 0, 0, 0]);
    expect(transport.receive(buffer)).toBeUndefined();
    expect(() => transport.send(request)).toThrow(ReplayMismatch);
  });
  test("whoever waits for more is told", async () => {
    const wake = vi.fn();
    replaying([]).wait(wake);
    await turn();
    expect(wake.mock.calls).toEqual([[expect.objectContaining({ name: "SystemError", code: "EINVAL" })]]);
  });
  test.each(["cancel", "close"] as const)("%s calls the wait off", async (how) => {
    const wake = vi.fn();
    const transport = replaying([]);
    transport.wait(wake);
    transport[how]();
    await turn();
    expect(wake).not.toHaveBeenCalled();
    transport.cancel();
  });
});
