// Every fault alone, and any of them together: an answer that is right, or an error that says what is known; within its time.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fault, ReplyFault, ReplyPart } from "../../src/testing/index.ts";
import { ACTS, TIMEOUT, timers, world } from "./world.ts";

const ALWAYS = Number.POSITIVE_INFINITY;
const REPLY_KINDS = [
  "overrun",
  "delay",
  "truncate",
  "interrupt",
  "event",
  "forge",
  "lose",
  "duplicate",
  "reorder",
  "half",
  "wrongSeq",
  "wrongPort",
  "stall",
] as const satisfies ReplyFault["kind"][];
const ERRNO_KINDS = ["send", "receive", "wait", "poll", "block"] as const;
const CALL_KINDS = ["again", "wake"] as const;
const PARTS: (ReplyPart | undefined)[] = [undefined, "ack", "object", "dump", "done"];

const single: Fault[] = [
  ...REPLY_KINDS.flatMap((kind) => PARTS.map((on): Fault => ({ kind, on, ms: TIMEOUT / 2 }))),
  { kind: "half", on: "dump", keep: 8 },
  { kind: "half", on: "done", keep: 8 },
  { kind: "delay", ms: TIMEOUT * 2 },
  // EPERM, ENOBUFS, ECONNREFUSED.
  ...ERRNO_KINDS.flatMap((kind) => [1, 105, 111].map((errno): Fault => ({ kind, errno }))),
  ...CALL_KINDS.map((kind): Fault => ({ kind, times: 5 })),
];
/** Once, and always; where that costs no blocked thread its time, also at the second chance. */
const repeats = (fault: Fault, blocks: boolean): Fault[] =>
  blocks ? [fault, { ...fault, times: ALWAYS }] : [fault, { ...fault, skip: 1 }, { ...fault, times: ALWAYS }];

describe.each([...REPLY_KINDS, ...ERRNO_KINDS, ...CALL_KINDS])("%s", (kind) => {
  test.each(ACTS)("%s", async (act) => {
    const before = timers();
    const cases = single
      .filter((fault) => fault.kind === kind)
      .flatMap((fault) => repeats(fault, act.endsWith("Sync")));
    await Promise.all(
      cases.map(async (fault) => {
        const { act: run, end } = world([fault]);
        await run(act);
        await run(act);
        await end();
      }),
    );
    expect(timers()).toBeLessThanOrEqual(before);
  });
});

const faultOf = (onlyNoticeable: boolean): fc.Arbitrary<Fault> => {
  const chance = { skip: fc.nat(6), times: fc.constantFrom(1, 1, 2, 5) };
  const reply = fc.record({
    kind: fc.constantFrom(...REPLY_KINDS),
    on: fc.constantFrom(...PARTS),
    ms: fc.constantFrom(1, 5, TIMEOUT / 2, TIMEOUT * 2),
    keep: fc.constantFrom(undefined, 1, 4, 15, 16, 20),
    ...chance,
  });
  const silent = ["lose", "duplicate", "wrongSeq", "wrongPort", "reorder"];
  const told = reply.map((fault) => {
    if (!silent.includes(fault.kind)) return fault;
    return { ...fault, on: fault.kind === "reorder" || fault.on !== "done" ? ("ack" as const) : fault.on };
  });
  const errno = fc.record({
    kind: fc.constantFrom(...ERRNO_KINDS),
    errno: fc.constantFrom(1, 5, 9, 12, 105, 105, 111),
    ...chance,
  });
  const call = fc.record({ kind: fc.constantFrom(...CALL_KINDS), ...chance });
  return fc.oneof({ weight: 3, arbitrary: onlyNoticeable ? told : reply }, { weight: 1, arbitrary: errno }, call);
};

describe.each([
  ["what a client can notice", true],
  ["anything", false],
])("at random: %s", (_, onlyNoticeable) => {
  test("one after the other, and all at once; closed or aborted at any time", async () => {
    const before = timers();
    const run = async (
      faults: Fault[],
      acts: (typeof ACTS)[number][],
      ending: { readonly how: "close" | "abort" | "wait"; readonly after: number },
    ): Promise<void> => {
      const { act, end, connection, controller } = world(faults);
      const pending = acts.map(act);
      const leave = setTimeout(() => {
        if (ending.how === "close") connection.close();
        else if (ending.how === "abort") controller.abort(new Error("enough"));
      }, ending.after);
      await Promise.all(pending);
      clearTimeout(leave);
      if (ending.how === "wait") for (const again of acts.slice(0, 2)) await act(again);
      await end();
    };
    const ending = fc.record({
      how: fc.constantFrom("close" as const, "abort" as const, "wait" as const, "wait" as const),
      after: fc.nat(TIMEOUT + 10),
    });
    const property = fc.asyncProperty(
      fc.array(faultOf(onlyNoticeable), { maxLength: 6 }),
      fc.array(fc.constantFrom(...ACTS), { minLength: 1, maxLength: 5 }),
      ending,
      run,
    );
    await fc.assert(property, {
      numRuns: Number(process.env["NLKIT_RUNS"] ?? 60),
      seed: Number(process.env["NLKIT_SEED"] ?? 4711),
    });
    expect(timers()).toBeLessThanOrEqual(before);
  });
});
