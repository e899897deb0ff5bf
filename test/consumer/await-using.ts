// The example of the README, as a user's compiler reads it; run live by the client's tests.
import { Rtnetlink } from "nlkit/client";

export const example = async (netns: string): Promise<number[]> => {
  await using rtnl = await Rtnetlink.open({ netns });
  await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
  await rtnl.links.set("br0", { mtu: 1400 });
  await rtnl.addresses.add("br0", "192.168.100.1/24");
  const mtu: number | undefined = (await rtnl.links.get("br0")).attrs.mtu;
  const routes = await rtnl.routes.list({ table: 254 });
  return [mtu ?? 0, ...routes.map((route) => route.header.dstLen)];
};
