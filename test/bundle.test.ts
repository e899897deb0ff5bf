// What a browser, or a bundle that wants one message, has to load of the built package.
import { build } from "esbuild";
import { expect, test } from "vitest";

const bundle = async (contents: string, platform: "browser" | "node" = "browser"): Promise<string> => {
  const result = await build({
    stdin: { contents, resolveDir: ".", loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    platform,
    write: false,
    logLevel: "silent",
  });
  return result.outputFiles[0]?.text ?? "";
};
const KB = 1000;

test("nlkit runs in a browser: no koffi, no Node built-in", async () => {
  // platform "browser" fails on an import of a Node built-in; the text shows that none was hidden.
  const code = await bundle('export * from "./dist/index.js";');
  expect(code).not.toMatch(/koffi|\bnode:|require\(|process\.|\bBuffer/);
  expect(code.length).toBeGreaterThan(20 * KB);
  // Every family, with the generated readers of NETLINK_ROUTE: traffic control is 40 KB of it, ethtool 25.
  expect(code.length).toBeLessThan(240 * KB);
});

test("one message alone: links without routes, addresses, neighbours", async () => {
  const code = await bundle(
    'import { decodeWith, encodeWith, links } from "./dist/index.js"; console.log(decodeWith(links, new Uint8Array()), encodeWith);',
  );
  expect(code).toContain("IFLA_");
  expect(code).not.toMatch(
    /RTA_|IFA_|NDA_|NETNSA_|FRA_|NHA_|TCA_|XFRMA_|ETHTOOL_|NFTA_|CTA_|NFQA_|NFULA_|NFPROTO|_DIAG_/,
  );
  // 27 KB of it are the generated reader.
  expect(code.length).toBeLessThan(69 * KB);
});

test("one short message alone", async () => {
  const code = await bundle(
    'import { addresses, decodeWith } from "./dist/index.js"; console.log(decodeWith(addresses, new Uint8Array()));',
  );
  expect(code).not.toContain("IFLA_BR_");
  expect(code.length).toBeLessThan(28 * KB);
});

test("nf_tables alone", async () => {
  const code = await bundle(
    'import { decodeWith, nftables } from "./dist/index.js"; console.log(decodeWith(nftables, new Uint8Array()));',
  );
  expect(code).toContain("NFTA_");
  expect(code).not.toMatch(/IFLA_|RTA_|CTA_TUPLE_|NFQA_/);
  expect(code.length).toBeLessThan(45 * KB);
});

test.each([
  ["conntrack", "CTA_", /IFLA_|RTA_|NFTA_|NFQA_|NFULA_|_DIAG_/, 30],
  // With what finds the keys of TCP MD5: explain, 9 KB of it.
  ["sockDiag", "INET_DIAG_", /IFLA_|RTA_|NFTA_|CTA_|NFPROTO/, 55],
] as const)("%s alone", async (name, own, others, limit) => {
  const code = await bundle(
    `import { decodeWith, ${name} } from "./dist/index.js"; console.log(decodeWith(${name}, new Uint8Array()));`,
  );
  expect(code).toContain(own);
  expect(code).not.toMatch(others);
  expect(code.length).toBeLessThan(limit * KB);
});

test("constants cost what they hold; an unused import costs nothing", async () => {
  expect(
    (await bundle('import { AF, IFF, RTN } from "./dist/index.js"; console.log(AF, IFF, RTN);')).length,
  ).toBeLessThan(KB);
  expect((await bundle('import { decodeMessages } from "./dist/index.js";')).length).toBeLessThan(100);
});
