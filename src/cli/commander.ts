// The argument parser, by require(): import() and import first look for the exports of what is CommonJS with a lexer, and that takes as
// long as loading it (7 of 14 ms on Node 20).
import { createRequire } from "node:module";

type Commander = typeof import("commander");
const commander = createRequire(import.meta.url)("commander") as Commander;

export const Command: Commander["Command"] = commander.Command;
export const CommanderError: Commander["CommanderError"] = commander.CommanderError;
export const Option: Commander["Option"] = commander.Option;
export const Argument: Commander["Argument"] = commander.Argument;
export const InvalidArgumentError: Commander["InvalidArgumentError"] = commander.InvalidArgumentError;

/**
 * An option or an argument whose values are known: help shows them, shells complete them. What takes it refuses others, in its own words.
 * @param taker the option or argument
 * @param values what it takes
 */
export const known = <T extends { argChoices?: string[] }>(taker: T, values: readonly string[]): T => {
  taker.argChoices = [...values];
  return taker;
};
