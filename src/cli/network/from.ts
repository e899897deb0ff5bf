// nlkit network create --from: what `inspect -j` printed is made again. As far as it can be, so that a second call makes what a first could not.
import { printable, quote } from "../../codec/text.ts";
import { NetworkError } from "../../network/errors.ts";
import type { NetworkConfig } from "../../network/model.ts";
import type { Networks } from "../../network/networks.ts";
import type { SavedNetwork } from "../../network/saved.ts";
import type { EndpointState, NetworkState } from "../../network/state.ts";
import { EXIT, report } from "../failure.ts";
import { live } from "./session.ts";

/** How. */
export interface FromOptions {
  readonly enableForwarding?: boolean | undefined;
  /** With its endpoints. */
  readonly connect: boolean;
  /** Told of each network that was made. */
  made(config: NetworkConfig): Promise<void>;
}

const another = (what: string, difference: string): never => {
  throw new NetworkError("EXISTS", `there is ${what} already, and it is another one: ${difference}`);
};

/** One network: made, or there already as it was saved. */
const network = async (
  networks: Networks,
  saved: SavedNetwork,
  there: NetworkState | undefined,
  { enableForwarding, made }: FromOptions,
): Promise<void> => {
  const { networkOptionsOf, differenceOf } = await live();
  const asked = networkOptionsOf(saved);
  if (there === undefined) return made(await networks.create(asked, { enableForwarding }));
  const difference = differenceOf(networkOptionsOf(there.config), asked);
  if (difference !== undefined) another(`a network ${quote(saved.name)}`, difference);
};

const endpoint = async (
  networks: Networks,
  name: string,
  saved: SavedNetwork["endpoints"][number],
  there: EndpointState | undefined,
): Promise<void> => {
  const { connectOptionsOf, differenceOf } = await live();
  const asked = connectOptionsOf(saved);
  if (there === undefined) return void (await networks.connect(name, asked));
  const difference = differenceOf(connectOptionsOf(there.config), asked);
  if (difference !== undefined) another(`an endpoint ${quote(saved.name)} on network ${quote(name)}`, difference);
};

/** What is dead, the next change takes away: it is not there. */
const alive = <T extends { readonly health: string; readonly config: { readonly name: string } }>(
  all: readonly T[],
  name: string,
): T | undefined => all.find(({ health, config }) => health === "up" && config.name === name);

/**
 * Makes what was saved, and says of each thing that it cannot make why.
 * @param networks where
 * @param saved what
 * @param options how
 * @returns the exit code
 */
export const makeSaved = async (
  networks: Networks,
  saved: readonly SavedNetwork[],
  options: FromOptions,
): Promise<number> => {
  const before = await networks.list();
  const codes: number[] = [];
  let some = false;
  const attempt = async (make: Promise<void>): Promise<boolean> => {
    try {
      await make;
      some = true;
      return true;
    } catch (error) {
      codes.push(report(error));
      return false;
    }
  };
  for (const one of saved) {
    const there = alive(before, one.name);
    const isThere = await attempt(network(networks, one, there, options));
    if (!options.connect) continue;
    if (!isThere && one.endpoints.length > 0) {
      const names = one.endpoints
        .map(({ name }) => quote(name))
        .sort()
        .join(", ");
      process.stderr.write(`nlkit: ${printable(`not connected to network ${quote(one.name)}: ${names}`)}\n`);
    }
    for (const saved of isThere ? one.endpoints : []) {
      await attempt(endpoint(networks, one.name, saved, alive(there?.endpoints ?? [], saved.name)));
    }
  }
  // Where nothing at all could be made, the reason counts; else it was left undone.
  return codes.length === 0 ? EXIT.OK : some ? EXIT.FAILED : (codes[0] ?? EXIT.FAILED);
};
