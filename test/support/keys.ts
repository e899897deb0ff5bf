// Messages that hold a key that cannot be mistaken, the ways in which they are damaged, and the search for what is left of it.
import fc, { type Arbitrary } from "fast-check";
import { encodeWith, genericTypes, type MessageType, NLM_F, type Registry, registryOf } from "../../src/index.ts";

/** 32 bytes; no two pieces of four are the same. No text, and no length that a datagram has. */
export const KEY: Uint8Array = Uint8Array.from({ length: 32 }, (_, i) => 0x80 | ((i * 73 + 29) & 0x7f));

/** Numbers of the families of generic netlink. */
const FAMILIES = new Map([
  [28, "wireguard"],
  [29, "macsec"],
]);
const typed = (types: unknown): Registry => types as Registry;
const generic = typed(genericTypes(FAMILIES));
const xfrm = typed(registryOf("NETLINK_XFRM"));
const sockDiag = typed(registryOf("NETLINK_SOCK_DIAG"));

/** A datagram with keys. */
export interface Keyed {
  readonly name: string;
  readonly types: Registry<MessageType>;
  readonly bytes: Uint8Array;
}

const ones = (length: number): Uint8Array => new Uint8Array(length).fill(1);
const message = (types: Registry, name: string, type: number, flags: number, body: object): Uint8Array =>
  encodeWith(types, { name, type, flags, seq: 7, pid: 4711, ...body } as never);
const algorithm = { keyLen: 256, key: KEY };
const hex = Buffer.from(KEY)
  .toString("hex")
  .replace(/..(?=.)/g, "$&:");

/** One of each family. */
export const KEYED: readonly Keyed[] = [
  {
    name: "xfrm: algAead beside what has no length of its own",
    types: xfrm,
    bytes: message(xfrm, "XFRM_MSG_NEWSA", 16, NLM_F.REQUEST | NLM_F.ACK, {
      header: { idSpi: 1, family: 2 },
      attrs: {
        encap: { type: 2, sport: 4500, dport: 4500, oa: "::" },
        secCtx: { len: 12, exttype: 8, ctxAlg: 1, ctxDoi: 1, ctxLen: 4, label: ones(4) },
        coaddr: "192.0.2.1",
        algAead: { name: "rfc4106(gcm(aes))", icvLen: 128, ...algorithm },
        ifId: 3,
      },
    }),
  },
  {
    name: "xfrm: algAuth, algCrypt and algAuthTrunc behind a bitmap",
    types: xfrm,
    bytes: message(xfrm, "XFRM_MSG_NEWSA", 16, NLM_F.REQUEST | NLM_F.ACK, {
      header: { idSpi: 1, family: 2 },
      attrs: {
        replayEsnVal: { bmpLen: 1, replayWindow: 32, bmp: [1] },
        algAuth: { name: "hmac(sha256)", ...algorithm },
        algCrypt: { name: "cbc(aes)", ...algorithm },
        algAuthTrunc: { name: "hmac(sha256)", truncLen: 128, ...algorithm },
        mark: { v: 1, m: 255 },
        // Behind the bitmap, as a program may have it.
        unknown: [
          { word: 2, bytes: Uint8Array.from([...Buffer.from("cbc(aes)".padEnd(64, "\0")), 0, 1, 0, 0, ...KEY]) },
        ],
      },
    }),
  },
  {
    name: "wireguard",
    types: generic,
    bytes: message(generic, "wireguard", 28, NLM_F.REQUEST | NLM_F.ACK, {
      header: { cmd: 1, version: 1 },
      attrs: {
        ifindex: 7,
        ifname: "wg0",
        privateKey: KEY,
        publicKey: ones(32),
        listenPort: 51820,
        peers: [
          {
            publicKey: ones(32),
            presharedKey: KEY,
            endpoint: ones(16),
            lastHandshakeTime: ones(16),
            allowedips: [{ family: 2, ipaddr: "192.0.2.0", cidrMask: 24 }],
          },
          { publicKey: ones(32), presharedKey: KEY },
        ],
      },
    }),
  },
  {
    name: "macsec",
    types: generic,
    bytes: message(generic, "macsec", 29, NLM_F.REQUEST | NLM_F.ACK, {
      header: { cmd: 4, version: 1 },
      attrs: { ifindex: 7, saConfig: { an: 1, active: 1, pn: 1, keyid: ones(16), key: KEY } },
    }),
  },
  {
    name: "TCP MD5",
    types: sockDiag,
    bytes: message(sockDiag, "SOCK_DIAG_BY_FAMILY", 20, NLM_F.MULTI, {
      inet: {
        header: { family: 2 },
        attrs: {
          cong: "cubic",
          md5sig: [1, 2].map((n) => ({
            family: 2,
            prefixlen: 32,
            keylen: 32,
            addr: `192.0.2.${n}`,
            key: `${hex}${":00".repeat(48)}`,
          })),
          mark: 1,
        },
      },
    }),
  },
];

/** Where attributes begin in the body of a message of these, and everything inside that could be one: each multiple of four. */
const places = (bytes: Uint8Array): Arbitrary<number> =>
  fc.integer({ min: 4, max: (bytes.length >> 2) - 1 }).map((n) => n * 4);

const set = (bytes: Uint8Array, at: number, width: 2 | 4, value: number): Uint8Array => {
  const out = bytes.slice();
  const view = new DataView(out.buffer);
  if (width === 2) view.setUint16(at, value & 0xffff, true);
  else view.setUint32(at, value, true);
  return out;
};

/** Where the attributes' headers really stand: found by their lengths, one behind the other, at every depth. */
const headers = (bytes: Uint8Array): readonly number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out: number[] = [];
  for (let at = 16; at + 4 <= bytes.length; at += 4) {
    const length = view.getUint16(at, true);
    const type = view.getUint16(at + 2, true) & 0x3fff;
    if (length >= 4 && length <= bytes.length - at && type < 64) out.push(at);
  }
  return out;
};

const aLength = (length: number): Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 4, max: length + 8 }),
    fc.integer({ min: 1, max: length >> 2 }).map((n) => n * 4),
    fc.constantFrom(length, length + 4, 0xffff),
  );

const once = (bytes: Uint8Array): Arbitrary<Uint8Array> => {
  const found = headers(bytes);
  const attribute = found.length === 0 ? places(bytes) : fc.constantFrom(...found);
  return fc.oneof(
    fc.integer({ min: 1, max: bytes.length }).map((n) => bytes.slice(0, n)),
    fc.tuple(attribute, aLength(bytes.length)).map(([at, n]) => set(bytes, at, 2, n)),
    fc
      .tuple(attribute, fc.integer({ min: -40, max: 40 }))
      .map(([at, n]) => set(bytes, at, 2, Math.max(0, new DataView(bytes.buffer).getUint16(at, true) + n))),
    aLength(bytes.length).map((n) => set(bytes, 0, 4, n)),
  );
};

/** Damaged once or twice; `bytes` is long enough to be a message. */
const damaged = (bytes: Uint8Array): Arbitrary<Uint8Array> =>
  fc.oneof(
    once(bytes),
    once(bytes).chain((one) => (one.length > 32 ? once(one) : fc.constant(one))),
  );

const refusal = (bytes: Uint8Array, flags: number, length: number): Uint8Array => {
  const out = new Uint8Array(36 + bytes.length - 16);
  const view = new DataView(out.buffer);
  view.setUint32(0, out.length, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, flags, true);
  view.setInt32(16, -22, true);
  out.set(bytes.subarray(0, 16), 20);
  out.set(bytes.subarray(16), 36);
  view.setUint32(20, length, true);
  return out;
};

/** The message in a refusal: whole, or as flags and a length say that lie. */
const echoed = (bytes: Uint8Array): Arbitrary<Uint8Array> =>
  bytes.length < 16
    ? fc.constant(bytes)
    : fc
        .tuple(fc.constantFrom(0, NLM_F.CAPPED, NLM_F.ACK_TLVS, NLM_F.CAPPED | NLM_F.ACK_TLVS), aLength(bytes.length))
        .chain(([flags, lie]) => fc.constantFrom(bytes.length, lie).map((n) => refusal(bytes, flags, n)));

/** A datagram that is whole, damaged, echoed, echoed and damaged; alone or behind itself. */
export const hostile = (bytes: Uint8Array): Arbitrary<Uint8Array> => {
  const one = fc.oneof(
    fc.constant(bytes),
    damaged(bytes),
    echoed(bytes),
    damaged(bytes).chain(echoed),
    echoed(bytes).chain(damaged),
  );
  return fc.oneof(
    { weight: 3, arbitrary: one },
    { weight: 1, arbitrary: fc.tuple(one, one).map(([a, b]) => Uint8Array.from([...a, ...b])) },
  );
};

/** Bytes of the key that are left in bytes. */
export const leakOf = (bytes: Uint8Array): string | undefined => {
  const all = Buffer.from(bytes).toString("latin1");
  for (let i = 0; i + 4 <= KEY.length; i++) {
    const piece = Buffer.from(KEY.subarray(i, i + 4)).toString("latin1");
    if (all.includes(piece)) return Buffer.from(piece, "latin1").toString("hex");
  }
  return undefined;
};

/** Every way in which four bytes of the key may be written. */
const PIECES: readonly string[] = Array.from({ length: KEY.length - 3 }, (_, i) => i).flatMap((i) => {
  const piece = Buffer.from(KEY.subarray(i, i + 4));
  const digits = piece.toString("hex").match(/../g) ?? [];
  const numbers = [piece.readUInt32LE(), piece.readUInt32BE(), piece.readInt32LE(), piece.readInt32BE()];
  return [
    ...["", ":", " ", "-"].map((between) => digits.join(between)),
    digits.map((two) => `0x${two},`).join(" "),
    [...piece].join(","),
    [...piece].join("."),
    ...numbers.map(String),
  ];
});
const WIDER: readonly string[] = Array.from({ length: KEY.length - 7 }, (_, i) => i).flatMap((i) => {
  const piece = Buffer.from(KEY.subarray(i, i + 8));
  return [piece.readBigUInt64LE(), piece.readBigUInt64BE(), piece.readBigInt64LE(), piece.readBigInt64BE()].map(String);
});

/** The same in a text: in hexadecimal, as octets, as an address, as an integer of four or eight bytes. */
export const leakIn = (text: string): string | undefined => {
  const lower = text.toLowerCase();
  return [...PIECES, ...WIDER].find((piece) => lower.includes(piece));
};
