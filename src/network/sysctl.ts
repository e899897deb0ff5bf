// Sysctls of a network namespace, by their dotted names. /proc/sys/net shows the namespace of the thread that opens it (not that of the
// process), so reading and writing is fs.*Sync inside the stretch of inNetns, and nothing else.
import { closeSync, constants, openSync, readFileSync, writeSync } from "node:fs";
import { checkIfname } from "../client/ifname.ts";
import { SystemError } from "../socket/errors.ts";
import { inNetns, type NetnsRef, openNetns } from "../socket/netns.ts";

/** Stands for a link's name in a sysctl's. */
const IFNAME = "IFNAME";

/** Names of net.*: "tcp_rmem", "eth0", "br-0a1b", "eth0@1"; nothing that a path could be made of. */
const isPart = (part: string): boolean => part !== "" && part !== "." && !/[/\s\0]/.test(part);

/**
 * Where a sysctl is. Dots part its name, so a link's name, which may have dots of its own, is given beside it.
 * @param name "net.ipv4.ip_forward"; "net.ipv4.conf.IFNAME.log_martians"
 * @param ifname what IFNAME stands for: "eth0.1", and of sysctls also "all" and "default"
 * @returns "/proc/sys/net/ipv4/conf/eth0.1/log_martians"
 * @throws RangeError for a name outside of net., with "/" or an empty part; IFNAME without a link, a link without IFNAME
 */
export const sysctlPath = (name: string, ifname?: string): string => {
  const parts = name.split(".");
  if (parts.length < 2 || parts[0] !== "net" || !parts.every(isPart)) {
    throw new RangeError(`${JSON.stringify(name)} is no sysctl of a network: net.…, with dots between its parts`);
  }
  if (parts.includes(IFNAME) !== (ifname !== undefined)) {
    throw new RangeError(
      ifname === undefined
        ? `${JSON.stringify(name)} needs a link for its ${IFNAME}`
        : `${JSON.stringify(name)} has no ${IFNAME} for ${JSON.stringify(ifname)}`,
    );
  }
  return `/proc/sys/${parts.map((part) => (part === IFNAME ? checkIfname(ifname ?? "") : part)).join("/")}`;
};

/** Does something where /proc/sys/net is the namespace's. */
const inside = <T>(netns: NetnsRef | undefined, run: () => T): T => {
  if (netns === undefined) return run();
  const ns = openNetns(netns);
  try {
    return inNetns(ns, run);
  } finally {
    ns.close();
  }
};

/** What Node's fs throws, as ours. */
const failed = (syscall: string, path: string, error: unknown): Error => {
  const { errno, syscall: call = syscall } = error as { errno?: number; syscall?: string };
  return errno === undefined ? (error as Error) : new SystemError(call, -errno, path);
};

/** undefined: absent, or what else the caller counts as that. */
const read = (path: string, ...like: readonly string[]): string | undefined => {
  try {
    return readFileSync(path, "utf8").trimEnd();
  } catch (error) {
    if (["ENOENT", ...like].includes((error as { code?: string }).code ?? "")) return undefined;
    throw failed("read", path, error);
  }
};

/** Not created, not truncated: neither means anything here. One write(2): a sysctl takes its value whole. */
const write = (path: string, value: string): void => {
  try {
    const fd = openSync(path, constants.O_WRONLY);
    try {
      writeSync(fd, value);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw failed("write", path, error);
  }
};

/** "1 2" is what the kernel prints as "1\t2". */
const spaced = (value: string): string => value.trim().split(/\s+/).join(" ");

/**
 * Reads a sysctl.
 * @param netns of which namespace; undefined: the calling thread's
 * @param name "net.ipv4.ip_forward"
 * @param ifname what IFNAME in it stands for
 * @returns its text, without the line's end; undefined where there is none of that name: no IPv6, no such link
 * @throws SystemError with the path; RangeError as `sysctlPath`
 */
export const readSysctl = (netns: NetnsRef | undefined, name: string, ifname?: string): string | undefined => {
  const path = sysctlPath(name, ifname);
  return inside(netns, () => read(path));
};

/**
 * Writes a sysctl, unless it has that value.
 * @param netns of which namespace; undefined: the calling thread's
 * @param name "net.ipv6.conf.IFNAME.accept_ra"
 * @param value its text: "0"
 * @param ifname what IFNAME in it stands for
 * @returns whether it wrote
 * @throws SystemError with the path: ENOENT where there is none of that name, EINVAL for a value that the kernel refuses, EROFS, EACCES;
 * RangeError as `sysctlPath`, and for an empty value, which would write nothing
 */
export const writeSysctl = (netns: NetnsRef | undefined, name: string, value: string, ifname?: string): boolean => {
  const path = sysctlPath(name, ifname);
  const wanted = spaced(value);
  if (wanted === "") throw new RangeError(`${name}: an empty value cannot be written`);
  return inside(netns, () => {
    // Some can only be written: net.ipv4.route.flush.
    if (spaced(read(path, "EACCES") ?? "") === wanted) return false;
    write(path, value);
    return true;
  });
};

/** Folders with one folder a link in them: net.ipv4.conf.eth0, net.ipv6.neigh.IFNAME. */
const OF_LINK = /^(net\.ipv[46]\.(?:conf|neigh))\.([^.]+)\./;

/**
 * Reads what a sysctl of a link is or, where there is no such link yet, would begin with: that of "default".
 * @param netns of which namespace; undefined: the calling thread's
 * @param name "net.ipv4.conf.IFNAME.log_martians"
 * @param ifname what IFNAME in it stands for
 * @returns as `readSysctl`
 * @throws as `readSysctl`; EACCES for one that can only be written
 */
export const readSysctlToBe = (netns: NetnsRef | undefined, name: string, ifname?: string): string | undefined => {
  const value = readSysctl(netns, name, ifname);
  const ofLink = OF_LINK.exec(name);
  if (value !== undefined || ofLink === null) return value;
  return readSysctl(netns, `${ofLink[1]}.default.${name.slice(ofLink[0].length)}`);
};
