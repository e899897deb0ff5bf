// nlkit network create and rm, prune: all of it.
import type { CommandHelp } from "../example.ts";

export const create: CommandHelp = {
  about: [
    "Makes a bridge, its addresses and the firewall for it. Without --subnet it takes one that nothing here uses. Options are called as Docker's are; -o takes Docker's com.docker.network.… and what a bridge has of its own (ageing_time, stp_state, vlan_filtering…). It is refused where forwarding is off, unless --enable-forwarding or --internal.",
    "--from FILE makes what `network inspect -j` printed: after a reboot the kernel has forgotten. What cannot be made is said, the rest is made; called again, it makes what is missing.",
  ],
  examples: [
    {
      says: "both families; forwarding is turned on",
      run: "nlkit network create web --ipv6 --enable-forwarding",
      needs: ["root"],
      shows: ["web"],
    },
    {
      says: "a subnet of one's own, no way out",
      run: "nlkit network create db --subnet 10.7.0.0/24 --gateway 10.7.0.254 --internal",
      needs: ["root"],
      shows: ["db"],
    },
    {
      says: "what would be done",
      run: "nlkit network create web --enable-forwarding --dry-run",
      needs: ["root"],
      shows: ["RTM_NEWLINK", "NFT_MSG_NEWTABLE"],
    },
    {
      says: "a bridge's own options",
      run: "nlkit network create web --enable-forwarding -o ageing_time=3000 && nlkit dump -j link",
      needs: ["root"],
      shows: ['"ageingTime":3000'],
    },
    {
      says: "again, as it was",
      run: "nlkit network create --from web.json --enable-forwarding",
      needs: ["web.json"],
      shows: ["web"],
    },
  ],
};
export const rm: CommandHelp = {
  about: [
    "Removes networks, and all that was made for them. One with endpoints is left, unless -f; the others are removed all the same.",
  ],
  examples: [
    {
      says: "what would be done",
      run: "nlkit network rm -f web --dry-run",
      needs: ["ns1 on web"],
      shows: ["RTM_DELLINK"],
    },
    { says: "with the endpoints on it", run: "nlkit network rm -f web", needs: ["ns1 on web"], shows: ["web"] },
    { says: "in use", run: "nlkit network rm web", needs: ["ns1 on web"], shows: ["nlkit:"], code: 1 },
  ],
};
export const prune: CommandHelp = {
  about: [
    "Removes networks without endpoints, and links that dead endpoints left. It asks nothing; --dry-run says what would go.",
  ],
  examples: [{ says: "what nobody needs", run: "nlkit network prune", needs: ["web"], shows: ["network web"] }],
};
