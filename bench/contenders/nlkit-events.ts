// nlkit's events: a burst taken from a subscription, and a live table that lost some and reads itself again.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { type Route, Rtnetlink, type Watch } from "../../src/client/index.ts";
import type { Subscription } from "../../src/socket/index.ts";
import { serve } from "./worker.ts";

const rtnl = await Rtnetlink.open({ timeout: Number.POSITIVE_INFINITY });
let events: ReturnType<typeof rtnl.subscribe> | undefined;
let table: Watch<Route> | undefined;
const stalls = monitorEventLoopDelay({ resolution: 1 });

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

await serve(
  {
    listen: (bytes) => {
      events?.close();
      events = rtnl.subscribe(["IPV4_ROUTE"], bytes > 0 ? { receiveBuffer: bytes } : {});
      return { count: 0 };
    },
    // From the first event to the route of protocol 99 that ends the burst: time, events, overruns.
    collect: async () => {
      const source = events as unknown as Subscription<never>;
      const kept: unknown[] = [];
      let begin = 0;
      for (;;) {
        const { value, done } = await source.next();
        if (begin === 0) begin = performance.now();
        if (done === true) throw new Error("the subscription ended");
        if ((value as { message?: { header?: { protocol?: number } } }).message?.header?.protocol === 99) break;
        if (value.action !== "overrun") kept.push(value);
      }
      const ns = (performance.now() - begin) * 1e6;
      return { ns, count: kept.length, kept, more: [source.counters.overruns] };
    },
    // A table with a buffer too small for a burst: how long until it is first whole.
    watch: async (bytes) => {
      table?.close();
      stalls.enable();
      table = await rtnl.watch("route", { receiveBuffer: bytes });
      return { count: table.size };
    },
    // Busy with something else, and deaf, while a burst is made; then until it has caught up: read again, and still for 100 ms. Time
    // without the stillness, readings, longest stall in µs.
    caught: async (deaf) => {
      const watch = table as Watch<Route>;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, deaf);
      const begin = performance.now();
      // A table that was read anew has other objects in it; `resyncs` counts when the reading begins.
      const first = (): Route | undefined => watch[Symbol.iterator]().next().value;
      let [seen, since, readings] = [first(), begin, 0];
      await sleep(1);
      // The stall that was made here is none of nlkit's.
      stalls.reset();
      while (readings === 0 || readings < watch.resyncs - 1 || performance.now() - since < 100) {
        await sleep(1);
        const now = first();
        if (now !== seen) [seen, since, readings] = [now, performance.now(), readings + 1];
        if (performance.now() - begin > 20_000) throw new Error("nothing was lost, or it was never read again");
      }
      return { ns: (since - begin) * 1e6, count: watch.size, more: [watch.resyncs, stalls.max / 1000] };
    },
    unwatch: () => {
      table?.close();
      return { count: 0 };
    },
  },
  () => rtnl.close(),
);
