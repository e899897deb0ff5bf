// Modules that are loaded when they are needed, by functions that cannot wait for import().
import { createRequire } from "node:module";

let made: NodeJS.Require | undefined;

/** require() of this package. A bundle in the form of CommonJS has no import.meta.url. */
export const requireNow = (name: string): unknown => {
  made ??= createRequire(import.meta.url ?? `${process.cwd()}/`);
  return made(name);
};
