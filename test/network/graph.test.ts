// Pictures of networks: from plain data, from hostile names, and from namespaces that are there.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IFA_F } from "../../src/attrs/route/address.ts";
import { Rtnetlink } from "../../src/client/index.ts";
import type { Graph, GraphLink } from "../../src/network/graph.ts";
import { collectGraph } from "../../src/network/graph-collect.ts";
import { graphDot } from "../../src/network/graph-dot.ts";
import { type Box, layoutOf } from "../../src/network/graph-layout.ts";
import { graphSvg } from "../../src/network/graph-svg.ts";
import { graphText } from "../../src/network/graph-text.ts";
import { openNetns } from "../../src/socket/index.ts";
import { live, useNetns } from "../support/live.ts";

const link = (index: number, ifname: string, more: Partial<GraphLink> = {}): GraphLink => ({
  index,
  ifname,
  isUp: true,
  hasCarrier: true,
  addresses: [],
  ...more,
});
const example: Graph = {
  namespaces: [
    {
      name: "host",
      links: [
        link(2, "br0", { kind: "bridge", addresses: ["10.1.0.1/16"] }),
        link(3, "va", { kind: "veth", master: 2, state: 3, peer: { namespace: 1, index: 2 } }),
        link(4, "vb", { kind: "veth", master: 2, state: 0, isUp: false, peer: { namespace: 2, index: 2 } }),
        link(5, "eth0", { addresses: ["192.0.2.7/24"] }),
        link(6, "mv", { kind: "macvlan", lower: { namespace: 0, index: 5 } }),
      ],
    },
    {
      name: "a",
      links: [link(2, "eth0", { kind: "veth", addresses: ["10.1.0.2/16"], peer: { namespace: 0, index: 3 } })],
    },
    { name: "b", links: [link(2, "eth0", { kind: "veth", hasCarrier: false, peer: { namespace: 0, index: 4 } })] },
    { name: "alone", links: [] },
  ],
};

test("a tree", () => {
  expect(graphText(example)).toBe(
    `host
├─ br0 bridge, up, 10.1.0.1/16
│  ├─ va forwarding ── a: eth0 up, 10.1.0.2/16
│  └─ vb down ── b: eth0 no carrier
├─ eth0 up, 192.0.2.7/24
└─ mv macvlan, up, on host: eth0
alone
`,
  );
});

test("DOT: a cluster a namespace, one edge a pair", () => {
  const dot = graphDot(example);
  expect(dot.split("\n").filter((line) => line.includes(" -- "))).toEqual([
    "  link_0_2 -- link_0_3;",
    "  link_0_3 -- link_1_2 [penwidth=2];",
    "  link_0_2 -- link_0_4;",
    "  link_0_4 -- link_2_2 [penwidth=2];",
    "  link_0_6 -- link_0_5 [style=dashed];",
  ]);
  expect(dot).toContain('link_1_2 [label="eth0\\nup\\n10.1.0.2/16"');
  expect([...dot.matchAll(/subgraph cluster_/g)].length).toBe(4);
});

/** Every tag that the picture may have; the rest must be text without "<". */
const TAG = /<(?:svg|rect|text|path|title)(?: [\w:-]+="[^"<&]*")*\/?>|<\/(?:svg|text|title)>/g;
const isWellFormed = (svg: string): boolean => {
  const open: string[] = [];
  for (const [tag] of svg.matchAll(TAG)) {
    const [, end, name = ""] = /^<(\/?)(\w+)/.exec(tag) ?? [];
    if (end === "/") {
      if (open.pop() !== name) return false;
    } else if (!tag.endsWith("/>")) open.push(name);
  }
  const rest = svg.replace(TAG, "");
  return open.length === 0 && !/[<>]/.test(rest) && !/&(?!(?:amp|lt|gt|quot|#39);)/.test(rest);
};
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]/;

describe("hostile names", () => {
  const evil = `\u001b[31m\n</text><script>"\\N&amp;\u202e\ufffe`;
  const named = (name: string): Graph => ({
    namespaces: [
      { name, links: [link(2, name, { kind: "bridge", addresses: [name] }), link(3, "v", { master: 2, kind: name })] },
      { name, links: [link(4, name, { peer: { namespace: 0, index: 3 } })] },
    ],
  });
  test("are spelled out", () => {
    expect(graphText(named(evil)).split("\n")[0]).toBe('"\\u001b[31m\\n</text><script>\\"\\\\N&amp;\\u202e\ufffe"');
    const svg = graphSvg(named("\u001b</text>"));
    expect(svg).toContain(">\\u001b&lt;/text&gt;<");
    expect(svg).not.toContain("\u001b");
    expect(graphDot(named(evil))).toContain(
      'label="\\\\u001b[31m\\\\n</text><script>\\"\\\\\\\\N&amp;amp;\\\\u202e\ufffe"',
    );
  });
  test("whatever they are: SVG stays SVG, DOT's strings end where they should, lines stay lines", () => {
    const names = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(..."<>&\"\\'/\n\u202e\ufffe]]>-xa界") }),
    );
    fc.assert(
      fc.property(names, (name) => {
        const graph = named(name);
        const svg = graphSvg(graph);
        expect(isWellFormed(svg)).toBe(true);
        expect(RAW.test(svg)).toBe(false);
        const dot = graphDot(graph).replace(/"(?:[^"\\\n]|\\.)*"/g, "S");
        expect(dot).not.toMatch(/["\\]/);
        expect(dot.split("\n").length).toBe(graphDot(named("x")).split("\n").length);
        expect(graphText(graph).split("\n").length).toBe(graphText(named("x")).split("\n").length);
      }),
      { numRuns: 500 },
    );
  });
});

const apart = (a: Box, b: Box): boolean =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

test("nothing lies upon something else, and everything inside the picture", () => {
  const shapes = fc.record({
    hubs: fc.array(fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 6 }), { maxLength: 3 }), {
      minLength: 1,
      maxLength: 3,
    }),
    leaves: fc.integer({ min: 0, max: 12 }),
  });
  fc.assert(
    fc.property(shapes, ({ hubs, leaves }) => {
      const around: GraphLink[][] = Array.from({ length: leaves }, () => []);
      let index = 1;
      const middle = hubs.map((bridges, hub) => ({
        name: `hub${hub}`,
        links: bridges.flatMap((ends) => {
          const bridge = link(index++, "br", { kind: "bridge", addresses: ["10.0.0.1/8"] });
          const ports = ends.flatMap((end) => {
            const leaf = around[end];
            if (leaf === undefined) return [link(index++, "hw", { master: bridge.index })];
            const port = index++;
            const inside = index++;
            leaf.push(
              link(inside, "eth", { peer: { namespace: hub, index: port }, addresses: ["10.0.0.2/8", "fd00::2/64"] }),
            );
            return [link(port, "v", { master: bridge.index, peer: { namespace: hubs.length + end, index: inside } })];
          });
          return [bridge, ...ports];
        }),
      }));
      const graph = { namespaces: [...middle, ...around.map((links, i) => ({ name: `leaf${i}`, links }))] };
      const { width, height, namespaces, bridges, links } = layoutOf(graph);
      for (const boxes of [namespaces, [...bridges, ...links]]) {
        boxes.forEach((a, i) => {
          for (const b of boxes.slice(i + 1)) expect(apart(a, b)).toBe(true);
          expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true);
        });
      }
      expect(bridges.length + links.length).toBe(graph.namespaces.flatMap((one) => one.links).length);
    }),
  );
});

live("collecting", () => {
  const [host = "", a = "", b = ""] = useNetns(3);
  test("finds the other ends, each namespace once", async () => {
    await using rtnl = await Rtnetlink.open({ netns: host });
    await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
    await rtnl.links.up("br0");
    await rtnl.addresses.add("br0", "10.1.0.1/16");
    for (const [netns, port] of [
      [a, "pa"],
      [b, "pb"],
    ] as const) {
      const target = openNetns(netns);
      const peer = { attrs: { ifname: "eth0", netNsFd: target.fd } };
      await rtnl.links.add({ ifname: port, linkinfo: { kind: "veth", data: { veth: { peer } } } });
      target.close();
      await rtnl.links.setMaster(port, "br0");
    }
    await using inside = await Rtnetlink.open({ netns: a });
    await inside.links.up("eth0");
    await rtnl.links.up("pa");
    await inside.addresses.add("eth0", "10.1.0.2/16");
    await inside.addresses.add("eth0", "fd00::2/64", { flags: IFA_F.NODAD });
    await using ports = await rtnl.watch("link");
    await ports.until((table) =>
      table.list().some(({ attrs }) => attrs.ifname === "pa" && attrs.linkinfo?.slaveData?.bridge?.state === 3),
    );
    const graph = await collectGraph({ host, namespaces: [a, host, `/run/netns/${a}`, "nlkit-test-none", b] });
    expect(graphText(graph)).toBe(
      `${host}
└─ br0 bridge, up, 10.1.0.1/16
   ├─ pa forwarding ── ${a}: eth0 up, 10.1.0.2/16, fd00::2/64
   └─ pb down ── ${b}: eth0 down
`,
    );
    expect(graph.namespaces.length).toBe(3);
    const partly = await collectGraph({ host, namespaces: [b] });
    expect(graphText(partly)).toContain("├─ pa forwarding\n");
    // The end stands first where its namespace is the host.
    expect(graphText(await collectGraph({ host: a, namespaces: [host] }))).toContain(
      `${a}\n└─ eth0 up, 10.1.0.2/16, fd00::2/64 ── ${host}: pa\n`,
    );
  });
});
