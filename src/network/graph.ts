// What a picture of networks is drawn from: namespaces, their links, and which link hangs on which. Plain data; graph-collect.ts reads it,
// graph-text.ts, graph-dot.ts and graph-svg.ts draw it.
import { BR_STATE } from "../attrs/route/bridge-port.ts";
import { plain, quote } from "../codec/text.ts";

/** A link of some namespace. */
export interface GraphPlace {
  /** Position of the namespace in `Graph.namespaces`. */
  readonly namespace: number;
  /** Index of the link there. */
  readonly index: number;
}
/** A link. */
export interface GraphLink {
  /** Its index in its namespace. */
  readonly index: number;
  /** Its name: hostile text. */
  readonly ifname: string;
  /** IFLA_INFO_KIND: "bridge", "veth"; undefined for hardware and lo. */
  readonly kind?: string | undefined;
  /** IFF_UP. */
  readonly isUp: boolean;
  /** Can it carry frames now (IFF_LOWER_UP)? */
  readonly hasCarrier: boolean;
  /** "10.1.0.2/16"; link-local ones of IPv6 are left out. */
  readonly addresses: readonly string[];
  /** Index of its bridge, in the same namespace. */
  readonly master?: number | undefined;
  /** Of a bridge's port: BR_STATE. */
  readonly state?: number | undefined;
  /** Of a bridge's port: it exchanges no frames with other isolated ones. */
  readonly isIsolated?: boolean | undefined;
  /** The other end of a veth pair; undefined when it is in no namespace of the graph. */
  readonly peer?: GraphPlace | undefined;
  /** The link that it stands on (macvlan, vlan). */
  readonly lower?: GraphPlace | undefined;
}
/** A namespace. */
export interface GraphNamespace {
  /** Its name: hostile text. */
  readonly name: string;
  /** Its links, without an lo that has nothing to tell. */
  readonly links: readonly GraphLink[];
}
/** Everything that is drawn. */
export interface Graph {
  /** The host's first. */
  readonly namespaces: readonly GraphNamespace[];
}

/** A link and where it is. */
export interface PlacedLink {
  /** Its place. */
  readonly place: GraphPlace;
  /** Its namespace. */
  readonly namespace: GraphNamespace;
  /** The link. */
  readonly link: GraphLink;
}

/**
 * What stands at a place.
 * @param graph of which
 * @param place undefined, and what is not in the graph, is nothing
 */
export const linkAt = ({ namespaces }: Graph, place: GraphPlace | undefined): PlacedLink | undefined => {
  const namespace = namespaces[place?.namespace ?? -1];
  const link = namespace?.links.find(({ index }) => index === place?.index);
  return place === undefined || namespace === undefined || link === undefined ? undefined : { place, namespace, link };
};

/** The host, and whatever else has bridges: what others hang on. */
export const isHub = ({ namespaces }: Graph, namespace: number): boolean =>
  namespace === 0 || namespaces[namespace]?.links.some(({ kind }) => kind === "bridge") === true;

/** A bridge with its ports; last, without a bridge, what hangs on none. */
export interface PortGroup {
  /** The bridge. */
  readonly bridge?: GraphLink | undefined;
  /** Its ports. */
  readonly ports: readonly GraphLink[];
}
/** The links of a hub, by bridge. */
export const groupsOf = ({ links }: GraphNamespace): PortGroup[] => {
  const bridges = links.filter(({ kind }) => kind === "bridge");
  const indices = new Set(bridges.map(({ index }) => index));
  const groups: PortGroup[] = bridges.map((bridge) => ({
    bridge,
    ports: links.filter(({ master }) => master === bridge.index),
  }));
  const rest = links.filter(({ kind, master }) => kind !== "bridge" && !indices.has(master ?? -1));
  return rest.length === 0 ? groups : [...groups, { ports: rest }];
};

const STATES = Object.fromEntries(Object.entries(BR_STATE).map(([name, value]) => [value, name.toLowerCase()]));

/** How a link is: "up", "down", "no carrier"; of a port, how the bridge has it. */
export const stateOf = ({ isUp, hasCarrier, state, isIsolated }: GraphLink): string => {
  const word = !isUp
    ? "down"
    : !hasCarrier
      ? "no carrier"
      : state === undefined
        ? "up"
        : (STATES[state] ?? `state ${state}`);
  return isIsolated === true ? `${word}, isolated` : word;
};

/** Does it carry frames? */
export const isWell = ({ isUp, hasCarrier, state }: GraphLink): boolean =>
  isUp && hasCarrier && (state === undefined || state === BR_STATE.FORWARDING);

/** A name among other words: in quotes unless it is a plain one. */
export const nameText = (name: string): string => (/^[\w.:@+-]+$/.test(name) ? plain(name) : quote(name));
