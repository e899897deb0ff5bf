// A program of somebody else's: an expression of nf_tables that nlkit does not know, with types, without touching the library.
import {
  type Attrs,
  type AttrTable,
  attrs,
  be32,
  decodeMessages,
  encodeMessage,
  extendRegistry,
  nftables,
  nftExpressions,
} from "nlkit";

interface Sparkle extends Attrs {
  glitter?: number | undefined;
}
declare module "nlkit" {
  interface NftExpressions {
    sparkle?: Sparkle | undefined;
  }
}
const sparkle: AttrTable<Sparkle> = attrs<Sparkle>("NFTA_SPARKLE_", () => ({ glitter: [1, be32] }));

const types = extendRegistry(nftables, nftExpressions, { sparkle });
const bytes = encodeMessage(
  { name: "NFT_MSG_NEWRULE", attrs: { expressions: [{ name: "sparkle", data: { sparkle: { glitter: 7 } } }] } },
  { types },
);
const [mine] = decodeMessages(bytes, { types });
if (mine?.name !== "NFT_MSG_NEWRULE") throw new Error("not a rule");
const glitter: number | undefined = mine.attrs.expressions?.[0]?.data?.sparkle?.glitter;
if (glitter !== 7) throw new Error(`glitter is ${glitter}`);
