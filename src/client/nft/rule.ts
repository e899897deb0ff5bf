// Rules as one would type them: matches, then what is done.
import { NFPROTO } from "../../attrs/netfilter/nfnetlink.ts";
import { NF, NFT } from "../../attrs/netfilter/nftables/data.ts";
import { NFT_NAT } from "../../attrs/netfilter/nftables/expressions/nat.ts";
import { NFT_REJECT, NFT_REJECT_ICMPX } from "../../attrs/netfilter/nftables/expressions/reject.ts";
import { NFT_REG } from "../../attrs/netfilter/nftables/registers.ts";
import { RuleMatches } from "./rule-matches.ts";
import { address, be16 } from "./values.ts";

/** ICMP_PORT_UNREACH of linux/icmp.h. */
const ICMP_PORT_UNREACH = 3;
/** ICMPV6_PORT_UNREACH of linux/icmpv6.h. */
const ICMPV6_PORT_UNREACH = 4;

/** Where a port is translated to. */
export interface NatTarget {
  /** The new address; absent: unchanged. */
  readonly address?: string | undefined;
  /** The new port; absent: unchanged. */
  readonly port?: number | undefined;
}

/**
 * A rule in the making, for a table of the given family. What a match depends on (that it is IPv4, that it is TCP) is added before it,
 * once.
 * @example
 * rule(NFPROTO.INET).iifname("br0").saddr("10.0.0.0/8").dport("tcp", 80).counter().accept().expressions
 */
export class Rule extends RuleMatches {
  /** Counts packets and bytes. */
  counter(): this {
    return this.push({ name: "counter", data: { counter: { bytes: 0n, packets: 0n } } });
  }
  /** Lets the packet through, as far as this hook is concerned. */
  accept(): this {
    return this.#verdict(NF.ACCEPT);
  }
  /** Drops it. */
  drop(): this {
    return this.#verdict(NF.DROP);
  }
  /** Drops it, and tells the sender that nobody listens on that port. */
  reject(): this {
    const icmp = {
      type: NFT_REJECT.ICMP_UNREACH,
      icmpCode: this.family === NFPROTO.IPV6 ? ICMPV6_PORT_UNREACH : ICMP_PORT_UNREACH,
    };
    const either = { type: NFT_REJECT.ICMPX_UNREACH, icmpCode: NFT_REJECT_ICMPX.PORT_UNREACH };
    const isOne = this.family === NFPROTO.IPV4 || this.family === NFPROTO.IPV6;
    return this.push({ name: "reject", data: { reject: isOne ? icmp : either } });
  }
  /**
   * Writes to the kernel's log.
   * @param prefix what the line begins with: at most 127 bytes
   */
  log(prefix: string): this {
    return this.push({ name: "log", data: { log: { prefix } } });
  }
  /** Goes back to the calling chain. */
  return(): this {
    return this.#verdict(NFT.RETURN);
  }
  /**
   * Goes on in another chain, and comes back at its end.
   * @param chain of the same table
   */
  jump(chain: string): this {
    return this.#verdict(NFT.JUMP, chain);
  }
  /**
   * Goes on in another chain, for good.
   * @param chain of the same table
   */
  goto(chain: string): this {
    return this.#verdict(NFT.GOTO, chain);
  }
  #verdict(code: number, chain?: string): this {
    const verdict = chain === undefined ? { code } : { code, chain };
    return this.push({ name: "immediate", data: { immediate: { dreg: NFT_REG.VERDICT, data: { verdict } } } });
  }
  /** Source NAT to the address of the link that the packet leaves by. */
  masquerade(): this {
    return this.push({ name: "masq", data: { masq: {} } });
  }
  /**
   * Destination NAT.
   * @param target where to
   * @throws RangeError for an address of the other IP than what is matched; for a port where the rule is of no protocol that has ports
   */
  dnat(target: NatTarget): this {
    return this.#nat(NFT_NAT.DNAT, target);
  }
  /**
   * Source NAT.
   * @param target where from
   * @throws RangeError as `dnat`
   */
  snat(target: NatTarget): this {
    return this.#nat(NFT_NAT.SNAT, target);
  }
  #nat(type: number, { address: text, port }: NatTarget): this {
    const bytes = text === undefined ? undefined : address(text);
    const version = bytes === undefined ? this.ipVersion : bytes.length === 16 ? 6 : 4;
    // Of both where nothing says which: a port alone, in a table of both.
    const family = version === 6 ? NFPROTO.IPV6 : version === 4 ? NFPROTO.IPV4 : this.family;
    if (this.ipVersion !== undefined && this.ipVersion !== version) {
      throw new RangeError(`${text} is of IPv${version}: what the rule matches is of IPv${this.ipVersion}`);
    }
    if (port !== undefined && !this.mayHavePorts) {
      throw new RangeError(`port ${port} of which protocol? Match it before: dport("tcp", 80), l4proto("udp")`);
    }
    const nat: { [name: string]: number } = { type, family };
    for (const [value, register, member] of [
      [bytes, NFT_REG[1], "regAddrMin"],
      [port === undefined ? undefined : be16(port), NFT_REG[2], "regProtoMin"],
    ] as const) {
      if (value === undefined) continue;
      this.push({ name: "immediate", data: { immediate: { dreg: register, data: { value } } } });
      nat[member] = register;
    }
    return this.push({ name: "nat", data: { nat } });
  }
}

/**
 * Begins a rule.
 * @param family NFPROTO of the table that it is for. Default: INET
 */
export const rule = (family: number = NFPROTO.INET): Rule => new Rule(family);
