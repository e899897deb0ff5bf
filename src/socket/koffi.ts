// koffi, the only native code, loaded when a socket is opened: it takes an eighth of what Node itself takes to start, and who decodes bytes,
// makes a plan or replays a recording needs none of it. By require(), which is synchronous, as opening is, and takes half as long as
// import does for what is CommonJS.
import { requireNow } from "./require.ts";

type Koffi = typeof import("koffi");
let loaded: Koffi | undefined;

/**
 * koffi itself.
 * @throws Error when npm has not installed its binary for this platform
 */
export const koffi = (): Koffi => {
  loaded ??= requireNow("koffi") as Koffi;
  return loaded;
};
