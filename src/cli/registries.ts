// The registries of the protocols that a capture turns out to hold, each loaded when it is first met.
import type { GenericFamilies } from "../attrs/generic/families.ts";
import { loadRegistry } from "../attrs/load.ts";
import { routeByTables } from "../attrs/load-route.ts";
import type { ByteOrder } from "../codec/bytes.ts";
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

const ROUTE = "NETLINK_ROUTE";
const GENERIC = "NETLINK_GENERIC";
/** Of NETLINK_ROUTE what most captures hold, as long as nothing else was met: loaded with the command, which waits less for it so. */
const common: Registry = routeByTables([]);
/** The families of generic netlink that the capture has named. */
let families: GenericFamilies | undefined;

/** Has a registry every type of a datagram? */
const covers = ({ byType }: Registry, bytes: Uint8Array, byteOrder: ByteOrder | undefined): boolean => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = byteOrder !== "big";
  for (let at = 0; bytes.length - at >= 16; ) {
    const length = view.getUint32(at, little);
    const type = view.getUint16(at + 4, little);
    if (type >= 16 && !byType.has(type)) return false;
    if (length < 16 || length > bytes.length - at) break;
    at += (length + 3) & ~3;
  }
  return true;
};

/**
 * Names the families of generic netlink as this kernel does: for what is live, and for captures of this machine. A capture that names
 * them otherwise has the last word.
 * @throws SystemError; KernelError
 */
export const askFamilies = async (): Promise<Registry> => {
  const { GenericFamilies } = await import("../attrs/generic/families.ts");
  const { kernelFamilies } = await import("./kernel-families.ts");
  families = new GenericFamilies(await kernelFamilies());
  return families.types as unknown as Registry;
};

type Datagram = { readonly protocol: string; readonly bytes: Uint8Array; readonly byteOrder?: ByteOrder | undefined };

/**
 * The registry for a datagram, if it was loaded before: a capture of 100,000 datagrams does not wait for each. Families of generic
 * netlink are learned from it.
 */
export const loadedRegistry = ({ protocol, bytes, byteOrder }: Datagram): Registry | undefined => {
  if (protocol === GENERIC && families !== undefined) {
    families.read(bytes, { byteOrder });
    return families.types as unknown as Registry;
  }
  const all = loaded.get(protocol);
  if (all !== undefined || protocol !== ROUTE) return protocol === GENERIC ? undefined : all;
  return covers(common, bytes, byteOrder) ? common : undefined;
};

/**
 * The registry for a datagram, loaded if need be.
 * @returns undefined: there is no such protocol
 */
export const registryForDatagram = async (datagram: Datagram): Promise<Registry | undefined> => {
  const { protocol } = datagram;
  if (protocol === GENERIC) families ??= new (await import("../attrs/generic/families.ts")).GenericFamilies();
  return loadedRegistry(datagram) ?? (await registryFor(protocol));
};

/**
 * The registry for a message that is to be encoded: of generic netlink its number and name say which family it is.
 * @param protocol as for `registryFor`
 * @param message a decoded message
 */
export const registryForMessage = async (
  protocol: string,
  { type, name }: { readonly type?: unknown; readonly name?: unknown },
): Promise<Registry | undefined> => {
  if (protocol !== GENERIC || typeof type !== "number" || typeof name !== "string") return registryFor(protocol);
  const { genericTypes } = await import("../attrs/generic/messages.ts");
  return genericTypes(
    new Map(name === "genlmsghdr" ? [] : [[type, name.replace(/^genl:/, "")]]),
  ) as unknown as Registry;
};

/** For a long capture: the generated readers of NETLINK_ROUTE, which take longer to load than a few messages to read. */
export const loadReaders = async (): Promise<void> => {
  const { route } = await import("../attrs/route/messages.ts");
  loaded.set(route.name, route as unknown as Registry);
};
