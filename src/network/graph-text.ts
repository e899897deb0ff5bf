// Networks as a tree of text: namespaces, their bridges, the ports, and who is behind each.
import { plain } from "../codec/text.ts";
import { type Graph, type GraphLink, groupsOf, isHub, linkAt, nameText, stateOf } from "./graph.ts";

interface Branch {
  readonly text: string;
  readonly branches: readonly Branch[];
}

const factsOf = (link: GraphLink): string =>
  [
    ...(link.kind === undefined || link.kind === "veth" ? [] : [nameText(link.kind)]),
    stateOf(link),
    ...link.addresses.map(plain),
  ].join(", ");

/** "vethaa forwarding ── web: eth0 up, 10.1.0.2/16" */
const lineOf = (graph: Graph, link: GraphLink): string => {
  const own = `${nameText(link.ifname)} ${factsOf(link)}`;
  const lower = linkAt(graph, link.lower);
  const on = lower === undefined ? "" : `, on ${nameText(lower.namespace.name)}: ${nameText(lower.link.ifname)}`;
  const end = linkAt(graph, link.peer);
  if (end === undefined) return own + on;
  const name = `${nameText(end.namespace.name)}: ${nameText(end.link.ifname)}`;
  return `${own}${on} ── ${name}${isHub(graph, end.place.namespace) ? "" : ` ${factsOf(end.link)}`}`;
};

const branchOf = (graph: Graph, namespace: number): Branch => {
  const own = graph.namespaces[namespace] ?? { name: "", links: [] };
  const branches = groupsOf(own).flatMap(({ bridge, ports }): Branch[] => {
    const below = ports.map((port): Branch => ({ text: lineOf(graph, port), branches: [] }));
    return bridge === undefined ? below : [{ text: lineOf(graph, bridge), branches: below }];
  });
  return { text: nameText(own.name), branches };
};

const linesOf = ({ text, branches }: Branch): string[] => [
  text,
  ...branches.flatMap((branch, i) => {
    const isLast = i === branches.length - 1;
    return linesOf(branch).map((line, j) => (j === 0 ? (isLast ? "└─ " : "├─ ") : isLast ? "   " : "│  ") + line);
  }),
];

/**
 * A tree: every namespace with bridges, its ports, and who is behind each; then the namespaces that were not told of yet.
 * @param graph what to draw
 * @returns lines, each ended; names are escaped
 */
export const graphText = (graph: Graph): string => {
  const shown = graph.namespaces.flatMap(({ links }, namespace) => {
    const isToldElsewhere = links.every(({ peer }) => peer !== undefined && isHub(graph, peer.namespace));
    return isHub(graph, namespace) || links.length === 0 || !isToldElsewhere ? [branchOf(graph, namespace)] : [];
  });
  return shown
    .flatMap(linesOf)
    .map((line) => `${line}\n`)
    .join("");
};
