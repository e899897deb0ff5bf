// May we make network namespaces? If not as who we are, then perhaps as root of a user namespace.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { outlive } from "./child.ts";

/** capabilities(7): CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_ADMIN. */
const NEEDED = (1n << 12n) | (1n << 13n) | (1n << 21n);
/** Tells the child that it is the child. */
const INSIDE = "NLKIT_LAB_IN_USER_NAMESPACE";

/** Does this process have the capabilities that a lab needs? */
export const hasPrivileges = (): boolean => {
  const [, effective = "0"] = /^CapEff:\s*([\da-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return (BigInt(`0x${effective}`) & NEEDED) === NEEDED;
};

/** Are we what `runInUserNamespace` started? */
export const inUserNamespace = (): boolean => process.env[INSIDE] === "1";

/** unshare(1): a user, a network and a mount namespace, with this user as its root. */
const UNSHARE = ["--user", "--map-root-user", "--net", "--mount"];

/** Are user namespaces to be had here? Some distributions refuse them. */
export const userNamespacesWork = (): boolean =>
  !inUserNamespace() && spawnSync("unshare", [...UNSHARE, "true"], { stdio: "ignore" }).status === 0;

/**
 * Runs this very command again as root of a user namespace, with a /run of its own for the namespaces' names.
 * @returns its exit code
 */
export const runInUserNamespace = (): Promise<number> => {
  const script = 'mount -t tmpfs tmpfs /run && exec "$@"';
  const args = [...UNSHARE, "--", "sh", "-c", script, "sh", process.execPath, ...process.argv.slice(1)];
  return outlive(() => spawn("unshare", args, { stdio: "inherit", env: { ...process.env, [INSIDE]: "1" } }));
};
