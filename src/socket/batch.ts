// Many requests in one datagram, as many as their answers have room for.
import { align4 } from "../codec/bytes.ts";
import type { MessageType } from "../codec/registry.ts";
import type { Parcel } from "./engine.ts";
import type { Exchange } from "./exchange.ts";

/** The default receive buffer holds 256 acks; 200 leave room for what else comes. */
const ACKS = 200;
/** Bytes that the kernel copies in one piece without trouble. */
const BYTES = 64 * 1024;

/** Cuts requests into datagrams, in their order. */
export const parcelsOf = <M extends MessageType>(exchanges: readonly Exchange<M>[]): Parcel<M>[] => {
  const parcels: Parcel<M>[] = [];
  let part: Exchange<M>[] = [];
  let bytes = 0;
  let weight = 0;
  const flush = (): void => {
    if (part.length > 0) parcels.push({ bytes: joined(part), exchanges: part });
    part = [];
    bytes = 0;
    weight = 0;
  };
  for (const exchange of exchanges) {
    const size = aligned(exchange);
    if (bytes + size > BYTES || weight + exchange.weight > ACKS) flush();
    part.push(exchange);
    bytes += size;
    weight += exchange.weight;
  }
  flush();
  return parcels;
};

const aligned = <M extends MessageType>({ request }: Exchange<M>): number => align4(request.length);

/** Requests one behind the other, each beginning at a multiple of four. */
export const joined = <M extends MessageType>(part: readonly Exchange<M>[]): Uint8Array => {
  const bytes = new Uint8Array(part.reduce((sum, exchange) => sum + aligned(exchange), 0));
  let at = 0;
  for (const exchange of part) {
    bytes.set(exchange.request, at);
    at += aligned(exchange);
  }
  return bytes;
};
