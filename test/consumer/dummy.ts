// A program of somebody else's: a link kind that nlkit does not know, with types, without touching the library. Compiled and run
// against the built package by consumer.test.ts.
import {
  type Attrs,
  type AttrTable,
  attrs,
  decodeMessages,
  encodeMessage,
  extendRegistry,
  linkKinds,
  route,
  u32,
} from "nlkit";

interface DummyInfo extends Attrs {
  color?: number | undefined;
}
declare module "nlkit" {
  interface LinkKinds {
    dummy?: DummyInfo | undefined;
  }
}
const dummyInfo: AttrTable<DummyInfo> = attrs<DummyInfo>("IFLA_DUMMY_", () => ({ color: [1, u32] }));

const types = extendRegistry(route, linkKinds, { dummy: dummyInfo });
const bytes = encodeMessage(
  { name: "RTM_NEWLINK", attrs: { ifname: "d0", linkinfo: { kind: "dummy", data: { dummy: { color: 7 } } } } },
  { types },
);
const [mine] = decodeMessages(bytes, { types });
const [plain] = decodeMessages(bytes);
if (mine?.name !== "RTM_NEWLINK" || plain?.name !== "RTM_NEWLINK") throw new Error("not a link");
const color: number | undefined = mine.attrs.linkinfo?.data?.dummy?.color;
// Without the extension the data is kept raw, and nothing is wrong with it.
console.log(JSON.stringify({ color, raw: plain.attrs.linkinfo?.unknown?.length, issues: plain.issues?.length ?? 0 }));

export const misspelt = (): void => {
  // @ts-expect-error no such setting
  encodeMessage({ name: "RTM_NEWLINK", attrs: { linkinfo: { kind: "dummy", data: { dummy: { colour: 7 } } } } });
};
