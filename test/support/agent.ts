// A process inside a namespace, that serves, asks, listens and sends what it is told to: agent.mjs.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const PROGRAM = new URL("agent.mjs", import.meta.url).pathname;
/** What frames of a test carry: a sniffer counts what follows it, two characters. */
export const MARK = "nlkit-mark";

export type Protocol = "tcp" | "udp";
/** What a client got: "NAME ADDRESS" of the server's name and of the address that it saw, "timeout", or an errno. */
export type Answer = string;

/** How long a client waits. What shall be answered gets time on a busy machine; what shall not is not waited for so long. */
export const PATIENCE = { yes: 4000, no: 300 } as const;

export class Agent implements AsyncDisposable {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  #last = 0;

  /**
   * @param name what its servers answer with
   * @param under the command that puts it into a namespace
   */
  constructor(name: string, under: readonly string[]) {
    this.name = name;
    const [file = "", ...args] = [...under, process.execPath, PROGRAM, name];
    this.#child = spawn(file, args, { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream });
    lines.on("line", (line) => {
      const { id, answer, error } = JSON.parse(line) as { id: number; answer?: unknown; error?: string };
      const pending = this.#pending.get(id);
      this.#pending.delete(id);
      if (error === undefined) pending?.resolve(answer);
      else pending?.reject(new Error(`${name}: ${error}`));
    });
    this.#child.once("close", () => {
      for (const { reject } of this.#pending.values()) reject(new Error(`agent ${name} has ended`));
    });
    this.#child.stdin?.on("error", () => {});
  }

  /** In a namespace of `ip netns`. */
  static in(netns: string, name: string = netns): Agent {
    return new Agent(name, ["nsenter", `--net=/run/netns/${netns}`]);
  }
  /** In a namespace of its own, which goes with it. */
  static async unshared(name: string): Promise<Agent> {
    const agent = new Agent(name, ["unshare", "--net"]);
    await agent.netns();
    return agent;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async #order(op: string, order: object = {}): Promise<unknown> {
    const id = ++this.#last;
    const answer = new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.#child.stdin?.write(`${JSON.stringify({ id, op, ...order })}\n`);
    return await answer;
  }

  async netns(): Promise<string> {
    return (await this.#order("netns")) as string;
  }
  /** Serves both families, or one address, on these ports. */
  async serve(protocol: Protocol, ports: readonly number[], address?: string): Promise<void> {
    await Promise.all(ports.map((port) => this.#order("serve", { protocol, port, address })));
  }
  /** What a server says. */
  async ask(
    protocol: Protocol,
    host: string,
    port: number,
    options: { readonly timeout?: number; readonly from?: string; readonly localPort?: number } = {},
  ): Promise<Answer> {
    return (await this.#order("ask", { protocol, host, port, timeout: PATIENCE.yes, ...options })) as Answer;
  }
  /** Begins to count marked frames on a link. */
  async sniff(ifname: string): Promise<void> {
    await this.#order("sniff", { ifname, mark: MARK });
  }
  /** What was counted, by mark; the counting ends. */
  async seen(): Promise<Record<string, number>> {
    return (await this.#order("seen")) as Record<string, number>;
  }
  /** Sends frames by a link as soon as there is one of that name, until it is stopped. */
  async flood(ifname: string, frames: readonly Uint8Array[]): Promise<void> {
    await this.#order("flood", { ifname, frames: frames.map((frame) => Buffer.from(frame).toString("hex")) });
  }
  /** Ends it: how many frames the kernel took, and how many links there were. */
  async stopFlood(): Promise<{ readonly sent: number; readonly links: number }> {
    return (await this.#order("stopFlood")) as { sent: number; links: number };
  }

  /** SIGKILL, as the OOM killer would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, "close");
    this.#child.kill("SIGKILL");
    await closed;
  }
  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}
