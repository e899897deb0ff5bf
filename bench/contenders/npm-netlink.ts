// The npm package `netlink`: a native addon for the socket, decoding in JavaScript, addresses left as Buffers.
import { createRequire } from "node:module";
import { type Operation, serve } from "./worker.ts";

type Listing = (header?: object, attrs?: object) => Promise<unknown[]>;
interface Theirs {
  readonly socket: { close(): void };
  readonly getRoutes: Listing;
  readonly getLinks: Listing;
  readonly getNeighbors: Listing;
}
// Installed outside of this project: bench/machine.ts says where.
const { createRtNetlink } = createRequire(`${process.env["NLKIT_BENCH_NPM"]}/`)("netlink") as {
  createRtNetlink(): Theirs;
};

let open: Theirs | undefined;
const dump =
  (list: (theirs: Theirs) => Promise<unknown[]>): Operation =>
  async () => {
    open ??= createRtNetlink();
    const kept = await list(open);
    return { count: kept.length, kept };
  };

await serve(
  {
    routes: dump((theirs) => theirs.getRoutes({ family: 2 })),
    links: dump((theirs) => theirs.getLinks({}, { extMask: Buffer.from([8, 0, 0, 0]) })),
    "links-full": dump((theirs) => theirs.getLinks()),
    neighbours: dump((theirs) => theirs.getNeighbors({ family: 2 })),
  },
  () => open?.socket.close(),
);
