// A transaction of nf_tables in a table "t" with a chain "c": what live tests say again and again.
import {
  type AnyInput,
  NFNL_SUBSYS,
  NFPROTO,
  type NftExpression,
  type NftMessageType,
  NLM_F,
} from "../../src/index.ts";
import type { Connection } from "../../src/socket/connection.ts";

export type Input = AnyInput<NftMessageType>;
const CREATE = NLM_F.REQUEST | NLM_F.CREATE;
export const inet: { readonly family: number } = { family: NFPROTO.INET };

export const transact = (connection: Connection<NftMessageType>, ...messages: Input[]): Promise<unknown> =>
  connection.transaction({
    begin: { name: "NFNL_MSG_BATCH_BEGIN", flags: NLM_F.REQUEST, header: { resId: NFNL_SUBSYS.NFTABLES } },
    messages: messages.map((message): Input => ({ flags: CREATE, header: inet, ...message }) as Input),
    end: { name: "NFNL_MSG_BATCH_END", flags: NLM_F.REQUEST, header: { resId: NFNL_SUBSYS.NFTABLES } },
  });
export const table: Input = { name: "NFT_MSG_NEWTABLE", attrs: { name: "t" } };
export const chain: Input = { name: "NFT_MSG_NEWCHAIN", attrs: { table: "t", name: "c" } };
export const rule = (...expressions: NftExpression[]): Input => ({
  name: "NFT_MSG_NEWRULE",
  flags: CREATE | NLM_F.APPEND,
  attrs: { table: "t", chain: "c", expressions },
});
export const bytes = (...octets: number[]): Uint8Array => Uint8Array.from(octets);
