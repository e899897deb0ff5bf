// Networks as a picture: SVG by itself, without Graphviz. Every text comes from outside and is escaped twice: for eyes, then for XML.
import { plain } from "../codec/text.ts";
import { type Graph, type GraphPlace, isWell, linkAt, stateOf } from "./graph.ts";
import { type Box, LINE, type LinkBox, layoutOf } from "./graph-layout.ts";

/** For eyes: what could hide or reorder is spelled out. U+FFFE and U+FFFF may stand in no XML at all. */
const visible = (text: string): string =>
  plain(text)
    .replace(/\\"/g, '"')
    .replace(/[\ufffe\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const xml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? "");

/** Pixels of a character, monospace at 12 pixels; those of East Asia have twice that. */
const CHARACTER = 7.25;
const widthOf = (c: string): number => ((c.codePointAt(0) ?? 0) < 0x1100 ? CHARACTER : 2 * CHARACTER);

/** As much of a text as fits; the whole when the pointer rests on it. */
const textAt = (x: number, y: number, room: number, text: string, style = ""): string => {
  const characters = [...visible(text)];
  let left = room;
  const count = characters.findIndex((c) => {
    left -= widthOf(c);
    return left < 0;
  });
  if (count < 0) return `<text x="${x}" y="${y}"${style}>${xml(characters.join(""))}</text>`;
  const shown = characters.slice(0, Math.max(1, count - 1)).join("");
  return `<text x="${x}" y="${y}"${style}><title>${xml(characters.join(""))}</title>${xml(shown)}…</text>`;
};

const rect = ({ x, y, width, height }: Box, style: string): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" ${style}/>`;

const BOLD = ' font-weight="bold"';
/** A line that passes behind is interrupted. */
const HALO = ' stroke="#ffffff" stroke-width="4" paint-order="stroke"';
const SMALL = ' fill="#5b6670"';
const WELL = { fill: "#e3f4e6", stroke: "#3c8d4f" };
const ILL = { fill: "#fbe3e0", stroke: "#c0392b" };

const linkBox = (box: LinkBox): string => {
  const { x, y, width, link } = box;
  const { fill, stroke } = isWell(link) ? WELL : ILL;
  const kind = link.kind === undefined || link.kind === "veth" ? "" : `${link.kind}, `;
  return [
    rect(box, `rx="4" fill="${fill}" stroke="${stroke}"`),
    textAt(x + 6, y + LINE, width - 12, link.ifname, BOLD),
    textAt(x + 6, y + 2 * LINE, width - 12, kind + stateOf(link), SMALL),
    ...link.addresses.map((address, i) => textAt(x + 6, y + (3 + i) * LINE, width - 12, address)),
  ].join("\n");
};

/** From one link to another: straight out of both boxes, and round between them. */
const lineOf = (a: LinkBox, b: LinkBox, style: string): string => {
  const bend = ({ above }: LinkBox): number => (above ? -28 : 28);
  const curve = `C${a.exit} ${a.edge + bend(a)} ${b.exit} ${b.edge + bend(b)} ${b.exit} ${b.edge}`;
  const begin = ({ y, height, above }: LinkBox): number => (above ? y : y + height);
  return `<path d="M${a.exit} ${begin(a)}V${a.edge}${curve}V${begin(b)}" fill="none" ${style}/>`;
};

/**
 * A picture of networks: hubs with their bridges in the middle, the namespaces on them around.
 * @param graph what to draw
 * @returns an SVG file; names are escaped
 */
export const graphSvg = (graph: Graph): string => {
  const { width, height, namespaces, bridges, links } = layoutOf(graph);
  const boxOf = (place: GraphPlace | undefined): LinkBox | undefined =>
    links.find((one) => one.place.namespace === place?.namespace && one.place.index === place.index);
  const lines = links.flatMap((box) => {
    const { place, link } = box;
    const lower = boxOf(link.lower);
    if (lower !== undefined) return [lineOf(box, lower, 'stroke="#5b6670" stroke-dasharray="4 3"')];
    const peer = boxOf(link.peer);
    // A pair is one line, not two.
    const isFirst = peer !== undefined && links.indexOf(box) < links.indexOf(peer);
    if (!isFirst || linkAt(graph, place) === undefined) return [];
    return [
      lineOf(box, peer, `stroke="${isWell(link) && isWell(peer.link) ? WELL.stroke : ILL.stroke}" stroke-width="2"`),
    ];
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans Mono, monospace" font-size="12">`,
    rect({ x: 0, y: 0, width, height }, 'fill="#ffffff"'),
    ...namespaces.map((box) => rect(box, `rx="6" fill="${box.isHub ? "#f3f6f9" : "#ffffff"}" stroke="#8795a1"`)),
    ...bridges.map((box) =>
      [
        rect(box, `rx="6" fill="#dbe9f8" stroke="${isWell(box.link) ? "#2f6fab" : ILL.stroke}"`),
        textAt(box.x + 10, box.y + LINE + 4, box.width - 20, box.link.ifname, BOLD),
        textAt(box.x + 10, box.y + 2 * LINE + 4, box.width - 20, `bridge, ${stateOf(box.link)}`, SMALL),
        ...box.link.addresses.map((one, i) => textAt(box.x + 10, box.y + (3 + i) * LINE + 4, box.width - 20, one)),
      ].join("\n"),
    ),
    ...lines,
    ...namespaces.map((box) => textAt(box.x + 8, box.title, box.width - 16, box.namespace.name, BOLD + HALO)),
    ...links.map(linkBox),
    "</svg>",
  ].join("\n")}\n`;
};
