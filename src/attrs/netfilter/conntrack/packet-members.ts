// Members of structs that nfqueue and nflog each have under a name of their own.
import { be16, be64 } from "../../../codec/int.ts";
import { octets } from "../../../codec/scalars.ts";
import type { StructSpec } from "../../../codec/struct.ts";
import type { PacketHardware, PacketTimestamp } from "./packet.ts";

/** Of struct nfqnl_msg_packet_timestamp and struct nfulnl_msg_packet_timestamp. */
export const packetTimestamp = (): StructSpec<PacketTimestamp> => ({ sec: [0, be64], usec: [8, be64] });
/** Of struct nfqnl_msg_packet_hw and struct nfulnl_msg_packet_hw. */
export const packetHardware = (): StructSpec<PacketHardware> => ({ hwAddrlen: [0, be16], hwAddr: [4, octets(8)] });
