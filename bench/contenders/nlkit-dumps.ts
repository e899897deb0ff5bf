// nlkit's dumps, by the verbs that a program uses. One connection, kept open, as in the C contenders.
import { Rtnetlink } from "../../src/client/index.ts";
import { type Operation, serve } from "./worker.ts";

// By number, as C has them: `nlkit` besides, with the tables of every family, is 2 to 3 MiB more, and 5 ms.
const AF_INET = 2;
const RTEXT_FILTER_SKIP_STATS = 8;

/** What `ip -br link` shows, and what a program asks most. */
const FIELDS = ["ifname", "address", "mtu", "operstate", "txqlen", "master", "link", "linkinfo"];

let open: Rtnetlink | undefined;
const rtnl = async (): Promise<Rtnetlink> => {
  open ??= await Rtnetlink.open({ timeout: Number.POSITIVE_INFINITY });
  return open;
};
const dump =
  (list: (rtnl: Rtnetlink) => Promise<readonly unknown[]>): Operation =>
  async () => {
    const kept = await list(await rtnl());
    return { count: kept.length, kept };
  };

await serve(
  {
    routes: dump(({ routes }) => routes.list({ family: AF_INET })),
    links: dump(({ links }) => links.list()),
    "links-full": dump(({ links }) => links.list({ statistics: true })),
    // The same dump, of which only these are decoded. Says whether that was heeded: a list of links has stats64 otherwise.
    "links-fields": async () => {
      const { connection } = await rtnl();
      const request = { name: "RTM_GETLINK", attrs: { extMask: RTEXT_FILTER_SKIP_STATS } } as const;
      const { messages } = await connection.dump(request, { fields: FIELDS } as object);
      const [first] = messages;
      const heeded = first?.name === "RTM_NEWLINK" && first.attrs.stats64 === undefined;
      return { count: messages.length, kept: messages, more: [heeded ? 1 : 0] };
    },
    neighbours: dump(({ neighbours }) => neighbours.list({ family: AF_INET })),
    // One datagram at a time, nothing kept: what memory is like for a table that need not be held.
    stream: async () => {
      const { connection } = await rtnl();
      let count = 0;
      for await (const batch of connection.stream({ name: "RTM_GETROUTE", header: { family: AF_INET } })) {
        count += batch.length;
      }
      return { count };
    },
    // What Node and the library take before anything is asked.
    nothing: async () => {
      await rtnl();
      return { count: 0 };
    },
  },
  () => open?.close(),
);
