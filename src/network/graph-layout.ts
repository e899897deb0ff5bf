// Where everything stands in a picture: hubs in a row in the middle, each with its bridges side by side; what hangs on them above and below,
// each straight over or under its port.
import { type Graph, type GraphLink, type GraphNamespace, type GraphPlace, groupsOf, isHub, linkAt } from "./graph.ts";

/** A rectangle, in pixels from the upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** A link's box. */
export interface LinkBox extends Box {
  /** Where its line leaves, from the left. */
  readonly exit: number;
  /** Where the box of its namespace ends on that side: up to there the line is straight. */
  readonly edge: number;
  readonly place: GraphPlace;
  readonly link: GraphLink;
  /** Its line leaves upwards. */
  readonly above: boolean;
}
/** A bridge's box. */
export interface BridgeBox extends Box {
  readonly link: GraphLink;
}
/** A namespace's box. */
export interface NamespaceBox extends Box {
  readonly namespace: GraphNamespace;
  readonly isHub: boolean;
  /** Where its name stands. */
  readonly title: number;
}
/** All of it. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly namespaces: readonly NamespaceBox[];
  readonly bridges: readonly BridgeBox[];
  readonly links: readonly LinkBox[];
}

/** Sizes, in pixels: a line of text, a column with one namespace, room between things, a box's title. */
export const LINE = 16;
const COLUMN = 184;
/** Between hubs, in columns. */
const BETWEEN = 0.125;
const PAD = 10;
const TITLE = 24;
/** Room for the lines between a hub and what is around it. */
const AISLE = 56;
/** For a line that passes a box. */
const BESIDE = 14;

/** Name, state and addresses. */
const heightOf = (link: GraphLink): number => LINE * (2 + link.addresses.length) + 8;
const leafHeight = ({ links }: GraphNamespace): number =>
  links.reduce((sum, link) => sum + heightOf(link) + 6, TITLE + 4);
const tallest = (heights: readonly number[]): number => Math.max(0, ...heights);

/** A link of a hub, and its column and side. */
interface Slot {
  readonly link: GraphLink;
  readonly column: number;
  readonly above: boolean;
}
interface Group {
  readonly bridge?: GraphLink | undefined;
  readonly from: number;
  readonly to: number;
  readonly slots: readonly Slot[];
}
interface Hub {
  readonly number: number;
  readonly from: number;
  readonly to: number;
  readonly groups: readonly Group[];
}
/** A namespace around the hubs. */
interface Leaf {
  readonly number: number;
  readonly column: number;
  readonly above: boolean;
}

/**
 * Hubs take columns from the left. A port stands on the side of its namespace, where that has a place already (it is on two networks);
 * else on the side with more room, and its namespace is put straight over or under it.
 */
const placeAll = (graph: Graph): { readonly hubs: readonly Hub[]; readonly leaves: readonly Leaf[] } => {
  const leaves = new Map<number, Leaf>();
  let column = 0;
  const hubs = graph.namespaces.flatMap((own, number): Hub[] => {
    if (!isHub(graph, number) || own.links.length === 0) return [];
    const from = column;
    const groups = groupsOf(own).map(({ bridge, ports }): Group => {
      const first = column;
      const used = { above: 0, below: 0 };
      const slots = ports.map((link): Slot => {
        const end = linkAt(graph, link.peer)?.place.namespace;
        const leaf = end === undefined || isHub(graph, end) ? undefined : end;
        const above = (leaf === undefined ? undefined : leaves.get(leaf)?.above) ?? used.above <= used.below;
        const at = first + (above ? used.above++ : used.below++);
        if (leaf !== undefined && !leaves.has(leaf)) leaves.set(leaf, { number: leaf, column: at, above });
        return { link, column: at, above };
      });
      column += Math.max(1, used.above, used.below);
      return { bridge, from: first, to: column, slots };
    });
    const to = column;
    column += BETWEEN;
    return [{ number, from, to, groups }];
  });
  // Those that hang on no hub, behind the last column. An empty host is not worth a box.
  let extra = 0;
  graph.namespaces.forEach(({ links }, number) => {
    if (leaves.has(number) || hubs.some((hub) => hub.number === number)) return;
    if (number === 0 && links.length === 0 && graph.namespaces.length > 1) return;
    leaves.set(number, { number, column: column + Math.floor(extra / 2), above: extra % 2 === 0 });
    extra++;
  });
  return { hubs, leaves: [...leaves.values()] };
};

const xOf = (column: number): number => 2 * PAD + column * COLUMN;

/** Puts everything in its place. */
export const layoutOf = (graph: Graph): Layout => {
  const { hubs, leaves } = placeAll(graph);
  const namespaceOf = (number: number): GraphNamespace => graph.namespaces[number] ?? { name: "", links: [] };
  const row = (above: boolean): number =>
    tallest(leaves.filter((leaf) => leaf.above === above).map(({ number }) => leafHeight(namespaceOf(number))));
  const groups = hubs.flatMap((hub) => hub.groups);
  const port = tallest(groups.flatMap(({ slots }) => slots.map(({ link }) => heightOf(link))));
  const bridge = tallest(groups.map(({ bridge: one }) => (one === undefined ? 0 : heightOf(one) + 4)));
  const hubTop = row(true) === 0 ? PAD : PAD + row(true) + AISLE;
  const hubHeight = hubs.length === 0 ? 0 : TITLE + port + bridge + port + PAD;
  const hubEnd = hubTop + hubHeight;
  const below = row(false) === 0 ? hubEnd : hubEnd + AISLE;

  const namespaces: NamespaceBox[] = [];
  const bridges: BridgeBox[] = [];
  const links: LinkBox[] = [];
  for (const { number, from, to, groups: own } of hubs) {
    const [x, width] = [xOf(from) - PAD, (to - from) * COLUMN + PAD];
    namespaces.push({
      x,
      y: hubTop,
      width,
      height: hubHeight,
      namespace: namespaceOf(number),
      isHub: true,
      title: hubTop + LINE,
    });
    for (const group of own) {
      const y = hubTop + TITLE + port;
      const span = (group.to - group.from) * COLUMN - PAD;
      if (group.bridge !== undefined)
        bridges.push({ x: xOf(group.from), y, width: span, height: bridge, link: group.bridge });
      for (const { link, column, above } of group.slots) {
        const place = { namespace: number, index: link.index };
        const [top, height] = [above ? y - heightOf(link) : y + bridge, heightOf(link)];
        const [left, wide] = [xOf(column) + 6, COLUMN - PAD - 12];
        links.push({
          x: left,
          y: top,
          width: wide,
          height,
          exit: left + wide / 2,
          edge: above ? hubTop : hubEnd,
          place,
          link,
          above,
        });
      }
    }
  }
  for (const { number, column, above } of leaves) {
    const namespace = namespaceOf(number);
    const height = leafHeight(namespace);
    const [x, y] = [xOf(column), above ? PAD + row(true) - height : below];
    namespaces.push({
      x,
      y,
      width: COLUMN - PAD,
      height,
      namespace,
      isHub: false,
      title: above ? y + LINE : y + height - 8,
    });
    // The title stands where no line passes.
    let line = y + (above ? TITLE : 6);
    namespace.links.forEach((link, i) => {
      const place = { namespace: number, index: link.index };
      // Those nearer to the hub are narrower: the others' lines pass beside them.
      const nearer = above ? namespace.links.length - 1 - i : i;
      const wide = COLUMN - PAD - 12 - (namespace.links.length - 1 - nearer) * BESIDE;
      const exit = x + 6 + (nearer === 0 ? wide / 2 : wide - BESIDE / 2);
      links.push({
        x: x + 6,
        y: line,
        width: wide,
        height: heightOf(link),
        exit,
        edge: above ? y + height : y,
        place,
        link,
        above: !above,
      });
      line += heightOf(link) + 6;
    });
  }
  const columns = tallest([...hubs.map(({ to }) => to), ...leaves.map(({ column }) => column + 1)]);
  return { width: xOf(columns) + PAD, height: below + row(false) + PAD, namespaces, bridges, links };
};
