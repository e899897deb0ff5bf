// Networks in Graphviz's language: a cluster a namespace, a node a link, an edge a pair or a port.
import { plain } from "../codec/text.ts";
import { type Graph, type GraphPlace, isWell, linkAt, stateOf } from "./graph.ts";

/**
 * A string of DOT. What is hostile is escaped first; then the backslashes, which are orders in a label (\N is the node's name), the
 * quotes, and `&`, which begins an entity.
 */
const dotString = (...lines: readonly string[]): string => {
  const label = (line: string): string =>
    plain(line).replace(/\\"/g, '"').replace(/&/g, "&amp;").replace(/\\/g, "\\\\").replace(/"/g, '\\"');
  return `"${lines.map(label).join("\\n")}"`;
};

const nodeOf = ({ namespace, index }: GraphPlace): string => `link_${namespace}_${index}`;

/**
 * A graph for Graphviz: `dot -Tsvg`.
 * @param graph what to draw
 * @returns a file of DOT; names are escaped
 */
export const graphDot = (graph: Graph): string => {
  const lines = [
    "graph networks {",
    "  rankdir=LR;",
    '  node [shape=box, style="rounded,filled", fontname="monospace"];',
  ];
  const edges: string[] = [];
  const edge = (a: GraphPlace, b: GraphPlace | undefined, style: string): void => {
    if (linkAt(graph, b) !== undefined && b !== undefined) edges.push(`  ${nodeOf(a)} -- ${nodeOf(b)}${style};`);
  };
  graph.namespaces.forEach(({ name, links }, namespace) => {
    lines.push(`  subgraph cluster_${namespace} {`, `    label=${dotString(name)};`);
    // Graphviz draws no box around nothing.
    if (links.length === 0) lines.push(`    empty_${namespace} [label="", style=invis];`);
    for (const link of links) {
      const place = { namespace, index: link.index };
      const kind = link.kind === undefined || link.kind === "veth" ? [] : [link.kind];
      const label = dotString(link.ifname, [...kind, stateOf(link)].join(", "), ...link.addresses);
      lines.push(`    ${nodeOf(place)} [label=${label}, fillcolor=${isWell(link) ? '"#e3f4e6"' : '"#fbe3e0"'}];`);
      if (link.master !== undefined) edge({ namespace, index: link.master }, place, "");
      edge(place, link.lower, " [style=dashed]");
      // A pair is one edge, not two.
      const { peer } = link;
      if (
        peer !== undefined &&
        (peer.namespace > namespace || (peer.namespace === namespace && peer.index > link.index))
      )
        edge(place, peer, " [penwidth=2]");
    }
    lines.push("  }");
  });
  return `${[...lines, ...edges, "}"].join("\n")}\n`;
};
