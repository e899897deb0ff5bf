// What the kernel says when it says no: which attribute, which is missing, in which words.
import { expect, test } from "vitest";
import { type MessageInput, type RouteMessageType, route } from "../../src/index.ts";
import { Connection, KernelError } from "../../src/socket/index.ts";
import { FakeKernel, type Refusal } from "../../src/testing/index.ts";

const refused = (words: Refusal, errno = 22): Connection<RouteMessageType> =>
  new Connection(new FakeKernel(route).otherwise((_, reply) => reply.error(errno, words)).transport(), route);
const request: MessageInput = {
  name: "RTM_NEWLINK",
  attrs: { ifname: "br0", linkinfo: { kind: "bridge", data: { bridge: { ageingTime: 1 } } } },
};
// nlmsghdr 16, ifinfomsg 16, IFLA_IFNAME 8, IFLA_LINKINFO 4, IFLA_INFO_KIND 12, IFLA_INFO_DATA 4.
const OFFS = { ifname: 32, linkinfo: 40, data: 56, ageingTime: 60 };

test("the path of the attribute at an offset", async () => {
  const error = await refused({ msg: "no", offs: OFFS.ageingTime })
    .request(request)
    .catch((e: unknown) => e);
  expect(error).toBeInstanceOf(KernelError);
  expect(error).toMatchObject({
    errno: 22,
    code: "EINVAL",
    text: "no",
    path: "linkinfo.data.ageingTime",
    attribute: "IFLA_BR_AGEING_TIME",
    messageName: "RTM_NEWLINK",
  });
  expect((error as Error).message).toBe(
    'RTM_NEWLINK: EINVAL (invalid argument), "no", at linkinfo.data.ageingTime (IFLA_BR_AGEING_TIME)',
  );
});
test("an offset that is no attribute's beginning gives no path: never a guess", async () => {
  for (const offs of [0, 16, 33, OFFS.ageingTime + 4, 5000]) {
    const error = await refused({ msg: "no", offs })
      .request(request)
      .catch((e: unknown) => e);
    expect((error as KernelError).path, String(offs)).toBeUndefined();
  }
});
test("what is missing, by name", async () => {
  const missing = async (attrs: Refusal): Promise<string | undefined> =>
    (
      (await refused(attrs)
        .request(request)
        .catch((e: unknown) => e)) as KernelError
    ).missing;
  expect(await missing({ missType: 4 })).toBe("IFLA_MTU");
  expect(await missing({ missType: 1, missNest: OFFS.linkinfo })).toBe("IFLA_INFO_KIND");
  expect(await missing({ missType: 999, missNest: OFFS.linkinfo })).toBe("IFLA_LINKINFO: type 999");
});
test("the kernel's text cannot forge a line", async () => {
  const error = await refused({ msg: "a\nb\u001b[2J" })
    .request(request)
    .catch((e: unknown) => e);
  expect((error as Error).message).not.toMatch(/[\n\u001b]/);
  expect((error as KernelError).text).toBe("a\nb\u001b[2J");
});
test("no text, no offset: errno alone", async () => {
  await expect(refused({}, 17).request(request)).rejects.toMatchObject({
    code: "EEXIST",
    text: undefined,
    path: undefined,
  });
});
