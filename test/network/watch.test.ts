// The logic of `network watch`, with events made here.
import { expect, test } from "vitest";
import { GROUP } from "../../src/network/firewall/names.ts";
import { keepReaping, type Reaped, type ReaperEvent } from "../../src/network/watch.ts";

const NOTHING: Reaped = { networks: [], endpoints: [] };
const ENDPOINT = { networks: [], endpoints: [{ name: "one" }] } as unknown as Reaped;
const deleted = (group: number) => ({ action: "del", message: { name: "RTM_DELLINK", attrs: { group } } });
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** A subscription whose items are pushed. */
const world = (reap: () => Promise<Reaped>) => {
  const items: unknown[] = [];
  let wake = (): void => {};
  let isClosed = false;
  const events = {
    close: () => {
      isClosed = true;
      wake();
    },
    async *[Symbol.asyncIterator]() {
      while (!isClosed) {
        if (items.length > 0) yield items.shift();
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
  };
  const controller = new AbortController();
  const told: ReaperEvent[] = [];
  const done = keepReaping({ subscribe: () => events } as never, reap, {
    report: (event) => told.push(event),
    signal: controller.signal,
  });
  done.catch(() => {});
  return {
    told,
    done,
    controller,
    isClosed: () => isClosed,
    push: (...more: unknown[]) => {
      items.push(...more);
      wake();
    },
  };
};

test("looks once at the beginning, then at every death of ours", async () => {
  let rounds = 0;
  const { push, told, controller, done, isClosed } = world(async () => (++rounds === 2 ? ENDPOINT : NOTHING));
  await turn();
  expect(rounds).toBe(1);
  push(deleted(0), { action: "new", message: { name: "RTM_NEWLINK", attrs: { group: GROUP.PORT } } });
  await turn();
  expect(rounds).toBe(1);
  push(deleted(GROUP.PORT));
  await turn();
  push(deleted(GROUP.BRIDGE));
  await turn();
  expect(rounds).toBe(3);
  expect(told).toEqual([{ kind: "listening" }, { kind: "reaped", ...ENDPOINT }]);
  controller.abort(new Error("enough"));
  await expect(done).rejects.toThrow("enough");
  expect(isClosed()).toBe(true);
});

test("deaths while it is at work are one more round; none is missed", async () => {
  let rounds = 0;
  let finish = (): void => {};
  const { push, controller, done } = world(() => {
    rounds++;
    return new Promise((resolve) => {
      finish = () => resolve(NOTHING);
    });
  });
  await turn();
  push(deleted(GROUP.PORT), deleted(GROUP.PORT), deleted(GROUP.PORT));
  await turn();
  expect(rounds).toBe(1);
  finish();
  await turn();
  expect(rounds).toBe(2);
  // At the very moment when a round ends.
  finish();
  push(deleted(GROUP.PORT));
  await turn();
  expect(rounds).toBe(3);
  finish();
  controller.abort(new Error("enough"));
  await expect(done).rejects.toThrow("enough");
});

test("after an overrun it looks at everything", async () => {
  let rounds = 0;
  const { push, told, controller } = world(async () => {
    rounds++;
    return NOTHING;
  });
  await turn();
  push({ action: "overrun" });
  await turn();
  expect(rounds).toBe(2);
  expect(told.map(({ kind }) => kind)).toEqual(["listening", "overrun"]);
  controller.abort();
});

test("what fails is told and tried again", async () => {
  let rounds = 0;
  const { told, controller } = world(async () => {
    if (++rounds === 1) throw new Error("LOCKED");
    return ENDPOINT;
  });
  await expect.poll(() => told.map(({ kind }) => kind), { timeout: 5000 }).toEqual(["listening", "failed", "reaped"]);
  controller.abort();
});

test("a signal that has come already", async () => {
  const gone = AbortSignal.abort(new Error("too late"));
  const never = () => Promise.reject(new Error("not asked"));
  await expect(
    keepReaping({ subscribe: () => expect.unreachable() } as never, never, { report: () => {}, signal: gone }),
  ).rejects.toThrow("too late");
});
