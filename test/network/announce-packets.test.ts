// The packets as bytes, by RFC 826, RFC 5227 and RFC 4861.
import { expect, test } from "vitest";
import { hardwareBytes, ipBytes } from "../../src/codec/address.ts";
import { gratuitousArp, neighbourAdvertisement } from "../../src/network/announce-packets.ts";

const MAC = hardwareBytes("02:42:ac:11:00:02");
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

test("gratuitous ARP: a request, sender and target the same", () => {
  const expected = [
    "0001", // hardware type: Ethernet
    "0800", // protocol: IPv4
    "06", // bytes of a hardware address
    "04", // bytes of a protocol address
    "0001", // request
    "0242ac110002", // sender
    "ac110002",
    "000000000000", // target: not known to a request
    "ac110002",
  ];
  expect(hex(gratuitousArp(MAC, ipBytes("172.17.0.2")))).toBe(expected.join(""));
});

test("unsolicited neighbour advertisement: override, and the link-layer address", () => {
  const expected = [
    "88", // type 136
    "00", // code
    "0000", // checksum: the kernel's
    "20000000", // neither router nor solicited; override
    "fd00000000000000000000000000ab12", // target
    "02", // option: target link-layer address
    "01", // its length in units of eight bytes
    "0242ac110002",
  ];
  expect(hex(neighbourAdvertisement(MAC, ipBytes("fd00::ab12")))).toBe(expected.join(""));
});
