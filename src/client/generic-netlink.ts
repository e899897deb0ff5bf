// A conversation over NETLINK_GENERIC: which families there are, and requests to them by name.
import type { ControlAttrs } from "../attrs/generic/control.ts";
import type { GenericMessageType } from "../attrs/generic/messages.ts";
import type { AnyInput, AnyMessage } from "../codec/message.ts";
import { Connection, type ConnectionOptions } from "../socket/connection.ts";
import type { Answer } from "../socket/exchange.ts";
import type { SocketOptions } from "../socket/netlink-socket.ts";
import type { RequestOptions } from "../socket/requester.ts";

/** A family: its number, name, commands and multicast groups. */
export type GenericFamily = ControlAttrs;

/** CTRL_CMD_GETFAMILY, of the messages' first version. */
const GETFAMILY = { cmd: 3, version: 1 } as const;
/** What of the caller's options is for questions to nlctrl: its answers are looked at, whatever `fields` are wanted of others. */
const limits = ({ timeout, signal }: RequestOptions = {}): RequestOptions => ({ timeout, signal });
/** Loaded when it is needed: most programs that use nlkit/client talk to rtnetlink alone. */
const tables = () => import("../attrs/generic/messages.ts");

/**
 * Generic netlink of one network namespace. The numbers of families are asked of the kernel when it is opened.
 * @example
 * await using genl = await GenericNetlink.open();
 * await genl.request({ name: "ethtool", linkstateGet: { header: { version: 1 }, attrs: { header: { devName: "eth0" } } } });
 */
export class GenericNetlink implements AsyncDisposable {
  /** Requests of your own making. Its registry is this object's own, and grows with what `families` and `family` find. */
  readonly connection: Connection<GenericMessageType>;
  /** @param connection over which to talk, with a registry that nobody else uses; closed with this */
  constructor(connection: Connection<GenericMessageType>) {
    this.connection = connection;
  }

  /**
   * Opens a socket, and asks which families there are.
   * @param options namespace, timeout
   * @throws SystemError
   */
  static async open(options: ConnectionOptions & Omit<SocketOptions, "protocol"> = {}): Promise<GenericNetlink> {
    const { genericTypes } = await tables();
    const genl = new GenericNetlink(Connection.open(genericTypes(new Map()), options));
    try {
      await genl.families();
    } catch (error) {
      genl.close();
      throw error;
    }
    return genl;
  }

  /**
   * Every family that is loaded, by number.
   * @param options timeout, signal
   * @throws KernelError; DumpInterrupted
   */
  async families(options?: RequestOptions): Promise<Map<number, GenericFamily>> {
    const { messages } = await this.connection.dump({ name: "nlctrl", header: GETFAMILY }, limits(options));
    const found = await this.#learn(messages);
    return new Map(found.map((family) => [family.familyId ?? 0, family]));
  }

  /**
   * One family. The kernel loads its module if need be.
   * @param name "ethtool", "nl80211"
   * @param options timeout, signal
   * @throws KernelError ENOENT: there is none
   */
  async family(name: string, options?: RequestOptions): Promise<GenericFamily> {
    const request = { name: "nlctrl", header: GETFAMILY, attrs: { familyName: name } } as const;
    const { messages } = await this.connection.request(request, limits(options));
    const [family] = await this.#learn(messages);
    if (family === undefined) throw new Error(`nlctrl answered nothing about "${name}"`);
    return family;
  }

  /**
   * Asks a family, by its name. One that was not there when the connection was opened is looked for first, which loads its module.
   * @param message the request; its command is that of the key, where the header says none
   * @param options timeout, signal
   * @throws KernelError, of nlctrl ENOENT for a family that this kernel does not have; EncodeError
   */
  async request(message: AnyInput<GenericMessageType>, options?: RequestOptions): Promise<Answer<GenericMessageType>> {
    const { name } = message;
    if (name !== undefined && !this.connection.types.byName.has(name)) {
      const family = (await tables()).familyOfMessage(name);
      if (family !== undefined) await this.family(family, options);
    }
    return this.connection.request(message, options);
  }

  async #learn(messages: readonly AnyMessage<GenericMessageType>[]): Promise<GenericFamily[]> {
    const { addFamily } = await tables();
    const found = messages.flatMap((message) => (message.name === "nlctrl" ? [message.attrs] : []));
    for (const { familyId, familyName } of found) {
      if (familyId !== undefined && familyName !== undefined) addFamily(this.connection.types, familyId, familyName);
    }
    return found;
  }

  /** Closes the socket; what is pending is rejected. */
  close(): void {
    this.connection.close();
  }

  /** `await using genl = …` closes it at the end of the block. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
