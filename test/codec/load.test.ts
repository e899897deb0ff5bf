// Registries that are loaded when asked for: the same ones, but for the generated readers.
import { expect, test } from "vitest";
import { loadRegistry } from "../../src/attrs/load.ts";
import { registry, registryOf, route } from "../../src/index.ts";

test.each([12, "netfilter", 4, "INET_DIAG", 16, "generic", "xfrm", "audit", "connector", "selinux", "kobject-uevent"])(
  "%s is what registryOf gives",
  async (name) => {
    expect(await loadRegistry(name)).toBe(registryOf(name));
  },
);

test.each([0, "route", "NETLINK_ROUTE", "0"])("%s is what registryOf gives, without the readers", async (name) => {
  const { byType, ...rest } = (await loadRegistry(name)) ?? registry("", 0);
  expect(rest).toMatchObject({ name: route.name, protocol: route.protocol });
  expect([...byType.values()]).toEqual([...route.byType.values()].map((type) => ({ ...type, fast: undefined })));
  // Equal tables are not enough: extensions are found by the choice itself.
  for (const [number, { body }] of byType) expect(body).toBe(route.byType.get(number)?.body);
});

test.each([8, "rdma", "NETLINK_CRYPTO", 31])("%s has no messages", async (name) => {
  expect(await loadRegistry(name)).toEqual(registryOf(name));
  expect((await loadRegistry(name))?.byType.size).toBe(0);
});

test.each([32, -1, 1.5, "none", "", "__proto__"])("%s is no protocol", async (name) => {
  expect(await loadRegistry(name)).toBeUndefined();
  expect(registryOf(name)).toBeUndefined();
});
