// The networks that are measured: namespaces of their own, filled in batches, and always taken away again.
import { AF } from "../src/attrs/families.ts";
import { IFF } from "../src/attrs/route/link-names.ts";
import type { RouteMessageType } from "../src/attrs/route/messages.ts";
import { NUD } from "../src/attrs/route/neighbour.ts";
import { RT_SCOPE, RT_TABLE, RTN, RTPROT } from "../src/attrs/route/route-header.ts";
import { Rtnetlink } from "../src/client/rtnetlink.ts";
import { NLM_F } from "../src/codec/control.ts";
import type { AnyInput } from "../src/codec/message.ts";
import { addNetns, deleteNetns, listNetns } from "../src/socket/named-netns.ts";

type Input = AnyInput<RouteMessageType>;
const PREFIX = "nlkit-bench-";
const CREATE = NLM_F.CREATE | NLM_F.EXCL;
const made = new Set<string>();

/** Takes away what this run made. Synchronous: also for the way out after a signal. */
export const removeAll = (): void => {
  for (const name of made) {
    if (listNetns().includes(name)) deleteNetns(name);
    made.delete(name);
  }
};

/** Takes away what a run that was killed (SIGKILL, out of memory) left behind. */
export const removeStale = (): void => {
  for (const name of listNetns()) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined) continue;
    try {
      process.kill(Number(pid), 0);
    } catch {
      deleteNetns(name);
    }
  }
};

const all = async (rtnl: Rtnetlink, messages: readonly Input[]): Promise<void> => {
  const results = await rtnl.connection.batch(messages, { timeout: Number.POSITIVE_INFINITY });
  const refused = results.find(({ status }) => status === "rejected");
  if (refused?.status === "rejected") throw refused.reason;
};
const many = (count: number, make: (i: number) => Input): Input[] => Array.from({ length: count }, (_, i) => make(i));

/** Both ends up in this namespace: links 2 and 3, 4 and 5, … */
const veths = async (rtnl: Rtnetlink, pairs: number): Promise<void> => {
  const header = { flags: IFF.UP, change: IFF.UP };
  await all(
    rtnl,
    many(pairs, (i) => ({
      name: "RTM_NEWLINK",
      flags: CREATE,
      attrs: {
        ifname: `left${i}`,
        linkinfo: { kind: "veth", data: { veth: { peer: { header: {}, attrs: { ifname: `right${i}` } } } } },
      },
    })),
  );
  await all(
    rtnl,
    many(2 * pairs, (i) => ({ name: "RTM_NEWLINK", header: { ...header, index: 2 + i } })),
  );
};

const filled = async (what: string, fill: (rtnl: Rtnetlink) => Promise<void>): Promise<string> => {
  const name = `${PREFIX}${process.pid}-${what}`;
  made.add(name);
  addNetns(name);
  await using rtnl = await Rtnetlink.open({ netns: name, timeout: Number.POSITIVE_INFINITY });
  await fill(rtnl);
  return name;
};

/** 10.0.0.0 and up, /32, each through one of 250 gateways. */
const routes = (count: number): Promise<string> =>
  filled(`routes-${count}`, async (rtnl) => {
    await veths(rtnl, 1);
    await rtnl.addresses.add(2, "172.16.0.1/16");
    const header = {
      family: AF.INET,
      dstLen: 32,
      table: RT_TABLE.MAIN,
      protocol: RTPROT.BOOT,
      scope: RT_SCOPE.UNIVERSE,
      type: RTN.UNICAST,
    };
    await all(
      rtnl,
      many(count, (i) => ({
        name: "RTM_NEWROUTE",
        flags: CREATE,
        header,
        attrs: { dst: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, gateway: `172.16.1.${i % 250}`, oif: 2 },
      })),
    );
  });

const neighbours = (count: number): Promise<string> =>
  filled("neighbours", async (rtnl) => {
    await veths(rtnl, 1);
    const header = { family: AF.INET, ifindex: 2, state: NUD.PERMANENT };
    const hex = (byte: number): string => byte.toString(16).padStart(2, "0");
    await all(
      rtnl,
      many(count, (i) => ({
        name: "RTM_NEWNEIGH",
        flags: CREATE,
        header,
        attrs: { dst: `10.0.${i >> 8}.${i & 255}`, lladdr: `02:00:00:00:${hex(i >> 8)}:${hex(i & 255)}` },
      })),
    );
  });

/** Namespaces with nothing in them. */
export interface Empty {
  /** Each is called this and a number. */
  readonly prefix: string;
  readonly names: readonly string[];
  /** Takes them away again. */
  remove(): void;
}
let empties = 0;
const empty = (count: number): Empty => {
  const prefix = `${PREFIX}${process.pid}-empty${empties++}-`;
  const names = Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  for (const name of names) {
    made.add(name);
    addNetns(name);
  }
  const remove = (): void => {
    for (const name of names) {
      deleteNetns(name);
      made.delete(name);
    }
  };
  return { prefix, names, remove };
};

/** The networks, by what they are for: made when first asked for. */
export class Networks {
  readonly #made = new Map<string, Promise<string>>();
  #once(what: string, make: () => Promise<string>): Promise<string> {
    const name = this.#made.get(what) ?? make();
    this.#made.set(what, name);
    return name;
  }
  /** So many IPv4 routes. */
  routes(count: number): Promise<string> {
    return this.#once(`routes-${count}`, () => routes(count));
  }
  /** 1,000 links: 500 veth pairs, all up; lo besides. */
  links(): Promise<string> {
    return this.#once("links", () => filled("links", (rtnl) => veths(rtnl, 500)));
  }
  /** So many permanent neighbours. */
  neighbours(count: number): Promise<string> {
    return this.#once("neighbours", () => neighbours(count));
  }
  /** So many, empty, new each time. */
  empty(count: number): Empty {
    return empty(count);
  }
  /** One veth pair, for routes that come and go. */
  changes(): Promise<string> {
    return this.#once("changes", () => filled("changes", (rtnl) => veths(rtnl, 1)));
  }
}
