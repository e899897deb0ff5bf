// Keys are masked where they are declared: in values, in explanations, in bytes, also in a request that a refusal echoes.
import { describe, expect, test } from "vitest";
import { explainWith } from "../../src/codec/explain.ts";
import {
  type Attrs,
  attrs,
  body,
  bytes,
  decodeWith,
  encodeWith,
  type MessageType,
  messageTypes,
  octets,
  type Registry,
  redact,
  registry,
  secret,
  string,
  struct,
  tailed,
  u16,
  u32,
  withSecrets,
} from "../../src/index.ts";

interface Algorithm {
  name: number;
  keyLen: number;
  key: Uint8Array;
}
interface Key extends Attrs {
  name?: string | undefined;
  key?: Uint8Array | undefined;
  algorithm?: Algorithm | undefined;
  md5?: { len: number; key: string } | undefined;
}
const algorithm = tailed<Algorithm>(
  struct<Omit<Algorithm, "key">>("algo", "alg_", 4, () => ({ name: [0, u16], keyLen: [2, u16] })),
  "key",
  secret(bytes),
  "alg_key",
);
const keyAttrs = attrs<Key>("KEY_A_", () => ({
  name: [1, string],
  key: [2, secret(bytes)],
  algorithm: [3, algorithm],
  md5: [4, struct<{ len: number; key: string }>("md5", "", 8, () => ({ len: [0, u32], key: [4, secret(octets(4))] }))],
}));
const keyBody = body(
  struct<{ index: number }>("keymsg", "k_", 4, () => ({ index: [0, u32] })),
  keyAttrs,
);
const types = withSecrets(
  registry("NETLINK_KEY", 30, messageTypes(keyBody, { KEY_NEW: 20 })),
) as unknown as Registry<MessageType>;

const KEY = Uint8Array.of(0xde, 0xad, 0xbe, 0xef);
const message = {
  name: "KEY_NEW",
  flags: 1,
  header: { index: 7 },
  attrs: { name: "wg0", key: KEY, algorithm: { name: 1, keyLen: 4, key: KEY }, md5: { len: 4, key: "de:ad:be:ef" } },
};
const sent = encodeWith(types, message as never);
const refused = encodeWith(types, {
  name: "NLMSG_ERROR",
  header: { error: -22, len: sent.length, type: 20, flags: 1, seq: 0, pid: 0 },
  payload: sent.slice(16),
} as never);
const LEAK = /de:?ad:?be:?ef/i;
const text = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner instanceof Uint8Array ? Buffer.from(inner).toString("hex") : inner,
  );

test("the registry says that it has some", () => expect(types.secrets).toBe(true));

describe.each([
  ["a message", sent],
  ["a request that was refused and echoed", refused],
])("%s", (_name, datagram) => {
  test("is shown whole where it is not masked", () => {
    expect(text(decodeWith(types, datagram))).toMatch(LEAK);
    expect(text(explainWith(types, datagram))).toMatch(LEAK);
    expect(encodeWith(types, decodeWith(types, datagram)[0] as never)).toEqual(datagram);
  });
  test("explained and redacted, it holds no key", () => {
    const fields = explainWith(types, datagram, { masked: true });
    expect(text(fields)).not.toMatch(LEAK);
    expect(text(fields).match(/<secret: 4 bytes>/g)?.length).toBeGreaterThan(2);
    const safe = redact(datagram, fields);
    expect(Buffer.from(safe).toString("hex")).not.toMatch(LEAK);
    expect(safe.length).toBe(datagram.length);
    expect([...safe].filter((byte, i) => byte !== datagram[i])).toHaveLength(3 * KEY.length);
    expect(text(decodeWith(types, safe, { masked: true }))).not.toMatch(LEAK);
  });
});

test("masked values say how long they are", () => {
  const [masked] = decodeWith(types, sent, { masked: true });
  expect(masked).toMatchObject({
    attrs: {
      name: "wg0",
      key: "<secret: 4 bytes>",
      algorithm: { keyLen: 4, key: "<secret: 4 bytes>" },
      md5: { key: "<secret: 4 bytes>" },
    },
  });
});
