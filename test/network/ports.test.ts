// Published ports, as they are typed.
import { describe, expect, test } from "vitest";
import { NetworkError } from "../../src/network/errors.ts";
import { formatPort, parsePorts, portsOf } from "../../src/network/ports.ts";

describe("a published port", () => {
  test.each([
    ["8080:80", [{ protocol: "tcp", hostPort: 8080, port: 80 }]],
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
    ["80", '"80" is no published port: [ADDRESS:]HOST-PORT[-LAST]:PORT[-LAST][/tcp|udp|sctp]'],
    ["0:80", "0 is no port: 1 to 65535"],
    ["8080:65536", "65536 is no port: 1 to 65535"],
    ["8000-8002:80-81", '"8000-8002:80-81": the two ranges are not of one length'],
    ["8002-8000:80-78", '"8002-8000:80-78": the two ranges are not of one length'],
    ["8000-8001:80", '"8000-8001:80": a range of host ports needs a range of ports'],
    ["8080:80/icmp", '"icmp" is no protocol with ports: tcp, udp, sctp'],
    ["999.1.1.1:80:80", '"999.1.1.1" is no address or prefix'],
    ["[::1]:80:80", "::1 cannot be published: IPv6 has no route_localnet"],
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
