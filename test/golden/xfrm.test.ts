// `ip xfrm` and the kernel, as recorded; and that keys are marked.
import { describe, expect, test } from "vitest";
import {
  AF,
  type AnyInput,
  decodeMessages,
  explain,
  NLM_F,
  XFRM_MODE,
  XFRM_POLICY,
  type XfrmMessageType,
  xfrm,
} from "../../src/index.ts";
import { hex, items } from "../support/fixtures.ts";
import { golden } from "./conntrack-suite.ts";

type Input = AnyInput<XfrmMessageType>;
const DO = NLM_F.REQUEST | NLM_F.ACK;
const NO_LIMIT = 2n ** 64n - 1n;
const UNLIMITED = {
  lftSoftByteLimit: NO_LIMIT,
  lftHardByteLimit: NO_LIMIT,
  lftSoftPacketLimit: NO_LIMIT,
  lftHardPacketLimit: NO_LIMIT,
};
const ESP = 50;
const ANY_ALGORITHM = 0xffffffff;
const KEY = "0102030405060708090a0b0c0d0e0f1011121314";

const cases: { file: string; requests: Input[] }[] = [
  {
    file: "xfrm-state-add",
    requests: [
      {
        name: "XFRM_MSG_NEWSA",
        flags: DO,
        header: {
          idDaddr: "10.0.0.2",
          idSpi: 0x100,
          idProto: ESP,
          saddr: "10.0.0.1",
          family: AF.INET,
          mode: XFRM_MODE.TUNNEL,
          ...UNLIMITED,
        },
        attrs: {
          algAead: {
            name: "rfc4106(gcm(aes))",
            keyLen: 160,
            icvLen: 128,
            key: Uint8Array.from(Buffer.from(KEY, "hex")),
          },
        },
      },
    ],
  },
  {
    file: "xfrm-state-list",
    requests: [
      {
        name: "XFRM_MSG_GETSA",
        flags: NLM_F.REQUEST | NLM_F.DUMP,
        dump: { attrs: { addressFilter: { family: AF.UNSPEC, saddr: "::", daddr: "::", splen: 0, dplen: 0 } } },
      },
    ],
  },
  {
    file: "xfrm-policy-add",
    requests: [
      {
        name: "XFRM_MSG_NEWPOLICY",
        flags: DO,
        header: {
          selFamily: AF.INET,
          selDaddr: "10.9.0.0",
          selSaddr: "10.0.0.0",
          selPrefixlenD: 24,
          selPrefixlenS: 24,
          dir: XFRM_POLICY.OUT,
          ...UNLIMITED,
        },
        attrs: {
          tmpl: [
            {
              family: AF.INET,
              idDaddr: "10.0.0.2",
              idSpi: 0,
              idProto: ESP,
              saddr: "10.0.0.1",
              reqid: 0,
              mode: XFRM_MODE.TUNNEL,
              share: 0,
              optional: 0,
              aalgos: ANY_ALGORITHM,
              ealgos: ANY_ALGORITHM,
              calgos: ANY_ALGORITHM,
            },
          ],
        },
      },
    ],
  },
];

golden("xfrm", xfrm, cases, {});

describe("keys", () => {
  const sent = items("NETLINK_XFRM").find(({ file }) => file === "xfrm/xfrm-state-add.txt")?.datagrams[0]?.bytes;
  const bytes = sent ?? new Uint8Array();
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, v) => (typeof v === "bigint" ? `${v}` : v instanceof Uint8Array ? hex(v) : v));

  test("are there when nobody masks them, and marked", () => {
    expect(xfrm.secrets).toBe(true);
    expect(text(decodeMessages(bytes, { types: xfrm }))).toContain(KEY);
    expect(text(explain(bytes, { types: xfrm }))).toContain('"secret":{"at":316,"end":336}');
  });
  test("are masked on request, the length alone is shown", () => {
    for (const shown of [
      decodeMessages(bytes, { types: xfrm, masked: true }),
      explain(bytes, { types: xfrm, masked: true }),
    ]) {
      expect(text(shown)).not.toContain(KEY);
      expect(text(shown)).toContain("<secret: 20 bytes>");
    }
  });
});
