// Takes a lab down: only what is known to have been made.
import type { Lab, LabOptions, Made } from "./lab.ts";

/**
 * Takes down what was made. Goes on after a failure, and throws the first one at the end.
 * @param lab what was built
 * @param made what of it exists
 * @param options where, and who is told
 */
export const removeLab = async (lab: Lab, made: Made, options: Omit<LabOptions, "signal">): Promise<void> => {
  const { machine, report } = options;
  const failures: unknown[] = [];
  const attempt = async (netns: string, command: string, run: () => void | Promise<void>): Promise<void> => {
    report({ kind: "step", netns, command });
    try {
      await run();
    } catch (error) {
      failures.push(error);
    }
  };
  if (made.links.length > 0) {
    try {
      await using host = machine.talk(lab.host, (datagram) => report({ kind: "datagram", netns: lab.host, datagram }));
      // A port takes its other end with it; a namespace whose name is gone would keep its links until the kernel gets to it.
      for (const name of made.links.splice(0).reverse()) {
        await attempt(lab.host, `ip link delete ${name}`, () => host.links.delete(name));
      }
    } catch (error) {
      failures.push(error);
    }
  }
  for (const name of made.namespaces.splice(0).reverse()) {
    await attempt("", `ip netns delete ${name}`, () => machine.delete(name));
  }
  if (failures.length > 0) throw failures[0];
};
