// C constants and properties that a person may write: in filters, and in messages to encode.
import { NETLINK } from "../attrs/netlink-protocols.ts";
import type { Registry } from "../codec/registry.ts";
import { constantsOf, propertiesOf } from "../codec/walk.ts";
import { registryFor } from "./registries.ts";

/** Every family that has tables. */
const PROTOCOLS = Object.keys(NETLINK).map((key) => `NETLINK_${key}`);

/** Every message that has a table; of generic netlink under numbers that are made up. */
const loadTables = async (): Promise<Registry[]> => {
  const { familiesWithTables, genericTypes } = await import("../attrs/generic/messages.ts");
  const generic = genericTypes(new Map(familiesWithTables().map((name, i) => [0x7000 + i, name])));
  const all = await Promise.all(PROTOCOLS.map(registryFor));
  return [...all.filter((types) => types !== undefined), generic as unknown as Registry];
};

/** What can be looked up. */
export interface Words {
  /** The number of a constant. */
  readonly constant: (name: string) => number | undefined;
  /** Is there a property of that name in any message? */
  readonly isProperty: (name: string) => boolean;
}

/** All constants and properties that nlkit knows. It takes all families. */
export const loadWords = async (): Promise<Words> => {
  const registries = await loadTables();
  const all = registries.map(constantsOf);
  const { NLM_F } = await import("../codec/control.ts");
  const flags = new Map(Object.entries(NLM_F).map(([key, value]) => [`NLM_F_${key}`, value]));
  const properties = registries.map(propertiesOf);
  return {
    constant: (name) => [...all, flags].find((constants) => constants.has(name))?.get(name),
    isProperty: (name) => properties.some((names) => names.has(name)),
  };
};
