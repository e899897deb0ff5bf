// Takes an endpoint away, and gives the default route of its namespace to the next network. Rows L1 to L6. The other end is never moved
// back: deleting the host's end deletes both.
import { type Change, endpointNamed, networkNamed, reapedEndpoint } from "./change.ts";
import type { Host } from "./host.ts";
import type { EndpointConfig } from "./model.ts";
import { remove } from "./reap.ts";

/**
 * Takes an endpoint away.
 * @param host where
 * @param network its network
 * @param name its name, its port's, or how its namespace was called
 * @param now what there is, under the lock
 * @returns what it was
 * @throws NetworkError NOT_FOUND; what the kernel refuses
 */
export const disconnect = async (host: Host, network: string, name: string, now: Change): Promise<EndpointConfig> => {
  const done = reapedEndpoint(now, network, name);
  if (done !== undefined) return done.config;
  const endpoint = endpointNamed(networkNamed(now.state, network), name);
  await remove(host, now.nft, now.state, { networks: [], endpoints: [endpoint] });
  return endpoint.config;
};
