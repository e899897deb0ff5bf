// What is wrong with an input, on stderr, while the rest of it goes to stdout.
import type { CaptureProblem } from "../capture/datagram.ts";
import { printable } from "../codec/text.ts";

/** Those that are printed one by one; noise has thousands. */
const MANY = 20;

const textOf = ({ line, offset, problem }: CaptureProblem): string =>
  line !== undefined ? `line ${line}: ${problem}` : offset !== undefined ? `byte ${offset}: ${problem}` : problem;

/** Problems of an input, in their order. They wait for the first datagram: of an input that has none, one line says all. */
export class Problems {
  /** How many there were. */
  count = 0;
  #waiting: string[] | undefined = [];

  add(problem: CaptureProblem): void {
    if (problem.call !== undefined) return;
    this.count++;
    if (this.count > MANY) return;
    if (this.#waiting === undefined) this.#print(textOf(problem));
    else this.#waiting.push(textOf(problem));
  }

  /** There is something to decode. */
  hasDatagram(): void {
    if (this.#waiting === undefined) return;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    for (const text of waiting) this.#print(text);
  }

  /** @returns what to say of an input that has no datagram at all; undefined: it has some */
  end(): string | undefined {
    if (this.#waiting !== undefined) return this.#waiting[0] ?? "nothing in it that can be decoded";
    if (this.count > MANY) this.#print(`and ${this.count - MANY} more of that sort`);
    return undefined;
  }

  #print(text: string): void {
    process.stderr.write(`nlkit: ${printable(text)}\n`);
  }
}
