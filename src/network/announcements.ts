// Announcements that are under way: whose endpoint goes shall be silent, and its namespace is not to be held by a socket.
import type { Announcement } from "./announce.ts";

/** Of one host, by the names of ports. */
export class Announcements {
  readonly #all = new Map<string, Announcement>();

  /** Keeps one until it is done. */
  add(port: string, announcement: Announcement): void {
    this.#all.set(port, announcement);
    void announcement.done.then(() => {
      if (this.#all.get(port) === announcement) this.#all.delete(port);
    });
  }

  /** The endpoint goes: ends its own, if it has one. Resolves when its sockets are closed. */
  async stop(port: string): Promise<void> {
    const found = this.#all.get(port);
    found?.stop();
    await found?.done;
  }
}
