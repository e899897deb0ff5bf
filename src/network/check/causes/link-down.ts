// Somebody has to put a link up: inside, its end in the host, or the bridge.
import { commandIn } from "../command.ts";
import type { Cause, Finding } from "../finding.ts";
import { attachmentsThatMatter, isUp, nameOf, rawName } from "../words.ts";

export const linkDown: Cause = (situation): Finding | undefined => {
  const { host } = situation;
  for (const { end, at } of attachmentsThatMatter(situation)) {
    const places = [
      { link: at.bridge, ref: host.ref, says: (name: string) => `bridge ${name} is down` },
      {
        link: at.port,
        ref: host.ref,
        says: (name: string) => `port ${name}, where ${end.label} is connected, is down`,
      },
      { link: at.link, ref: end.ref, says: (name: string) => `${name} of ${end.label} is down` },
    ];
    for (const { link, ref, says } of places) {
      if (link === undefined || isUp(link)) continue;
      return {
        cause: "link-down",
        says: says(nameOf(link)),
        mend: commandIn(ref, "ip", "link", "set", rawName(link), "up"),
      };
    }
  }
  return undefined;
};
