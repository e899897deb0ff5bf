// What `nlkit dump` can list: the registry of each table, and the requests that list it.
import { AF } from "../attrs/families.ts";
import { RTEXT_FILTER } from "../attrs/route/link.ts";
import { route } from "../attrs/route/messages.ts";
import type { AnyInput } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import type { TABLE_NAMES } from "./table-names.ts";

/** How a person narrows it down. */
export interface TableOptions {
  readonly statistics?: boolean | undefined;
}
/** A message of any registry: each table's requests are its own. */
export type Request = AnyInput<MessageType>;
/** One table. */
export interface Table {
  /** Its messages. */
  readonly types: Registry;
  /** The requests; some need what an earlier one was answered. */
  readonly requests: (options: TableOptions, ask: (request: Request) => Promise<readonly object[]>) => Promise<void>;
}

const oneDump = (types: unknown, request: (options: TableOptions) => unknown): (() => Promise<Table>) => {
  const table: Table = {
    types: types as Registry,
    requests: async (options, ask) => {
      await ask(request(options) as Request);
    },
  };
  return () => Promise.resolve(table);
};

/** Every set with its elements: the kernel lists those a set at a time. */
const nft = async (): Promise<Table> => {
  const { nftables } = await import("../attrs/netfilter/nftables/messages.ts");
  return {
    types: nftables as unknown as Registry,
    requests: async (_options, ask) => {
      const named = (name: string): Request => ({ name }) as Request;
      for (const what of ["TABLE", "CHAIN", "RULE", "OBJ", "FLOWTABLE"]) await ask(named(`NFT_MSG_GET${what}`));
      for (const set of await ask(named("NFT_MSG_GETSET"))) {
        const { header, attrs } = set as {
          header?: { family: number };
          attrs?: { table?: string; name?: string };
        };
        if (header === undefined || attrs?.name === undefined) continue;
        const of = { table: attrs.table, set: attrs.name };
        await ask({ name: "NFT_MSG_GETSETELEM", header: { family: header.family }, attrs: of } as Request);
      }
    },
  };
};

const conntrack = async (): Promise<Table> => {
  const { conntrack: types } = await import("../attrs/netfilter/conntrack/messages.ts");
  return oneDump(types, () => ({ name: "IPCTNL_MSG_CT_GET" }))();
};

const socket = async (): Promise<Table> => {
  const { sockDiag } = await import("../attrs/diag/index.ts");
  const { inetQuestion, netlinkQuestion, packetQuestion, unixQuestion } = await import("../client/socket-filter.ts");
  const inet = (["tcp", "udp"] as const).flatMap((protocol) =>
    [AF.INET, AF.INET6].map((family) => inetQuestion(protocol, family, {})),
  );
  return {
    types: sockDiag as unknown as Registry,
    requests: async (_options, ask) => {
      for (const question of [...inet, unixQuestion({}), netlinkQuestion(), packetQuestion()]) {
        await ask({ name: "SOCK_DIAG_BY_FAMILY", ...question } as unknown as Request);
      }
    },
  };
};

/** An answer to RTM_GETQDISC. */
interface Qdisc {
  readonly header: { readonly ifindex: number; readonly handle: number };
  readonly attrs: { readonly kind?: string };
}
/** ffff:fff2 and ffff:fff3 of linux/pkt_sched.h: where clsact keeps the filters of each direction. */
const CLSACT = [0xfffffff2, 0xfffffff3];

/** Disciplines of all links; classes, which the kernel lists a link at a time; filters, a discipline at a time. */
const tc: Table = {
  types: route as unknown as Registry,
  requests: async (_options, ask) => {
    const about = (name: string, header: object): Request => ({ name, header }) as Request;
    const qdiscs = (await ask(about("RTM_GETQDISC", {}))) as readonly Qdisc[];
    // What a link has without being asked (noqueue) has neither.
    const asked = qdiscs.filter(({ header }) => header.handle !== 0);
    for (const ifindex of new Set(asked.map(({ header }) => header.ifindex))) {
      await ask(about("RTM_GETTCLASS", { ifindex }));
    }
    for (const { header, attrs } of asked) {
      const parents = attrs.kind === "clsact" ? CLSACT : [header.handle];
      for (const parent of parents) await ask(about("RTM_GETTFILTER", { ifindex: header.ifindex, parent }));
    }
  },
};

/** Keys are zeros: how everything is printed. */
const xfrm = async (): Promise<Table> => {
  const { xfrm: types } = await import("../attrs/xfrm/messages.ts");
  return {
    types: types as unknown as Registry,
    requests: async (_options, ask) => {
      await ask({ name: "XFRM_MSG_GETSA", dump: {} } as unknown as Request);
      await ask({ name: "XFRM_MSG_GETPOLICY", dump: {} } as unknown as Request);
    },
  };
};

/** By name. */
export const TABLES: Readonly<Record<(typeof TABLE_NAMES)[number], () => Promise<Table>>> = {
  link: oneDump(route, ({ statistics }) => ({
    name: "RTM_GETLINK",
    attrs: { extMask: statistics === true ? 0 : RTEXT_FILTER.SKIP_STATS },
  })),
  address: oneDump(route, () => ({ name: "RTM_GETADDR" })),
  route: oneDump(route, () => ({ name: "RTM_GETROUTE" })),
  neighbour: oneDump(route, () => ({ name: "RTM_GETNEIGH" })),
  rule: oneDump(route, () => ({ name: "RTM_GETRULE" })),
  nexthop: oneDump(route, () => ({ name: "RTM_GETNEXTHOP" })),
  tc: () => Promise.resolve(tc),
  nft,
  conntrack,
  socket,
  xfrm,
};
