// What the events of links mean, those of bridge ports and disciplines among them.
import { AF } from "../attrs/families.ts";
import { RTNLGRP } from "../attrs/route/groups.ts";
import type { LinkAttrs } from "../attrs/route/link.ts";
import { TC_H } from "../attrs/route/tc/tc.ts";
import type { Link } from "./links.ts";
import type { Effect, Step, WatchRules } from "./watch-types.ts";

type Table = ReadonlyMap<string, Link>;

const keyOf = (index: number): string => String(index);
const setting = (link: Link): Step<Link> => ({ kind: "set", key: keyOf(link.header.index), message: link });
const changed = (link: Link, attrs: LinkAttrs): Step<Link> => setting({ ...link, attrs: { ...link.attrs, ...attrs } });

/** As a list has it: what only an event says would stay in the table for ever. */
const asListed = (link: Link): Link => {
  const { event: _event, ...attrs } = link.attrs;
  return { ...link, header: { ...link.header, change: 0 }, attrs: { ...attrs, ...withoutCounters(attrs) } };
};
const withoutCounters = ({ afSpec }: LinkAttrs): LinkAttrs => {
  if (afSpec?.inet6 === undefined) return {};
  const { stats: _stats, icmp6stats: _icmp6stats, ...inet6 } = afSpec.inet6;
  return { afSpec: { ...afSpec, inet6 } };
};

/** Kinds of two links that name each other in IFLA_LINK, of which the kernel tells only one. */
const isPair = ({ attrs: { linkinfo } }: Link): boolean => linkinfo?.kind === "veth" || linkinfo?.kind === "netkit";

/** Its other end is here, and knows it under another number or in another namespace: it was made, or moved here. */
const joined = (link: Link, table: Table): Step<Link>[] => {
  const { index } = link.header;
  const { link: other = 0, linkNetnsid } = link.attrs;
  const peer = isPair(link) && linkNetnsid === undefined ? table.get(keyOf(other)) : undefined;
  if (peer === undefined || !isPair(peer) || peer.header.index === index) return [];
  if (peer.attrs.link === index && peer.attrs.linkNetnsid === undefined) return [];
  const { linkNetnsid: _gone, ...attrs } = peer.attrs;
  return [setting({ ...peer, attrs: { ...attrs, link: index } })];
};

/** It went to another namespace: its other end, if that is here, names it by its number there. */
const parted = ({ header: { index }, attrs }: Link, table: Table): Step<Link>[] => {
  const { link: other = 0, newNetnsid: linkNetnsid, newIfindex = index } = attrs;
  const peer = linkNetnsid === undefined || linkNetnsid < 0 ? undefined : table.get(keyOf(other));
  if (peer === undefined || !isPair(peer) || peer.attrs.link !== index) return [];
  return [changed(peer, { link: newIfindex, linkNetnsid })];
};

/** A bridge tells of its ports in messages of its own family, among them of a state that no other message tells. */
const ofPort = (index: number, { protinfo }: LinkAttrs, table: Table): Effect<Link> => {
  const link = table.get(keyOf(index));
  const { linkinfo } = link?.attrs ?? {};
  if (link === undefined || linkinfo?.slaveKind !== "bridge" || protinfo?.bridge === undefined) return undefined;
  return changed(link, { linkinfo: { ...linkinfo, slaveData: { bridge: protinfo.bridge } } });
};

/** Of a bridge and its ports: hundredths of seconds until something, how many entries there are. */
const RUNNING = /Timer$|^(?:fdbNLearned|mcastNGroups|mcastEhtHostsCnt)$/;
const withoutRunning = (bridge: object): object =>
  Object.fromEntries(Object.entries(bridge).filter(([name]) => !RUNNING.test(name)));

/** RTM_*LINK, and what of RTM_*QDISC shows in a link. */
export const linkRules: WatchRules<Link> = {
  groups: [RTNLGRP.LINK, RTNLGRP.TC],
  key: ({ header }) => keyOf(header.index),
  state({ header, attrs: { stats: _stats, stats64: _stats64, linkinfo, ...attrs } }) {
    const { data, slaveData, ...kinds } = linkinfo ?? {};
    const bridges = [data?.bridge, slaveData?.bridge].map((bridge) => bridge && withoutRunning(bridge));
    return [header, attrs, kinds, { ...data, bridge: bridges[0] }, { ...slaveData, bridge: bridges[1] }];
  },
  effect({ action, message }, table) {
    switch (message.name) {
      case "RTM_NEWLINK":
      case "RTM_DELLINK": {
        const { family, index } = message.header;
        // RTM_DELLINK of AF_BRIDGE is a port that left, not a link that is gone.
        if (family === AF.BRIDGE && action === "new") return ofPort(index, message.attrs, table);
        if (family !== AF.UNSPEC) return undefined;
        const link = asListed(message as Link);
        if (action === "new") return [setting(link), ...joined(link, table)];
        return [{ kind: "delete", key: keyOf(index) }, ...parted(link, table)];
      }
      case "RTM_NEWQDISC":
      case "RTM_DELQDISC": {
        // What stands in the place of one that was deleted is not told.
        const { ifindex, parent } = message.header;
        const known = table.get(keyOf(ifindex))?.attrs.qdisc;
        const isKnown = parent !== TC_H.ROOT || (action === "new" && message.attrs.kind === known);
        return isKnown ? undefined : { kind: "resync" };
      }
      default:
        return undefined;
    }
  },
};
