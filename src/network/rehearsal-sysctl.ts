// Sysctls of a rehearsal: read as they are, written in words only. A link that would have been made by now has none yet; what new links
// begin with stands in for them.
import { SystemError } from "../socket/errors.ts";
import type { HostOptions } from "./host.ts";
import type { RehearsedSysctl } from "./rehearsal.ts";
import { readSysctlToBe, sysctlPath } from "./sysctl.ts";

const ENOENT = 2;

/** Some can only be written: net.ipv4.route.flush. */
const isWriteOnly = (error: unknown): boolean => error instanceof SystemError && error.code === "EACCES";

/**
 * Reads for a rehearsal, and writes to `report`.
 * @param report gets every write that would change something
 */
export const rehearsedSysctls = (
  report: (write: RehearsedSysctl) => void,
): Required<Pick<HostOptions, "readSysctl" | "writeSysctl">> => ({
  readSysctl: readSysctlToBe,
  writeSysctl: (netns, name, value, ifname) => {
    const spaced = (text: string): string => text.trim().split(/\s+/).join(" ");
    try {
      const before = readSysctlToBe(netns, name, ifname);
      if (before === undefined) throw new SystemError("write", ENOENT, sysctlPath(name, ifname));
      if (spaced(before) === spaced(value)) return false;
    } catch (error) {
      if (!isWriteOnly(error)) throw error;
    }
    report({ kind: "sysctl", netns, name, ifname, value });
    return true;
  },
});
