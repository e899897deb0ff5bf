// sun_path of sockaddr_un: a path, or an abstract name, which begins with NUL and ends where its bytes end (unix(7)).
import type { Simple } from "../../codec/codec.ts";
import { expected } from "../../codec/expect.ts";
import { string } from "../../codec/scalars.ts";
import { writeText } from "../../codec/text.ts";

const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

/** A path ends at its first NUL; of an abstract name every byte counts. No bytes at all are the empty text. */
export const sunPath: Simple<string> = {
  kind: "string",
  read: (r, at, end, siblings) =>
    r.u8[at] === 0 && at < end ? utf8.decode(r.u8.subarray(at, end)) : string.read(r, at, end, siblings),
  write(w, value, siblings, constant) {
    if (typeof value !== "string") throw expected("a string", value);
    if (value.startsWith("\0")) writeText(w, value);
    else if (value !== "") string.write(w, value, siblings, constant);
  },
};
