// Which namespaces a command is about: those of `ip netns`, and those that endpoints are in. Loaded when it is needed.
import { refOf, reopenNetns } from "../../network/netns-of.ts";
import type { State } from "../../network/state.ts";
import { listNetns, type NetnsRef, openNetns } from "../../socket/index.ts";
import { begin } from "../begin.ts";
import { UsageError } from "../failure.ts";
import { netnsRef } from "../netns-ref.ts";

/**
 * What was typed: a namespace, or the endpoint of that name or alias.
 * @throws UsageError for what is neither
 */
export const namespaceOf = (text: string, { networks }: State): NetnsRef => {
  const isName = !text.startsWith("pid:") && !text.includes("/");
  if (isName && !listNetns().includes(text)) {
    const all = networks.flatMap(({ endpoints }) => endpoints);
    const found =
      all.find(({ config }) => config.name === text) ?? all.find(({ config }) => config.aliases.includes(text));
    if (found === undefined) throw new UsageError(`there is no namespace and no endpoint ${JSON.stringify(text)}`);
    return refOf(found.config.netns);
  }
  const ref = netnsRef(text, "check");
  begin("network check", text, () => openNetns(ref).close());
  return ref;
};

/** The namespaces of `ip netns`, and those of endpoints that have no name. */
export const allNamespaces = ({ networks }: State): NetnsRef[] => {
  const others = networks
    .flatMap(({ endpoints }) => endpoints.map(({ config }) => config))
    .filter(({ netns, netnsId }) => {
      // Its pid may be somebody else's by now.
      const found = reopenNetns(netns, netnsId);
      found?.close();
      return found !== undefined;
    })
    .map(({ netns }) => refOf(netns));
  return [...listNetns(), ...others];
};
