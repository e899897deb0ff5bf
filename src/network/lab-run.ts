// A whole run: build, prove, take down, however it ends; and why a right network may lose packets.
import { readFileSync } from "node:fs";
import type { Lab, LabOptions, Made } from "./lab.ts";
import { buildLab, proveLab } from "./lab-build.ts";
import { removeLab } from "./lab-remove.ts";

/**
 * Builds a lab, proves it, and takes it down, also when a step fails or the signal stops it.
 * @param lab what `planLab` gave
 * @param options where, who is told, what stops it
 * @param keep asked when every echo was answered; true leaves the lab up. Default: it goes
 * @returns whether every echo was answered
 * @throws KernelError, SystemError, the signal's reason
 */
export const runLab = async (
  lab: Lab,
  options: LabOptions,
  keep: () => boolean | Promise<boolean> = () => false,
): Promise<boolean> => {
  const made: Made = { links: [], namespaces: [] };
  let kept = false;
  try {
    await buildLab(lab, made, options);
    const answered = await proveLab(lab, options);
    kept = answered && (await keep());
    return answered;
  } finally {
    if (!kept) await removeLab(lab, made, options);
  }
};

const NF_CALL = "/proc/sys/net/bridge/bridge-nf-call-iptables";

/**
 * Why bridged packets may be lost although the network is right: with bridge-nf-call-iptables they pass the FORWARD chain of the
 * bridge's namespace, and a DROP there loses them.
 * @param lab a lab in the present namespace; another one's host is new, and has no rules
 * @returns a sentence; undefined where this is no reason
 */
export const whyLost = (lab: Lab): string | undefined => {
  if (lab.host !== "") return undefined;
  try {
    if (readFileSync(NF_CALL, "utf8").trim() !== "1") return undefined;
  } catch {
    return undefined;
  }
  return (
    "bridge-nf-call-iptables is 1 here: packets between the bridge's ports pass the FORWARD chain, and a DROP there loses them. " +
    `Allow them: iptables -I FORWARD -i ${lab.bridge} -o ${lab.bridge} -j ACCEPT`
  );
};
