// nlkit's single requests: a link by index; routes made and deleted, one by one and in batches.
import { Rtnetlink } from "../../src/client/index.ts";
import { NLM_F, RT_SCOPE, RT_TABLE, RTN, RTPROT } from "../../src/index.ts";
import { type Outcome, oneByOne, oneByOneSync, serve } from "./worker.ts";

const rtnl = await Rtnetlink.open({ timeout: Number.POSITIVE_INFINITY });
const { connection } = rtnl;

/** Of the link that c/floor.c asks for. */
const indexOf = (i: number): number => 2 + (i % 1000);
/** 10.128.0.0 and up: the routes of c/floor.c. */
const addressOf = (i: number): string => `10.${128 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`;

/** The same routes as the verbs make, said by hand for the forms that have no verb. */
const made = (i: number) =>
  ({
    name: "RTM_NEWROUTE",
    flags: NLM_F.CREATE | NLM_F.EXCL,
    header: {
      family: 2,
      dstLen: 32,
      table: RT_TABLE.MAIN,
      protocol: RTPROT.BOOT,
      scope: RT_SCOPE.LINK,
      type: RTN.UNICAST,
    },
    attrs: { dst: addressOf(i), oif: 2 },
  }) as const;
const gone = (i: number) =>
  ({
    name: "RTM_DELROUTE",
    header: { family: 2, dstLen: 32, table: RT_TABLE.MAIN, scope: RT_SCOPE.LINK },
    attrs: { dst: addressOf(i), oif: 2 },
  }) as const;

/** As links.get() asks. */
const NO_ACK = { ack: false } as const;

const batch = async (messages: Parameters<typeof connection.batch>[0]): Promise<Outcome> => {
  const kept = await connection.batch(messages);
  const refused = kept.find(({ status }) => status === "rejected");
  if (refused?.status === "rejected") throw refused.reason;
  return { count: kept.length, kept };
};
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

await serve(
  {
    get: (count) => oneByOne(count, (i) => rtnl.links.get(indexOf(i))),
    "get-sync": (count) =>
      oneByOneSync(count, (i) =>
        connection.requestSync({ name: "RTM_GETLINK", header: { index: indexOf(i) } }, NO_ACK),
      ),
    "get-ack": (count) =>
      oneByOneSync(count, (i) => connection.requestSync({ name: "RTM_GETLINK", header: { index: indexOf(i) } })),
    add: (count) => oneByOne(count, (i) => rtnl.routes.add(`${addressOf(i)}/32`, { oif: 2 })),
    delete: (count) => oneByOne(count, (i) => rtnl.routes.delete(`${addressOf(i)}/32`, { oif: 2 })),
    "add-sync": (count) => oneByOneSync(count, (i) => connection.requestSync(made(i))),
    "delete-sync": (count) => oneByOneSync(count, (i) => connection.requestSync(gone(i))),
    "add-batch": (count) => batch(many(count, made)),
    "delete-batch": (count) => batch(many(count, gone)),
    // So many changes, half of them making what the other half takes away: a burst for contenders/nlkit-events.ts.
    burst: async (count) => {
      await batch(many(count >> 1, made));
      await batch(many(count >> 1, gone));
      return { count };
    },
    // The route that ends a burst. Said until it was heard: it may be among the events that are lost.
    end: async () => {
      const { header, attrs } = made(0xffff);
      await batch([
        { ...made(0xffff), header: { ...header, protocol: 99 } },
        { ...gone(0xffff), attrs },
      ]);
      return { count: 2 };
    },
  },
  () => rtnl.close(),
);
