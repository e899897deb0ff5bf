// Rules of policy routing, which say the table to look in: list, add, delete. What `ip rule` does.
import { AF } from "../attrs/families.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { RT_TABLE } from "../attrs/route/route-header.ts";
import { FR_ACT, type RuleAttrs, type RuleHeader } from "../attrs/route/rule.ts";
import type { AnyInput } from "../codec/message.ts";
import type { Connection } from "../socket/connection.ts";
import type { RequestOptions } from "../socket/requester.ts";
import { allOf, asAsked, type NamedMessage, readingAlso } from "./answers.ts";
import { parsePrefix } from "./prefix.ts";
import { tableOf } from "./routing-table.ts";
import { VERB } from "./verb.ts";

/** A rule as the kernel lists it: `header` is its fib_rule_hdr, `attrs` its FRA_*. */
export type RoutingRule = NamedMessage<"RTM_NEWRULE">;

/** Which rules to list. */
export interface RoutingRuleFilter {
  /** AF.INET or AF.INET6; default: both. */
  readonly family?: number | undefined;
  /** Only those that lead to this table. */
  readonly table?: number | undefined;
  /** Only those of this priority. */
  readonly priority?: number | undefined;
}
/** What may go with a change. */
export interface RoutingRuleOptions extends RequestOptions {
  /** Members of fib_rule_hdr: `{ action: FR_ACT.BLACKHOLE, flags: FIB_RULE.INVERT, family: AF.INET6 }`. */
  readonly header?: Partial<RuleHeader> | undefined;
}

/** A network of a rule, apart: what stands in the header, what among the attributes. Of no bits: every address, which is not said. */
const networkOf = (prefix: string | undefined): { family?: number; length: number; address?: string } => {
  if (prefix === undefined) return { length: 0 };
  const { family, address, length } = parsePrefix(prefix);
  return length === 0 ? { family, length } : { family, length, address };
};

/** The request, with what `ip rule` fills in. */
const requestOf = (
  name: "RTM_NEWRULE" | "RTM_DELRULE",
  attrs: RuleAttrs,
  given: Partial<RuleHeader> = {},
): AnyInput<RouteMessageType> => {
  const from = networkOf(attrs.src);
  const to = networkOf(attrs.dst);
  const isNew = name === "RTM_NEWRULE";
  const action = given.action ?? (attrs.goto !== undefined ? FR_ACT.GOTO : isNew ? FR_ACT.TO_TBL : FR_ACT.UNSPEC);
  // Without a table the kernel would make an empty one for it.
  const isForMain = isNew && action === FR_ACT.TO_TBL && !attrs.l3mdev;
  const where = tableOf(attrs.table ?? given.table ?? (isForMain ? RT_TABLE.MAIN : undefined));
  // In the caller's order.
  const said: RuleAttrs = { ...attrs };
  if (attrs.src !== undefined) said.src = from.address;
  if (attrs.dst !== undefined) said.dst = to.address;
  if (where.attrs.table !== attrs.table) said.table = where.attrs.table;
  return {
    name,
    flags: isNew ? VERB.ADD : VERB.DELETE,
    header: {
      family: from.family ?? to.family ?? AF.INET,
      srcLen: from.length,
      dstLen: to.length,
      action,
      ...given,
      ...where.header,
    },
    attrs: said,
  };
};

/** Does a deletion say nothing but a family? What it says is what is sent: "0.0.0.0/0" and table 0 are nothing. */
const fitsAny = (request: object): boolean => {
  const { header, attrs } = request as { readonly header?: object; readonly attrs?: object };
  const { family: _family, ...others } = (header ?? {}) as Partial<RuleHeader>;
  return (
    Object.values(others).every((value) => value === 0) &&
    Object.values(attrs ?? {}).every((value) => value === undefined)
  );
};

/** RTM_*RULE, by name. */
export class RoutingRules {
  readonly #connection: Connection<RouteMessageType>;
  /** @param connection over which to talk */
  constructor(connection: Connection<RouteMessageType>) {
    this.#connection = connection;
  }

  /**
   * Lists rules, the lowest priority first. The kernel filters by family alone.
   * @param filter which
   * @param options timeout, signal
   */
  async list(filter: RoutingRuleFilter = {}, options?: RequestOptions): Promise<RoutingRule[]> {
    const { family, table, priority } = filter;
    if (family === undefined) {
      const found = await this.list({ ...filter, family: AF.INET }, options);
      return found.concat(await this.list({ ...filter, family: AF.INET6 }, options));
    }
    const needs = [...(table === undefined ? [] : ["table"]), ...(priority === undefined ? [] : ["priority"])];
    const how = readingAlso(options, needs);
    const { messages } = await this.#connection.dump({ name: "RTM_GETRULE", header: { family } }, how);
    const found = allOf(
      messages,
      "RTM_NEWRULE",
      ({ header, attrs }) =>
        header.family === family &&
        (table === undefined || (attrs.table ?? header.table) === table) &&
        // The kernel does not say a priority of 0, that of table local.
        (priority === undefined || (attrs.priority ?? 0) === priority),
    );
    return asAsked(found, options, needs);
  }

  /**
   * Makes a rule. What is not said is as `ip rule add` fills it in: IPv4, unless `src`, `dst` or `header.family` say otherwise; to
   * table main, with `goto` on to that priority. Without `priority` the kernel puts it right behind the rule of table local, before
   * all others.
   * @param attrs what it matches (`src` and `dst` are networks, "10.0.0.0/8", or an address; `fwmark`, `iifname`, `uidRange`…) and
   *   `table`, any number
   * @param options `header`: action, flags, type of service, family
   * @throws KernelError EEXIST for one that is the same; RangeError for what is no network
   * @example
   * await rtnl.rules.add({ src: "10.64.0.0/16", table: 100, priority: 1000 });
   */
  async add(attrs: RuleAttrs, options: RoutingRuleOptions = {}): Promise<void> {
    const { header, ...how } = options;
    await this.#connection.request(requestOf("RTM_NEWRULE", attrs, header), how);
  }

  /**
   * Deletes the first rule that has all of this.
   * @param attrs what it has; of one that was listed `attrs`, and its `header` among the options
   * @param options `header`: as for `add`
   * @throws KernelError ENOENT; RangeError where nothing is said: that would be the rule of table local, without which nothing is heard
   * @example
   * await rtnl.rules.delete({ priority: 1000 });
   */
  async delete(attrs: RuleAttrs, options: RoutingRuleOptions = {}): Promise<void> {
    const { header, ...how } = options;
    const request = requestOf("RTM_DELRULE", attrs, header);
    if (fitsAny(request)) throw new RangeError("which rule? Say at least its priority");
    await this.#connection.request(request, how);
  }
}
