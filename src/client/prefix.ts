// "192.168.100.1/24" <-> family, address, length.
import { AF } from "../attrs/families.ts";
import { ip4Value, ipBytes } from "../codec/address.ts";

/** An address with how many of its bits are the network. */
export interface Prefix {
  /** AF.INET or AF.INET6. */
  readonly family: number;
  /** The address, as it was given. */
  readonly address: string;
  /** Bits. */
  readonly length: number;
}

const OCTETS = /^[\da-f]{2}(:[\da-f]{2}){0,6}$/i;

/** How many bytes an address has; 0 for what is none. */
const sizeOf = (address: string): number => {
  // Octets with colons are bytes too, and no IP address.
  if (address === "" || OCTETS.test(address)) return 0;
  try {
    return ipBytes(address).length;
  } catch {
    return 0;
  }
};

/** The number that one or two digits from `at` to the end say; -1 for anything else. */
const bitsAt = (text: string, at: number): number => {
  const high = text.charCodeAt(at) - 48;
  const low = text.charCodeAt(at + 1) - 48;
  const isDigit = high >= 0 && high <= 9;
  if (text.length === at + 1) return isDigit ? high : -1;
  return text.length === at + 2 && isDigit && low >= 0 && low <= 9 ? 10 * high + low : -1;
};

/** "192.168.100.1" and "10.0.0.0/8", which most are. Undefined: to be looked at more closely. */
const ip4Prefix = (text: string): Prefix | undefined => {
  const slash = text.indexOf("/");
  const end = slash < 0 ? text.length : slash;
  if (ip4Value(text, end) < 0) return undefined;
  if (slash < 0) return { family: AF.INET, address: text, length: 32 };
  const length = bitsAt(text, end + 1);
  return length < 0 || length > 32 ? undefined : { family: AF.INET, address: text.slice(0, end), length };
};

/**
 * Reads an address or a prefix; without "/" every bit counts.
 * @param text "192.168.100.1/24", "2001:db8::1"
 * @throws RangeError
 */
export const parsePrefix = (text: string): Prefix => {
  const usual = ip4Prefix(text);
  if (usual !== undefined) return usual;
  const [address = "", bits, ...more] = text.split("/");
  const size = sizeOf(address);
  const length = bits === undefined ? size * 8 : /^\d+$/.test(bits) ? Number(bits) : -1;
  if ((size !== 4 && size !== 16) || length < 0 || length > size * 8 || more.length > 0) {
    throw new RangeError(`${JSON.stringify(text)} is no address or prefix`);
  }
  return { family: size === 4 ? AF.INET : AF.INET6, address, length };
};

/**
 * AF.INET or AF.INET6, by the form of an address.
 * @param address without a length
 * @throws RangeError
 */
export const familyOf = (address: string): number => {
  if (address.includes("/")) throw new RangeError(`${JSON.stringify(address)} is no address: it has a length`);
  return parsePrefix(address).family;
};
