// What is said to make an endpoint's links what they shall be, in the namespace and on the host.
import type { RouteMessageType } from "../attrs/route/messages.ts";
import type { Rtnetlink } from "../client/rtnetlink.ts";
import { KernelError } from "../socket/errors.ts";
import type { BatchResult } from "../socket/requester.ts";
import type { Made } from "./connect.ts";
import {
  aliasOf,
  altName,
  altNameFor,
  inet6,
  newAddress,
  ROUTE,
  type RouteRequest,
  routeBy,
  sendAll,
  up,
} from "./messages.ts";
import { FAMILIES } from "./model.ts";
import type { State } from "./state.ts";

/** The namespace's first link, made with it. */
const LO = 1;

/** Everything that is said inside, in one datagram. */
export const insideRequests = (made: Made, dad: boolean, defaults: readonly RouteRequest[]): RouteRequest[] => {
  const { network, endpoint, index } = made;
  return [
    up(LO),
    // The link-local address is made by the MAC: rules know it by that.
    ...(endpoint.ipv6 === undefined ? [] : [inet6(index, "EUI64")]),
    up(index),
    ...FAMILIES.flatMap(([family]) => {
      const address = endpoint[family];
      const subnet = network[family]?.subnet;
      return address === undefined || subnet === undefined ? [] : [newAddress(index, address, subnet, dad)];
    }),
    ...endpoint.routes.map(({ dst, gateway }) => routeBy(ROUTE.ADD, dst, index, gateway)),
    ...defaults,
  ];
};

/** IPv6 is off on this link, as it is where the namespace's `default` says so. */
const isOff = (one: BatchResult<RouteMessageType>): boolean =>
  one.status === "rejected" &&
  one.reason instanceof KernelError &&
  one.reason.messageName === "RTM_NEWADDR" &&
  one.reason.code === "EACCES";

/**
 * Says all of it. A default route of somebody else's is noticed by what was asked first.
 * @param inside rtnetlink of the namespace
 * @param questions for the routes that there are
 * @param requests what is to be done
 * @param refuse looks at the answers to each question, and throws
 * @param enableIpv6 turns it on where it is off; what was refused is said again then
 */
export const sayInside = async (
  inside: Rtnetlink,
  questions: readonly RouteRequest[],
  requests: readonly RouteRequest[],
  refuse: (answers: readonly (readonly { readonly name?: string | undefined }[])[]) => void,
  enableIpv6: () => void,
): Promise<void> => {
  const results = await inside.connection.batch([...questions, ...requests]);
  refuse(results.slice(0, questions.length).map((one) => (one.status === "fulfilled" ? one.value.messages : [])));
  const answers = results.slice(questions.length);
  if (answers.some(isOff)) {
    enableIpv6();
    await sendAll(
      inside,
      requests.filter((_, i) => answers[i]?.status === "rejected"),
    );
    return;
  }
  for (const one of answers) if (one.status === "rejected") throw one.reason;
};

/** The host's end gets its name, its place on the bridge, and carries packets from here on. */
export const finish = ({ network, endpoint, portIndex }: Made, { linkNames }: State): RouteRequest[] => {
  const name = altNameFor(`${endpoint.name}.${network.name}`, linkNames);
  const port = { isolated: network.icc ? 0 : 1, mode: network.hairpin ? 1 : 0, guard: 1 };
  const attrs = { ifalias: aliasOf(`nlkit endpoint ${endpoint.name} of ${network.name}`) };
  return [...(name === undefined ? [] : [altName(portIndex, name)]), up(portIndex, attrs, port)];
};
