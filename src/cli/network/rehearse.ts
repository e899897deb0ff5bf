// Prints what a rehearsal would have done: in which namespace, and what. Loaded when it is needed.
import { fstatSync, statSync } from "node:fs";
import { join } from "node:path";
import pc from "picocolors";
import { registryOf } from "../../attrs/protocols.ts";
import { jsonLine } from "../../capture/json.ts";
import { explainWith } from "../../codec/explain.ts";
import { decodeWith } from "../../codec/message.ts";
import { plain, printable } from "../../codec/text.ts";
import type { Rehearsed } from "../../network/rehearsal.ts";
import { HOST_ORDER as byteOrder } from "../../socket/libc.ts";
import { listNetns } from "../../socket/named-netns.ts";
import { HOME, NETNS_DIR, type NetnsRef, openNetns } from "../../socket/netns.ts";
import { begin } from "../begin.ts";
import { linesOf } from "../output.ts";
import type { OutputOptions } from "../output-options.ts";

const write = (text: string): void => void process.stdout.write(`${text}\n`);

/** What a sysctl would become, as `sysctl -w` takes it; a link's dots are slashes there. */
const sysctlText = ({ name, ifname, value }: Extract<Rehearsed, { kind: "sysctl" }>): string =>
  `sysctl -w ${name.replace("IFNAME", ifname?.replaceAll(".", "/") ?? "IFNAME")}=${value}`;

/**
 * A function that prints what would have been done: a line a message, in the form that was chosen.
 * @param host the namespace that bridges are in; undefined: the present one
 * @param options the form
 */
export const rehearsalPrinter = (host: NetnsRef | undefined, options: OutputOptions): ((what: Rehearsed) => void) => {
  const inode = (netns: NetnsRef): bigint => {
    const handle = openNetns(netns);
    try {
      return fstatSync(handle.fd, { bigint: true }).ino;
    } finally {
      handle.close();
    }
  };
  const own = begin("network --host", String(host), () => inode(host ?? HOME));
  /** "host", a name of `ip netns`, or the number by which /proc/PID/ns/net shows it. */
  const whereOf = (netns: NetnsRef | undefined): string => {
    const ino = netns === undefined ? own : inode(netns);
    if (ino === own) return "host";
    const name = listNetns().find((one) => statSync(join(NETNS_DIR, one), { bigint: true }).ino === ino);
    return name === undefined ? `net:[${ino}]` : plain(name);
  };
  let last = "";
  return (what) => {
    const where = whereOf(what.netns);
    const prefix = `${pc.dim(where.padEnd(4))} `;
    if (options.hex === true && where !== last) write(`# ${where}`);
    last = where;
    if (what.kind === "sysctl") {
      const { name, ifname, value } = what;
      if (options.json === true) write(jsonLine({ netns: where, sysctl: name, ifname, value }));
      else write(options.hex === true ? `# ${printable(sysctlText(what))}` : prefix + printable(sysctlText(what)));
      return;
    }
    const types = registryOf(what.protocol);
    if (types === undefined) return;
    const { bytes } = what;
    const fields = explainWith(types, bytes, { byteOrder });
    const messages = decodeWith(types, bytes, { byteOrder });
    const shown = { direction: ">", protocol: types.name, bytes, fields, messages } as const;
    if (options.json === true && options.flat !== true) {
      for (const message of messages) write(jsonLine({ netns: where, ...message }));
      return;
    }
    const isText = options.hex !== true && options.json !== true && options.flat !== true;
    for (const line of linesOf(shown, options)) write(isText ? prefix + line : line);
  };
};
