// The fixtures hold together: their annotations are what explain says today, and nothing lies about unused.
import { describe, expect, test } from "vitest";
import { decodeMessages } from "../../src/index.ts";
import { formatGolden, parseGolden } from "../../src/testing/golden.ts";
import { everyItem, fixtureFiles, fixtureText, framed, hex, resolveIn } from "../support/fixtures.ts";

const BULK = "bulk.hex";
/** Facts about the kernel's headers, which nobody recorded. */
const isUapi = (file: string): boolean => file.startsWith("uapi/");
const isBulk = (file: string): boolean => file.endsWith(`/${BULK}`);

describe("annotated texts", () => {
  // lab.txt is no item: it is what the package replays where no kernel can be had.
  test.each([...everyItem().map(({ file }) => file), "lab.txt"])(
    "%s: parsed and formatted again, the same text",
    (file) => {
      const text = fixtureText(file);
      expect(formatGolden(parseGolden(text, resolveIn(file)))).toBe(text);
    },
  );

  test.each(everyItem().map((item) => [item.file, item] as const))("%s: decodes", (_file, { datagrams }) => {
    for (const { bytes, protocol } of datagrams) {
      const decoded = decodeMessages(bytes, { protocol });
      expect(decoded).toHaveLength(framed(bytes).length);
      expect(decoded.map(({ name }) => name)).not.toContain(undefined);
    }
  });

  test.each(everyItem().map((item) => [item.file, item] as const))(
    "%s: begins with its command",
    (file, { command }) => {
      expect(parseGolden(fixtureText(file)).comments).toEqual([command]);
    },
  );

  test("each begins with a request", () => {
    for (const { file, datagrams } of everyItem()) expect(datagrams[0]?.direction, file).toBe(">");
  });
});

describe("files", () => {
  const files = fixtureFiles();

  test("every one is in the manifest, and every one of the manifest is there", () => {
    const texts = files.map(({ file }) => file).filter((file) => file.includes("/") && !isBulk(file) && !isUapi(file));
    expect(texts.sort()).toEqual(
      everyItem()
        .map(({ file }) => file)
        .sort(),
    );
  });

  test("no item is listed twice", () => {
    expect(new Set(everyItem().map(({ file }) => file)).size).toBe(everyItem().length);
  });

  test.each(files.map(({ file }) => file).filter(isBulk))("%s: every line is referenced, once", (file) => {
    const folder = file.slice(0, -BULK.length);
    const lines = fixtureText(file).trimEnd().split("\n");
    const used = everyItem()
      .filter((item) => item.file.startsWith(folder))
      .flatMap(({ datagrams }) => datagrams.flatMap(({ reference }) => (reference === undefined ? [] : [reference])));
    expect(used.sort()).toEqual(lines.map((_, i) => `${BULK}:${i + 1}`).sort());
    for (const [i, line] of lines.entries()) expect(hex(resolveIn(file)(`${BULK}:${i + 1}`))).toBe(line);
  });

  test("are less than 3 MB together", () => {
    const total = files.reduce((sum, { size }) => sum + size, 0);
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThan(3e6);
  });
});
