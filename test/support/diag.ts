// Sockets of every sort in a namespace of their own, as ss shows them and as we read them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Rtnetlink } from "../../src/client/index.ts";
import {
  AF,
  INET_DIAG_EXT,
  type InetFilter,
  type InetSocket,
  inetFilter,
  type LooseVariants,
  SOCK,
  type SockDiag,
  type SockDiagMessageType,
  sockDiag,
  TCP,
} from "../../src/index.ts";
import { Connection, spawnIn } from "../../src/socket/index.ts";
import { withNetns } from "./live.ts";

type Open = Connection<SockDiagMessageType>;

export const ALL = 0xffffffff;
/** Everything but the two that ss never asks for by themselves. */
export const EXT: number = 0xff & ~(INET_DIAG_EXT.TOS | INET_DIAG_EXT.TCLASS);

/** States as ss writes them. */
export const STATE: Readonly<Record<number, string>> = {
  [TCP.ESTABLISHED]: "ESTAB",
  [TCP.SYN_SENT]: "SYN-SENT",
  [TCP.SYN_RECV]: "SYN-RECV",
  [TCP.FIN_WAIT1]: "FIN-WAIT-1",
  [TCP.FIN_WAIT2]: "FIN-WAIT-2",
  [TCP.TIME_WAIT]: "TIME-WAIT",
  [TCP.CLOSE]: "UNCONN",
  [TCP.CLOSE_WAIT]: "CLOSE-WAIT",
  [TCP.LAST_ACK]: "LAST-ACK",
  [TCP.LISTEN]: "LISTEN",
  [TCP.CLOSING]: "CLOSING",
};
/** Types of unix sockets as ss writes them. */
export const TYPE: Readonly<Record<number, string>> = {
  [SOCK.STREAM]: "u_str",
  [SOCK.DGRAM]: "u_dgr",
  [SOCK.SEQPACKET]: "u_seq",
};

/** What ss prints. */
export const ssText = (netns: string, ...args: readonly string[]): string =>
  execFileSync("ip", ["netns", "exec", netns, "ss", ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });

/** ss's lines; what belongs to one socket is one line. */
export const ss = (netns: string, ...args: readonly string[]): string[] =>
  ssText(netns, ...args)
    .replaceAll(/\n\t/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .sort();

/** "key:value" and "key=value" of a line. */
export const facts = (line: string): Map<string, string> =>
  new Map([...line.matchAll(/([a-z_0-9]+)[:=](\S+)/g)].map(([, key = "", value = ""]) => [key, value]));

export const dump = async (connection: Open, request: LooseVariants<SockDiag>): Promise<SockDiag[]> => {
  const { messages } = await connection.dump({ name: "SOCK_DIAG_BY_FAMILY", ...request });
  return messages.flatMap((message) => (message.name === "SOCK_DIAG_BY_FAMILY" ? [message] : []));
};
export const inet = async (connection: Open, protocol: number, filter?: InetFilter): Promise<InetSocket[]> => {
  const attrs = filter === undefined ? {} : { bytecode: inetFilter(filter) };
  const asked = [AF.INET, AF.INET6].map((family) => {
    const header = { family, protocol, ext: EXT, states: ALL };
    return dump(connection, { inetRequest: { header, attrs } });
  });
  return (await Promise.all(asked)).flat().flatMap((message) => message.inet ?? []);
};

/** As ss writes an address: brackets around IPv6, a star for any of both families. */
export const shown = ({ header, attrs }: InetSocket, end: "local" | "peer"): string => {
  const [text, port] = end === "local" ? [header.src, header.sport] : [header.dst, header.dport];
  const isAny = text === "::" && attrs.skv6only === 0;
  return `${isAny ? "*" : text.includes(":") ? `[${text}]` : text}:${port === 0 ? "*" : port}`;
};

/** Runs something beside a program that holds the sockets of diag-sockets.mjs. */
export const withSockets = (run: (connection: Open, netns: string) => Promise<void>): Promise<void> =>
  withNetns(async (netns) => {
    {
      await using rtnl = await Rtnetlink.open({ netns });
      await rtnl.links.up("lo");
    }
    const directory = mkdtempSync(join(tmpdir(), "nlkit-diag-"));
    const child = spawnIn(netns, process.execPath, ["test/support/diag-sockets.mjs", directory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const gone = new Promise((resolve) => child.once("close", resolve));
    try {
      await Promise.race([new Promise((resolve) => child.stdout?.once("data", resolve)), gone]);
      await using connection = Connection.open(sockDiag, { netns });
      await run(connection, netns);
    } finally {
      child.kill();
      await gone;
      rmSync(directory, { recursive: true, force: true });
    }
  });
