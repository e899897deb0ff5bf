// Registries that are loaded when asked for: the same ones.
import { expect, test } from "vitest";
import { loadRegistry } from "../../src/attrs/load.ts";
import { registryOf } from "../../src/index.ts";

test.each([0, "route", "NETLINK_ROUTE", "0", 12, "netfilter", 4, "INET_DIAG"])(
  "%s is what registryOf gives",
  async (name) => {
    expect(await loadRegistry(name)).toBe(registryOf(name));
  },
);

test.each([9, "audit", "NETLINK_GENERIC", 31])("%s has no messages", async (name) => {
  expect(await loadRegistry(name)).toEqual(registryOf(name));
  expect((await loadRegistry(name))?.byType.size).toBe(0);
});

test.each([32, -1, 1.5, "none", "", "__proto__"])("%s is no protocol", async (name) => {
  expect(await loadRegistry(name)).toBeUndefined();
  expect(registryOf(name)).toBeUndefined();
});
