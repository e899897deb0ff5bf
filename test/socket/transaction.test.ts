// Together or not at all, on the running kernel: nf_tables is what knows transactions.
import { expect, test } from "vitest";
import { batchTypes, NFNL_SUBSYS, NFPROTO, nfgenBody, subsystemTypes } from "../../src/attrs/netfilter/nfnetlink.ts";
import { type Attrs, attrs, be32, be64, type MessageType, NLM_F, registry, string } from "../../src/index.ts";
import { Connection, KernelError, type SystemError, TransactionFailed } from "../../src/socket/index.ts";
import { live, useNetns } from "../support/live.ts";

interface TableAttrs extends Attrs {
  name?: string | undefined;
  flags?: number | undefined;
  use?: number | undefined;
  handle?: bigint | undefined;
}
const tableBody = nfgenBody(
  attrs<TableAttrs>("NFTA_TABLE_", () => ({ name: [1, string], flags: [2, be32], use: [3, be32], handle: [4, be64] })),
);
interface GenAttrs extends Attrs {
  id?: number | undefined;
}
const genBody = nfgenBody(attrs<GenAttrs>("NFTA_GEN_", () => ({ id: [1, be32] })));
const types = registry<MessageType>(
  "NETLINK_NETFILTER",
  12,
  batchTypes,
  subsystemTypes(NFNL_SUBSYS.NFTABLES, tableBody, { NFT_MSG_NEWTABLE: 0, NFT_MSG_GETTABLE: 1, NFT_MSG_DELTABLE: 2 }),
  subsystemTypes(NFNL_SUBSYS.NFTABLES, genBody, { NFT_MSG_NEWGEN: 15, NFT_MSG_GETGEN: 16 }),
) as never as ReturnType<typeof registry>;

const frame = (genid?: number) => ({
  begin: {
    name: "NFNL_MSG_BATCH_BEGIN",
    header: { resId: NFNL_SUBSYS.NFTABLES },
    attrs: genid === undefined ? {} : { genid },
  },
  end: { name: "NFNL_MSG_BATCH_END", header: { resId: NFNL_SUBSYS.NFTABLES } },
});
const table = (name: string, rest: object = {}) => ({
  name: "NFT_MSG_NEWTABLE",
  flags: NLM_F.CREATE | NLM_F.EXCL,
  header: { family: NFPROTO.INET },
  attrs: { name },
  ...rest,
});
const gone = (name: string) => ({ name: "NFT_MSG_DELTABLE", header: { family: NFPROTO.INET }, attrs: { name } });

live("transactions", () => {
  const [netns] = useNetns(1) as [string];
  const open = (): Connection<MessageType> => Connection.open(types, { netns });
  const tables = async (connection: Connection<MessageType>): Promise<string[]> => {
    const { messages } = await connection.dump({ name: "NFT_MSG_GETTABLE" } as never);
    return messages.map((m) => (m as unknown as { attrs: TableAttrs }).attrs.name ?? "").sort();
  };
  const run = (connection: Connection<MessageType>, messages: object[], genid?: number): Promise<unknown> =>
    connection.transaction({ ...frame(genid), messages } as never).catch((error: unknown) => error);

  test("all of it, with what was asked to be echoed", async () => {
    await using connection = open();
    const answer = await connection.transaction({
      ...frame(),
      messages: [table("a"), table("b", { flags: NLM_F.CREATE | NLM_F.EXCL | NLM_F.ECHO })],
    } as never);
    expect(answer.messages).toMatchObject([{ name: "NFT_MSG_NEWTABLE", attrs: { name: "b" } }]);
    expect(await tables(connection)).toEqual(["a", "b"]);
    expect(connection.counters).toMatchObject({ strays: 0, overruns: 0 });
  });

  test("none of it, and every message that was refused", async () => {
    await using connection = open();
    const error = await run(connection, [table("c"), table("a"), gone("nope"), table("d")]);
    expect(error).toBeInstanceOf(TransactionFailed);
    const { errors, code } = error as TransactionFailed;
    expect(errors.map(({ index, error: { code: what, path } }) => [index, what, path])).toEqual([
      [1, "EEXIST", "name"],
      [2, "ENOENT", "name"],
    ]);
    expect(code).toBe("EEXIST");
    expect(await tables(connection)).toEqual(["a", "b"]);
    // The same when it is the last that fails.
    expect(await run(connection, [table("e"), gone("nope")])).toMatchObject({ errors: [{ index: 1 }] });
    expect(await tables(connection)).toEqual(["a", "b"]);
  });

  test("a generation that has passed: ERESTART, about the whole", async () => {
    await using connection = open();
    const generation = async (): Promise<number> => {
      const { messages } = await connection.request({ name: "NFT_MSG_GETGEN" } as never);
      return (messages[0] as unknown as { attrs: GenAttrs }).attrs.id ?? 0;
    };
    const now = await generation();
    expect(await run(connection, [table("g")], now)).toEqual({ messages: [] });
    const error = await run(connection, [table("h")], now);
    expect(error).toBeInstanceOf(KernelError);
    expect(error).toMatchObject({ code: "ERESTART", messageName: "NFNL_MSG_BATCH_BEGIN" });
    expect(await tables(connection)).toEqual(["a", "b", "g"]);
    expect(await run(connection, [gone("g")], await generation())).toEqual({ messages: [] });
  });

  test("longer than the send buffer, twice; and an empty one", async () => {
    await using connection = open();
    for (const round of ["x", "y"]) {
      const many = Array.from({ length: 9000 }, (_, i) => table(`${round}${i}`));
      expect(await run(connection, many)).toEqual({ messages: [] });
      expect(await tables(connection)).toHaveLength(9002);
      expect(
        await run(
          connection,
          Array.from({ length: 9000 }, (_, i) => gone(`${round}${i}`)),
        ),
      ).toEqual({ messages: [] });
    }
    expect(await run(connection, [])).toEqual({ messages: [] });
    expect(await tables(connection)).toEqual(["a", "b"]);
  });

  test("thousands of refusals: one failure, no success, no hang", async () => {
    await using connection = open();
    const error = await run(connection, [table("z"), ...Array.from({ length: 3000 }, () => gone("nope"))]);
    expect(["TransactionFailed", "OutcomeUnknown"]).toContain((error as Error).name);
    expect((error as SystemError).code).toBe("ENOENT");
    expect(await tables(connection)).toEqual(["a", "b"]);
  });
});
