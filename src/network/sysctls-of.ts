// Sysctls of a whole namespace that a call writes, and what they were before: it may fail after that.
import { SystemError } from "../socket/errors.ts";
import type { Host } from "./host.ts";
import type { OpenNetns } from "./netns-of.ts";

/** Those that one call has written. */
export class SysctlsOf {
  readonly #host: Host;
  readonly #netns: OpenNetns;
  readonly #before: (readonly [name: string, value: string])[] = [];

  /**
   * @param host how they are written
   * @param netns whose they are; open until the last `putBack`
   */
  constructor(host: Host, netns: OpenNetns) {
    this.#host = host;
    this.#netns = netns;
  }

  /**
   * Writes one.
   * @throws SystemError
   */
  set(name: string, value: string): void {
    const before = this.#read(name);
    // Before it is written: a write that fails may have happened.
    if (before !== undefined) this.#before.push([name, before]);
    this.#host.setSysctl(name, value, { netns: { fd: this.#netns.fd } });
  }

  /** Undefined: it can only be written, so nothing is there to come back. */
  #read(name: string): string | undefined {
    try {
      return this.#host.sysctl(name, { netns: { fd: this.#netns.fd } });
    } catch (error) {
      if (error instanceof SystemError && error.code === "EACCES") return undefined;
      throw error;
    }
  }

  /** Writes what they were, the last first. What that fails with would hide why it is done. */
  putBack(): void {
    for (const [name, value] of this.#before.splice(0).reverse()) {
      try {
        this.#host.setSysctl(name, value, { netns: { fd: this.#netns.fd } });
      } catch {
        // Told is why it is done.
      }
    }
  }
}
