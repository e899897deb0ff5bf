// What may name a link: the kernel's own rule (dev_valid_name), said before it is asked.

/** IFNAMSIZ without its NUL: what IFLA_IFNAME can hold. */
export const IFNAME_MAX = 15;

/** Bytes of a name. */
export const nameLength = (name: string): number => new TextEncoder().encode(name).length;

/**
 * Gives a link's name back, if it can be one.
 * @param name 1 to 15 bytes, no "/", ":" or white space, not "." or ".."
 * @throws RangeError
 */
export const checkIfname = (name: string): string => {
  const length = nameLength(name);
  if (length === 0 || length > IFNAME_MAX || name === "." || name === ".." || /[/:\s\0]/.test(name)) {
    throw new RangeError(
      `${JSON.stringify(name)} cannot name a link: 1 to ${IFNAME_MAX} bytes, no "/", ":" or space, not "." or ".."`,
    );
  }
  return name;
};
