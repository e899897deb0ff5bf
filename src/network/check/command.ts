// Commands that people can paste, for whatever namespace it is about. Names are hostile text: each is one word of the shell.
import { plain } from "../../codec/text.ts";
import type { NetnsRef } from "../../socket/netns.ts";

/** One word of a shell. What cannot be printed is spelled out, as bash reads it back. */
export const word = (text: string): string => {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  const escaped = plain(text);
  if (escaped === text) return `'${text.replace(/'/g, "'\\''")}'`;
  return `$'${escaped.replace(/'/g, "\\'")}'`;
};

/** A command inside a namespace: `ip` and `bridge` enter named ones themselves. */
export const commandIn = (ref: NetnsRef | undefined, program: string, ...args: string[]): string => {
  const rest = args.map(word).join(" ");
  if (ref === undefined) return `${program} ${rest}`;
  if (typeof ref === "string" && !ref.includes("/")) {
    const enters = program === "ip" || program === "bridge";
    return enters ? `${program} -n ${word(ref)} ${rest}` : `ip netns exec ${word(ref)} ${program} ${rest}`;
  }
  if (typeof ref === "string") return `nsenter --net=${word(ref)} ${program} ${rest}`;
  const path = typeof ref === "number" || "pid" in ref ? undefined : `/proc/${process.pid}/fd/${ref.fd}`;
  if (path !== undefined) return `nsenter --net=${path} ${program} ${rest}`;
  return `nsenter -t ${typeof ref === "number" ? ref : "pid" in ref ? ref.pid : 0} -n ${program} ${rest}`;
};

/** What a namespace is called in a sentence. */
export const labelOf = (ref: NetnsRef): string =>
  typeof ref === "string"
    ? plain(ref)
    : typeof ref === "number"
      ? `pid ${ref}`
      : "pid" in ref
        ? `pid ${ref.pid}`
        : `descriptor ${ref.fd}`;
