// Waits until packets can pass: carrier, a bridge port that forwards, addresses whose duplicate address detection is over. By events, with
// a look first; nothing is polled.
import { IFA_F } from "../attrs/route/address.ts";
import { BR_STATE } from "../attrs/route/bridge-port.ts";
import { type LinkAttrs, RTEXT_FILTER } from "../attrs/route/link.ts";
import { IF_OPER, IFF } from "../attrs/route/link-names.ts";
import type { Address } from "../client/addresses.ts";
import { oneOf } from "../client/answers.ts";
import type { Link } from "../client/links.ts";
import { familyOf } from "../client/prefix.ts";
import type { Rtnetlink } from "../client/rtnetlink.ts";
import { canonicalIp } from "../codec/address.ts";
import { KernelError } from "../socket/errors.ts";
import { type Awaited, NotReady, type NotReadyReason } from "./not-ready.ts";
import { heard, type WaitEvent, type WaitOptions, type Watching } from "./watching.ts";

const UP = IFF.UP | IFF.LOWER_UP;

/**
 * Kinds whose carrier the kernel evaluates in the background (linkwatch), up to a second later when many links change: until then
 * operstate may say UNKNOWN, and what is sent is dropped although IFF_LOWER_UP is set. Of others (lo, vxlan, ifb) UNKNOWN is all that is
 * ever said.
 */
const EVALUATED: readonly (string | undefined)[] = ["veth", "bridge", "macvlan", "macvtap", "ipvlan", "vlan", "bond"];

/** Can the link carry packets, as far as this message tells? An event of AF_BRIDGE has no kind: there UNKNOWN is only worth a look. */
const isUp = (link: Link | undefined): boolean => {
  if (link === undefined || (link.header.flags & UP) !== UP) return false;
  const { operstate, linkinfo } = link.attrs;
  return operstate === IF_OPER.UP || (operstate === IF_OPER.UNKNOWN && !EVALUATED.includes(linkinfo?.kind));
};

/** Told by AF_BRIDGE at each change of state, and by AF_UNSPEC beside whatever else has changed. */
const forwards = ({ protinfo, linkinfo }: LinkAttrs): boolean =>
  (protinfo?.bridge ?? linkinfo?.slaveData?.bridge)?.state === BR_STATE.FORWARDING;

/** What a look needs, without counters. */
const FIELDS = ["ifname", "operstate", "master", "linkinfo"];

/** One link, asked for anew; what stands in it names the link in the error of this wait. */
class Looker {
  readonly #watching: Watching;
  readonly #facts: { readonly what: Awaited; readonly index: number; readonly timeout: number };
  readonly #signal: AbortSignal | undefined;
  #ifname: string | undefined;
  constructor(watching: Watching, what: Awaited, index: number, { timeout, signal }: WaitOptions) {
    this.#watching = watching;
    this.#facts = { what, index, timeout };
    this.#signal = signal;
  }
  notReady(reason: NotReadyReason, address?: string): NotReady {
    return new NotReady({ ...this.#facts, ifname: this.#ifname, reason, address });
  }
  async link(index: number = this.#facts.index): Promise<Link> {
    const attrs = { extMask: RTEXT_FILTER.SKIP_STATS };
    const options = { fields: FIELDS, signal: this.#signal };
    const { connection } = this.#watching.rtnl;
    const { messages } = await this.#asked(() =>
      connection.request({ name: "RTM_GETLINK", header: { index }, attrs }, options),
    );
    const link = oneOf(messages, "RTM_NEWLINK");
    if (index === this.#facts.index) this.#ifname = link.attrs.ifname;
    return link;
  }
  addresses(family: number): Promise<Address[]> {
    const { addresses } = this.#watching.rtnl;
    return this.#asked(() => addresses.list({ link: this.#facts.index, family }, { signal: this.#signal }));
  }
  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw error instanceof KernelError && error.code === "ENODEV" ? this.notReady("gone") : error;
    }
  }
}

/** A link that has left: RTM_DELLINK of AF_BRIDGE is a port that is none any more. */
const left = (event: WaitEvent): boolean => event.message.name === "RTM_DELLINK";

/** What an event says of a link, if it does. */
const linkOf = ({ message }: WaitEvent): Link | undefined =>
  message.name === "RTM_NEWLINK" ? (message as Link) : undefined;

/**
 * Waits until a link has carrier and the kernel has noticed: IFF_UP, IFF_LOWER_UP and operstate up. A veth needs both its ends up.
 * @param where the link's namespace; `watching` of it where there are several waits
 * @param index of the link
 * @param options milliseconds, signal
 * @throws NotReady timeout, gone; the signal's reason; what requests and subscriptions throw
 */
export const carrierUp = (where: Rtnetlink | Watching, index: number, options: WaitOptions): Promise<void> =>
  heard(where, (watching) => {
    const looker = new Looker(watching, "carrier", index, options);
    return watching.until(
      {
        index,
        hopeful: (event) => left(event) || isUp(linkOf(event)),
        look: async () => isUp(await looker.link()),
        late: () => looker.notReady("timeout"),
      },
      options,
    );
  });

/**
 * Waits until a port of a bridge has carrier and forwards: what is sent before is lost. The kernel (6.18) tells of each change of a
 * port's state by an RTM_NEWLINK of AF_BRIDGE.
 * @param where the port's namespace; `watching` of it where there are several waits
 * @param index of the port
 * @param options milliseconds, signal
 * @returns false when it was not waited for: the bridge runs the spanning tree protocol, and takes twice its forward delay
 * @throws NotReady timeout, gone, no port; the signal's reason; what requests and subscriptions throw
 */
export const portForwarding = (where: Rtnetlink | Watching, index: number, options: WaitOptions): Promise<boolean> =>
  heard(where, async (watching) => {
    const looker = new Looker(watching, "forwarding", index, options);
    let waits = true;
    const ready = (link: Link | undefined): boolean => isUp(link) && link !== undefined && forwards(link.attrs);
    await watching.until(
      {
        index,
        hopeful: (event) => left(event) || ready(linkOf(event)),
        look: async () => {
          const link = await looker.link();
          if (link.attrs.linkinfo?.slaveKind !== "bridge") throw looker.notReady("no port");
          if (ready(link)) return true;
          const bridge = await looker.link(link.attrs.master);
          waits = (bridge.attrs.linkinfo?.data?.bridge?.stpState ?? 0) === 0;
          return !waits;
        },
        late: () => looker.notReady("timeout"),
      },
      options,
    );
    return waits;
  });
/** The link's own address, and what IFA_F says of it. */
const ownOf = ({ attrs }: Pick<Address, "attrs">): string => attrs.local ?? attrs.address ?? "";
const flagsOf = ({ header, attrs }: Pick<Address, "header" | "attrs">): number => attrs.flags ?? header.flags;

/**
 * Waits until a link has addresses and may use them: IFA_F_TENTATIVE is gone. IPv4 has no such state, nor have addresses made with
 * IFA_F_NODAD. An address that is not there yet is waited for.
 * @param where the link's namespace; `watching` of it where there are several waits
 * @param index of the link
 * @param addresses without their length, in any spelling
 * @param options milliseconds, signal; duplicate address detection takes up to 1 s to begin and 1 s (retrans_time_ms) to end
 * @throws NotReady dadfailed as soon as it is; timeout, absent, gone; RangeError for what is no address; the signal's reason; what
 * requests and subscriptions throw
 */
export const addressesReady = async (
  where: Rtnetlink | Watching,
  index: number,
  addresses: readonly string[],
  options: WaitOptions,
): Promise<void> => {
  const families = new Set(addresses.map(familyOf));
  /** Normal form to what the caller wrote; those that are not ready. */
  const awaited = new Map(addresses.map((text) => [canonicalIp(text), text]));
  if (awaited.size === 0) return;
  await heard(where, (watching) => {
    const looker = new Looker(watching, "address", index, options);
    const seen = new Set<string>();
    /** Ready ones are crossed out by events too, so that several cost one look. */
    let pending = new Set(awaited.keys());
    const first = (): string => [...pending][0] ?? "";
    const textOf = (own: string): string => awaited.get(own) ?? own;
    return watching.until(
      {
        index,
        hopeful: (event) => {
          if (left(event)) return true;
          const { message } = event;
          if (message.name !== "RTM_NEWADDR" && message.name !== "RTM_DELADDR") return false;
          const own = ownOf(message as Address);
          if (!awaited.has(own)) return false;
          const flags = flagsOf(message as Address);
          if (message.name === "RTM_DELADDR" || (flags & IFA_F.DADFAILED) !== 0) return true;
          return (flags & IFA_F.TENTATIVE) === 0 && pending.delete(own) && pending.size === 0;
        },
        look: async () => {
          const there = new Map<string, number>();
          for (const family of families) {
            for (const one of await looker.addresses(family)) there.set(ownOf(one), flagsOf(one));
          }
          pending = new Set();
          for (const own of awaited.keys()) {
            const flags = there.get(own);
            if (flags === undefined ? seen.has(own) : (flags & IFA_F.DADFAILED) !== 0) {
              throw looker.notReady(flags === undefined ? "absent" : "dadfailed", textOf(own));
            }
            if (flags !== undefined) seen.add(own);
            if (flags === undefined || (flags & IFA_F.TENTATIVE) !== 0) pending.add(own);
          }
          return pending.size === 0;
        },
        late: () => looker.notReady(seen.has(first()) ? "timeout" : "absent", textOf(first())),
      },
      options,
    );
  });
};
