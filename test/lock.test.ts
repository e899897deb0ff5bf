// package-lock.json: `npm ci` takes it on every platform, and it names no registry.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const load = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
const { packages } = load("package-lock.json") as { packages: Record<string, Package> };

test("says of this package what package.json says", () => {
  const own = load("package.json");
  const { bin } = own as { bin: Record<string, string> };
  const same = ["version", "engines", "dependencies", "devDependencies", "peerDependencies", "peerDependenciesMeta"];
  const stated = Object.fromEntries(same.map((key) => [key, own[key]]));
  const normal = Object.fromEntries(Object.entries(bin).map(([name, path]) => [name, path.replace(/^\.\//, "")]));
  expect(packages[""]).toMatchObject({ ...stated, bin: normal });
});

// npm 11.19 writes only the parts of the machine that it runs on: CONTRIBUTING says which one writes them all.
test("has the parts for every platform", () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        packages[`${path}/node_modules/${name}`] === undefined && packages[`node_modules/${name}`] === undefined,
    ),
  );
  expect(missing).toEqual([]);
});

test("names no host to load from", () => {
  expect(Object.keys(packages).filter((path) => packages[path]?.resolved !== undefined)).toEqual([]);
});
