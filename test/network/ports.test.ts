// Published ports, as they are typed.
import { describe, expect, test } from "vitest";
import { NetworkError } from "../../src/network/errors.ts";
import type { NetworkConfig, NetworkOptions } from "../../src/network/model.ts";
import { planNetwork } from "../../src/network/plan-network.ts";
import { formatPort, parsePorts, portsOf, portsOn } from "../../src/network/ports.ts";

describe("a published port", () => {
  test.each([
    ["8080:80", [{ protocol: "tcp", hostPort: 8080, port: 80 }]],
    ["8080:80/TCP", [{ protocol: "tcp", hostPort: 8080, port: 80 }]],
    ["53:53/udp", [{ protocol: "udp", hostPort: 53, port: 53 }]],
    ["127.0.0.1:9000:80/sctp", [{ protocol: "sctp", hostAddress: "127.0.0.1", hostPort: 9000, port: 80 }]],
    ["[2001:DB8::0:1]:443:8443", [{ protocol: "tcp", hostAddress: "2001:db8::1", hostPort: 443, port: 8443 }]],
    [
      "8000-8001:9000-9001",
      [
        { protocol: "tcp", hostPort: 8000, port: 9000 },
        { protocol: "tcp", hostPort: 8001, port: 9001 },
      ],
    ],
  ])("%s", (text, ports) => {
    expect(parsePorts(text)).toEqual(ports);
  });

  test.each([
    ["80", '"80" names no port of the host, and none is chosen here: 8080:80 for port 8080 of the host'],
    ["80/udp", '"80/udp" names no port of the host, and none is chosen here: 8080:80/udp for port 8080 of the host'],
    ["127.0.0.1::80", '"127.0.0.1::80" names no port of the host, and none is chosen here: 127.0.0.1:8080:80 for'],
    ["127.0.0.1:80", '"127.0.0.1:80" is no published port: [ADDRESS:]HOST-PORT[-LAST]:PORT[-LAST][/tcp|udp|sctp]'],
    ["0:80", "0 is no port: 1 to 65535"],
    ["8080:65536", "65536 is no port: 1 to 65535"],
    ["8000-8002:80-81", '"8000-8002:80-81": the two ranges are not of one length'],
    ["8002-8000:80-78", '"8002-8000:80-78": the two ranges are not of one length'],
    ["8000-8001:80", '"8000-8001:80": a range of host ports needs a range of ports (8000-8001:80-81), and none'],
    ["8080:80/icmp", '"icmp" is no protocol with ports: tcp, udp, sctp'],
    ["999.1.1.1:80:80", '"999.1.1.1" is no address or prefix'],
    ["[::1]:80:80", "::1 cannot be published: IPv6 has no route_localnet"],
    ["[fe80::1]:80:80", "fe80::1 cannot be published on: which link's it is cannot be said"],
    [
      "[::ffff:192.0.2.1]:80:80",
      "::ffff:192.0.2.1 cannot be published on: packets have the IPv4 address that is in it",
    ],
    ["224.0.0.1:80:80", "224.0.0.1 cannot be published on: it is a group's"],
    ["[ff02::1]:80:80", "ff02::1 cannot be published on: it is a group's"],
    ["2001:db8::1:80:80", '"2001:db8::1:80:80" is no published port'],
  ])("%s is refused", (text, message) => {
    expect(() => parsePorts(text)).toThrow(NetworkError);
    expect(() => parsePorts(text)).toThrow(message);
  });

  test("objects are checked alike", () => {
    expect(portsOf([{ protocol: "udp", hostPort: 1, port: 2 }, "3:4"])).toHaveLength(2);
    expect(() => portsOf([{ protocol: "tcp", hostPort: 1.5, port: 2 }])).toThrow("1.5 is no port");
  });

  test("as it is told", () => {
    expect(formatPort({ protocol: "tcp", hostPort: 8080, port: 80 })).toBe("*:8080->80/tcp");
    expect(formatPort({ protocol: "udp", hostAddress: "::", hostPort: 1, port: 2 })).toBe("[::]:1->2/udp");
  });
});

describe("the ports of a network's endpoint", () => {
  const network = (options: Partial<NetworkOptions>): NetworkConfig =>
    planNetwork({ name: "n", ...options }, { networks: [], linkNames: new Set(), busy: [] });
  const told = (options: Partial<NetworkOptions>, port: string): string[] =>
    portsOn(network(options), [port]).map(formatPort);

  test("are on the network's own addresses of the host, where none is named", () => {
    expect(told({ ipv6: true }, "1:2")).toEqual(["*:1->2/tcp"]);
    expect(told({ hostBindings: ["127.0.0.1"] }, "1:2")).toEqual(["127.0.0.1:1->2/tcp"]);
    expect(told({ ipv6: true, hostBindings: ["127.0.0.1"] }, "1:2")).toEqual(["127.0.0.1:1->2/tcp", "[::]:1->2/tcp"]);
    expect(told({ ipv6: true, hostBindings: ["127.0.0.1"] }, "0.0.0.0:1:2")).toEqual(["0.0.0.0:1->2/tcp"]);
    const modes = { ipv6: true, gatewayMode: { ipv4: "routed", ipv6: "nat" } } as const;
    expect(told({ ...modes, hostBindings: ["2001:db8::1"] }, "1:2")).toEqual([
      "0.0.0.0:1->2/tcp",
      "[2001:db8::1]:1->2/tcp",
    ]);
  });
  test.each<[string, Partial<NetworkOptions>, string]>([
    ["[2001:db8::1]:1:2", {}, '[2001:db8::1]:1->2/tcp: network "n" has no IPv6'],
    ["127.0.0.1:1:2", { ipv4: false, ipv6: true }, '127.0.0.1:1->2/tcp: network "n" has no IPv4'],
    ["127.0.0.1:1:2", { gatewayMode: "routed" }, 'network "n" is routed, and its ports are reached by no address'],
  ])("%s is refused by %j", (port, options, message) => {
    expect(() => told(options, port)).toThrow(NetworkError);
    expect(() => told(options, port)).toThrow(message);
  });
  test("host bindings that would lead nowhere are refused", () => {
    expect(() => network({ ipv6: true, hostBindings: ["::1"] })).toThrow("::1 cannot be published");
    expect(() => network({ gatewayMode: "routed", hostBindings: ["127.0.0.1"] })).toThrow("mode routed has none");
  });
});
