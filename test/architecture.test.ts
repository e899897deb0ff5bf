// Arrows point one way: DESIGN's house, read from the imports themselves.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const SRC = resolve("src");
/** Which rooms a room may import from, itself aside; and which packages. */
const MAY: Record<string, { rooms: string[]; packages: RegExp }> = {
  codec: { rooms: [], packages: /^$/ },
  attrs: { rooms: ["codec"], packages: /^$/ },
  index: { rooms: ["codec", "attrs"], packages: /^$/ },
  // attrs: the numbers of the protocols, which captures hold; test/startup sees that no family comes with them.
  capture: { rooms: ["codec", "attrs"], packages: /^$/ },
  socket: { rooms: ["codec"], packages: /^(node:|koffi$)/ },
  client: { rooms: ["codec", "attrs", "socket"], packages: /^node:/ },
  network: { rooms: ["codec", "attrs", "socket", "client", "capture"], packages: /^node:/ },
  testing: { rooms: ["codec", "attrs", "socket", "capture"], packages: /^(node:|fast-check$)/ },
  cli: {
    rooms: ["codec", "attrs", "socket", "client", "network", "capture"],
    packages: /^(node:|commander$|picocolors$)/,
  },
};

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const roomOf = (file: string): string => file.split("/")[0]?.replace(/\.ts$/, "") ?? "";
const IMPORT = /(?:from|import)\s*\(?\s*"([^"]+)"/g;

/** What a file imports: rooms by name, packages by theirs. */
const importsOf = (file: string): { rooms: Set<string>; packages: Set<string> } => {
  const rooms = new Set<string>();
  const packages = new Set<string>();
  for (const [, from = ""] of readFileSync(join(SRC, file), "utf8").matchAll(IMPORT)) {
    if (from.startsWith(".")) rooms.add(roomOf(relative(SRC, resolve(SRC, dirname(file), from))));
    else if (from !== "nlkit") packages.add(from);
  }
  return { rooms, packages };
};

test("every file stands in a room that has rules", () => {
  expect(files.length).toBeGreaterThan(60);
  expect(files.filter((file) => MAY[roomOf(file)] === undefined)).toEqual([]);
});

describe.each(Object.entries(MAY))("%s", (room, { rooms, packages }) => {
  test.each(files.filter((file) => roomOf(file) === room))("%s", (file) => {
    const found = importsOf(file);
    expect([...found.rooms].filter((r) => r !== room && !rooms.includes(r))).toEqual([]);
    expect([...found.packages].filter((p) => !packages.test(p))).toEqual([]);
  });
});

test("only socket/ loads native code", () => {
  const native = files.filter((file) => importsOf(file).packages.has("koffi"));
  expect(native.map(roomOf).filter((room) => room !== "socket")).toEqual([]);
  expect(native.length).toBeGreaterThan(0);
});
