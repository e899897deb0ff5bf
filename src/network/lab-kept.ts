// Labs that somebody kept, or that were killed half-way: found by the marks on their links, and taken down without what is not theirs.
import { ARPHRD } from "../attrs/route/link-names.ts";
import type { Link } from "../client/links.ts";
import { HOST_NAME, type Lab, type LabOptions, MARK, type Made, planLab } from "./lab.ts";
import { removeLab } from "./lab-remove.ts";
import type { Machine } from "./machine.ts";

const isMarked = ({ attrs }: Link): boolean => attrs.ifalias === MARK || attrs.ifalias?.startsWith(`${MARK} `) === true;

/** A link that is neither marked nor what every namespace is born with. */
const isForeign = (link: Link): boolean => link.header.type !== ARPHRD.LOOPBACK && !isMarked(link);

/** A namespace of the lab's, as far as can be told: somebody may have made another of that name since. */
const holdsOnlyOurs = async (machine: Machine, name: string): Promise<boolean> => {
  await using rtnl = machine.talk(name, () => {});
  return !(await rtnl.links.list()).some(isForeign);
};

/** A lab that somebody left. */
export interface FoundLab {
  /** Where it is. */
  readonly lab: Lab;
  /** What of it exists. */
  readonly made: Made;
  /** Namespaces that have its names and hold links of somebody else's: they are left alone. */
  readonly foreign: readonly string[];
}

/**
 * Finds the lab whose host is a namespace, by the marks on its links.
 * @param machine where
 * @param host name of the namespace; "" for the present one
 */
export const findLab = async (machine: Machine, host: string): Promise<FoundLab> => {
  await using rtnl = machine.talk(host, () => {});
  const all = await rtnl.links.list();
  const marked = all.filter(isMarked);
  const bridge = marked.find(({ attrs }) => attrs.linkinfo?.kind === "bridge");
  const plan = planLab(machine, { here: true, id: 0 });
  // Whoever else put a port on the bridge keeps it.
  const ours = new Set<string | undefined>(plan.ends.map((end) => end.port));
  const ports = all.filter(
    ({ attrs }) => bridge !== undefined && attrs.master === bridge.header.index && ours.has(attrs.ifname),
  );
  // A veth that still has its mark was not moved yet: it goes too.
  const links = [...(bridge ? [bridge] : []), ...ports, ...marked.filter((link) => link !== bridge)];
  const namespaces: string[] = [];
  const foreign: string[] = [];
  const sort = (name: string, isOurs: boolean): void => void (isOurs ? namespaces : foreign).push(name);
  if (host !== "") sort(host, bridge !== undefined || !all.some(isForeign));
  const there = new Set(machine.names());
  const named = (bridge?.attrs.ifalias ?? MARK).slice(MARK.length).split(" ");
  for (const name of named) if (there.has(name)) sort(name, await holdsOnlyOurs(machine, name));
  return {
    lab: { ...plan, host },
    made: { links: links.flatMap(({ attrs }) => attrs.ifname ?? []), namespaces },
    foreign,
  };
};

/** Something that has a lab's name and was not removed. */
export interface LeftAlone {
  /** Name of the namespace. */
  readonly netns: string;
  /** The lab's own process, which still runs; undefined: there are links of somebody else's inside. */
  readonly pid?: number | undefined;
}
/** What became of kept labs. */
export interface Removal {
  /** How many labs were removed, wholly or in part. */
  readonly removed: number;
  /** What was not, and why. */
  readonly left: readonly LeftAlone[];
}

/** Names of the namespaces that stand in for hosts. */
export const keptHosts = (machine: Machine): string[] => machine.names().filter((name) => HOST_NAME.test(name));

/** How to remove kept labs. */
export interface RemovalOptions extends Omit<LabOptions, "signal"> {
  /** Of which processes labs are to be left alone. Default: none. */
  readonly isRunning?: ((pid: number) => boolean) | undefined;
  /** Gets all that will be removed, before anything is. */
  readonly announce?: ((labs: readonly FoundLab[]) => void) | undefined;
}

/**
 * Removes kept labs.
 * @param hosts names of their host namespaces; "" for the lab in the present one
 * @param options where, who is told, which to leave alone
 */
export const removeKeptLabs = async (hosts: readonly string[], options: RemovalOptions): Promise<Removal> => {
  const { machine, isRunning = () => false, announce } = options;
  const left: LeftAlone[] = [];
  const labs: FoundLab[] = [];
  for (const host of hosts) {
    const pid = Number(HOST_NAME.exec(host)?.[1] ?? 0);
    if (pid > 0 && isRunning(pid)) {
      left.push({ netns: host, pid });
      continue;
    }
    const found = await findLab(machine, host);
    left.push(...found.foreign.map((netns) => ({ netns })));
    if (found.made.links.length + found.made.namespaces.length > 0) labs.push(found);
  }
  if (labs.length > 0) announce?.(labs);
  for (const { lab, made } of labs) await removeLab(lab, made, options);
  return { removed: labs.length, left };
};

/**
 * Is there such a process? One that is somebody else's counts.
 * @param pid process id
 */
export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
};
