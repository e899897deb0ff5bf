// The lowest address that nobody has, whatever was taken and given back before.
import fc from "fast-check";
import { expect, test } from "vitest";
import { FreeAddresses } from "../../src/network/free-addresses.ts";
import { freeAddress, parseSubnet } from "../../src/network/subnet.ts";

test("taken in turn, given back, taken again: always the lowest", () => {
  const addresses = new FreeAddresses("10.0.0.0/29", undefined, ["10.0.0.1", "10.0.0.3"]);
  const next = (): string | undefined => {
    const address = addresses.lowest();
    if (address !== undefined) addresses.take(address);
    return address;
  };
  expect([next(), next(), next(), next(), next()]).toEqual(["10.0.0.2", "10.0.0.4", "10.0.0.5", "10.0.0.6", undefined]);
  addresses.giveBack("10.0.0.5");
  addresses.giveBack("10.0.0.1");
  // Nobody's, and nobody has it.
  addresses.giveBack("10.0.0.7");
  expect([next(), next(), next()]).toEqual(["10.0.0.1", "10.0.0.5", undefined]);
});

test("as a search from the beginning finds it, of both families, with ranges", () => {
  const cases = [
    ["10.0.0.0/28", undefined],
    ["10.0.0.0/28", "10.0.0.8/29"],
    ["fd00::/124", undefined],
    ["fd00::/124", "fd00::4/126"],
    ["10.0.0.0/31", undefined],
  ] as const;
  const steps = fc.array(fc.record({ take: fc.boolean(), which: fc.nat(15) }), { maxLength: 60 });
  fc.assert(
    fc.property(fc.constantFrom(...cases), steps, ([subnet, range], all) => {
      const taken = new Set<string>();
      const addresses = new FreeAddresses(subnet, range, taken);
      const part = range === undefined ? undefined : parseSubnet(range);
      for (const { take, which } of all) {
        const lowest = addresses.lowest();
        expect(lowest).toBe(freeAddress(parseSubnet(subnet), part, taken));
        // One that was asked for, or the next free one; what is given back may never have been taken.
        const asked = subnet.startsWith("fd") ? `fd00::${which.toString(16)}` : `10.0.0.${which}`;
        const one = which === 0 ? lowest : asked;
        if (one === undefined) continue;
        if (take) {
          addresses.take(one);
          taken.add(one);
        } else {
          addresses.giveBack(one);
          taken.delete(one);
        }
        expect(addresses.has(one)).toBe(take);
      }
    }),
  );
});
