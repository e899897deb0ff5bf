// Is this what `inspect -j` prints? It may come from anywhere: what is asked for later is checked there, what it is made of is checked here.
import type { SavedNetwork } from "./saved.ts";

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === "string";
const isNumber: Check = (value) => typeof value === "number";
const isSwitch: Check = (value) => typeof value === "boolean";
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const recordOf =
  (check: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value).every(check);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));

/** A property: what it must be, and whether it may be absent. */
type Shape = Readonly<Record<string, readonly [Check, string, optional?: "optional"]>>;

const labels = recordOf(isText);
const texts = listOf(isText);
const family: Shape = {
  subnet: [isText, "text"],
  gateway: [isText, "text", "optional"],
  range: [isText, "text", "optional"],
  aux: [labels, "names and addresses"],
  mode: [isText, "text"],
  snat: [isText, "text", "optional"],
  hostBinding: [isText, "text", "optional"],
};
const network: Shape = {
  kind: [(value) => value === "network", '"network"'],
  name: [isText, "text"],
  bridge: [isText, "text"],
  ipv4: [isRecord, "an object", "optional"],
  ipv6: [isRecord, "an object", "optional"],
  mtu: [isNumber, "a number", "optional"],
  internal: [isSwitch, "true or false"],
  icc: [isSwitch, "true or false"],
  trusted: [texts, "a list of text"],
  hairpin: [isSwitch, "true or false"],
  macPolicy: [(value) => value === "random" || value === "address", '"random" or "address"'],
  bridgeOptions: [recordOf(either(isNumber, isText, isSwitch, isRecord)), "an object", "optional"],
  labels: [labels, "text by text"],
  health: [isText, "text", "optional"],
  endpoints: [listOf(isRecord), "a list of objects", "optional"],
};
const routeShape: Shape = { dst: [isText, "text"], gateway: [isText, "text", "optional"] };
const portShape: Shape = {
  protocol: [isText, "text"],
  hostAddress: [isText, "text", "optional"],
  hostPort: [isNumber, "a number"],
  port: [isNumber, "a number"],
};
const endpoint: Shape = {
  kind: [(value) => value === "endpoint", '"endpoint"'],
  name: [isText, "text"],
  bridge: [isText, "text"],
  port: [isText, "text"],
  netns: [isText, "text"],
  netnsId: [isText, "text"],
  ifname: [isText, "text"],
  mac: [isText, "text"],
  ipv4: [isText, "text", "optional"],
  ipv6: [isText, "text", "optional"],
  gatewayPriority: [isNumber, "a number"],
  routes: [listOf(isRecord), "a list of objects"],
  aliases: [texts, "a list of text"],
  ports: [listOf(isRecord), "a list of objects"],
  sysctls: [labels, "text by text", "optional"],
  labels: [labels, "text by text"],
  health: [isText, "text", "optional"],
  movedTo: [isText, "text", "optional"],
};

const hold = (value: unknown, shape: Shape, where: string): Record<string, unknown> => {
  if (!isRecord(value)) throw new TypeError(`${where === "" ? "a network" : where} is an object`);
  const at = (key: string): string => (where === "" ? key : `${where}.${key}`);
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(shape, key)) throw new TypeError(`${JSON.stringify(at(key))} is nothing that inspect prints`);
  }
  for (const [key, [check, what, optional]] of Object.entries(shape)) {
    const own = Object.hasOwn(value, key) ? value[key] : undefined;
    if (own === undefined ? optional === undefined : !check(own))
      throw new TypeError(`${at(key)}: ${what} is expected`);
  }
  return value;
};

/**
 * Gives a value back that is a saved network.
 * @param value what JSON.parse gave
 * @throws TypeError that names the property
 */
export const checkSaved = (value: unknown): SavedNetwork => {
  const found = hold(value, network, "");
  for (const key of ["ipv4", "ipv6"]) if (found[key] !== undefined) hold(found[key], family, key);
  const endpoints = (found["endpoints"] ?? []) as readonly unknown[];
  endpoints.forEach((one, i) => {
    const where = `endpoints[${i}]`;
    const { routes, ports } = hold(one, endpoint, where) as { routes: unknown[]; ports: unknown[] };
    for (const route of routes) hold(route, routeShape, `${where}.routes`);
    for (const port of ports) hold(port, portShape, `${where}.ports`);
  });
  return { ...found, endpoints } as unknown as SavedNetwork;
};
