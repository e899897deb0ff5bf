// Which addresses of a network somebody has, and the lowest that nobody has, for whoever asks again and again.
import { addressToNumber, firstFree, hostsOf, parseSubnet } from "./subnet.ts";

/** Addresses of one family of a network. */
export class FreeAddresses {
  readonly #taken: Set<string>;
  readonly #family: number;
  readonly #first: bigint;
  readonly #last: bigint;
  /** None below this one is free. */
  #from: bigint;

  /**
   * @param subnet "10.1.0.0/16"
   * @param range only in this part of it
   * @param taken addresses that somebody has, as the codec spells them
   */
  constructor(subnet: string, range: string | undefined, taken: Iterable<string>) {
    const hosts = parseSubnet(subnet);
    const { first, last } = hostsOf(hosts, range === undefined ? undefined : parseSubnet(range));
    this.#taken = new Set(taken);
    this.#family = hosts.family;
    this.#first = first;
    this.#last = last;
    this.#from = first;
  }

  /** Has somebody this address? */
  has(address: string): boolean {
    return this.#taken.has(address);
  }

  /** Somebody has it from here on. */
  take(address: string): void {
    this.#taken.add(address);
  }

  /** Nobody has it from here on. */
  giveBack(address: string): void {
    if (!this.#taken.delete(address)) return;
    const number = addressToNumber(address);
    if (number >= this.#first && number < this.#from) this.#from = number;
  }

  /**
   * The lowest that nobody has; undefined: all are taken. What was looked at once is not looked at again until it is given back.
   * @param except these neither, this time
   */
  lowest(except?: ReadonlySet<string>): string | undefined {
    if (except !== undefined && except.size > 0) {
      return firstFree(this.#from, this.#last, this.#family, new Set([...this.#taken, ...except]));
    }
    const address = firstFree(this.#from, this.#last, this.#family, this.#taken);
    this.#from = address === undefined ? this.#last + 1n : addressToNumber(address);
    return address;
  }
}
