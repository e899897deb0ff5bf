// A call on networks in a process of its own, under strace: counted, made to fail, or killed at one system call.
import { strace } from "../../scripts/strace.ts";

/** The process: `HOST A B CALL`. It prints what went wrong, or "ok". */
export const SUBJECT = `
  import { Networks } from "./src/network/networks.ts";
  import { faultCalls } from "./test/support/network-subject.ts";
  const [, , host, a, b, name] = process.argv;
  await using networks = await Networks.open({ netns: host });
  try {
    await faultCalls(a, b)[name].call(networks);
    console.log("ok");
  } catch (error) {
    console.log(String(error));
  }`;

/** A system call at which something goes wrong. */
export interface Place {
  /** For messages. */
  readonly what: string;
  /** Which calls strace looks at. */
  readonly only: readonly string[];
  /** Of inject: "sendto". */
  readonly syscall: string;
  /** The N-th of them. */
  readonly when: number;
}

/**
 * Every datagram that a program sends, and every sysctl that it writes, in a run without faults. The kernel begins a write to ip_forward
 * anew as often as the lock of rtnetlink is held by somebody, and strace shows each of them: a file counts once.
 */
export const placesOf = async (command: readonly string[]): Promise<{ places: Place[]; stdout: string }> => {
  const { log, stdout } = await strace(["-y", "-e", "trace=sendto,sendmsg,sendmmsg,write,pwrite64,writev"], command);
  if (/ (sendmsg|sendmmsg)\(/.test(log)) throw new Error("it sends by other calls too");
  const sends = log.match(/ sendto\(/g)?.length ?? 0;
  const files = new Set(
    [...log.matchAll(/ (?:write|pwrite64|writev)\(\d+<(\/proc\/sys\/[^>]+)>/g)].map(([, file = ""]) => file),
  );
  return {
    stdout,
    places: [
      ...Array.from({ length: sends }, (_, i) => ({
        what: `send ${i + 1} of ${sends}`,
        only: ["-e", "trace=sendto"],
        syscall: "sendto",
        when: i + 1,
      })),
      ...[...files].map((file) => ({
        what: `write ${file}`,
        only: ["-e", "trace=write", "-P", file],
        syscall: "write",
        when: 1,
      })),
    ],
  };
};
