// The registries of the protocols that a capture turns out to hold, each loaded when it is first met.
import { loadRegistry } from "../attrs/load.ts";
import type { Registry } from "../codec/registry.ts";

const loaded = new Map<string, Registry>();

/**
 * The registry of a protocol: only the family that is asked for is loaded.
 * @param protocol its constant, name or number
 * @returns undefined: there is no such protocol
 */
export const registryFor = async (protocol: string): Promise<Registry | undefined> => {
  const known = loaded.get(protocol);
  if (known !== undefined) return known;
  const types = await loadRegistry(protocol);
  if (types !== undefined) loaded.set(protocol, types);
  return types;
};

/** The registry of a protocol, if it was loaded before: a capture of 100,000 datagrams does not wait for each. */
export const loadedRegistry = (protocol: string): Registry | undefined => loaded.get(protocol);
