// C constants that a person may write: in filters, and in messages to encode.
import { NETLINK } from "../attrs/netlink-protocols.ts";
import { constantsOf } from "../codec/walk.ts";
import { registryFor } from "./registries.ts";

/** Every family that has tables. */
const PROTOCOLS = Object.keys(NETLINK).map((key) => `NETLINK_${key}`);

/** The numbers of all constants that nlkit knows. It takes all families. */
export const loadConstants = async (): Promise<(name: string) => number | undefined> => {
  const registries = await Promise.all(PROTOCOLS.map(registryFor));
  const all = registries.flatMap((types) => (types === undefined ? [] : [constantsOf(types)]));
  const { NLM_F } = await import("../codec/control.ts");
  const flags = new Map(Object.entries(NLM_F).map(([key, value]) => [`NLM_F_${key}`, value]));
  return (name) => [...all, flags].find((constants) => constants.has(name))?.get(name);
};
