// Thousands of requests under one AbortSignal: one listener, no warning, and nothing left behind. And what a broken socket means for what was sent.
import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { type MessageInput, route } from "../../src/index.ts";
import { Connection, OutcomeUnknown, SystemError } from "../../src/socket/index.ts";
import { FakeKernel } from "../../src/testing/index.ts";

const SET: MessageInput = { name: "RTM_NEWLINK", header: { index: 2 } };
const GET: MessageInput = { name: "RTM_GETLINK", header: { index: 2 } };
const EIO = 5;
const RTNLGRP_LINK = 1;

const warningsDuring = async (run: () => Promise<void>): Promise<Error[]> => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on("warning", note);
  try {
    await run();
    // Warnings are emitted in a tick of their own.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off("warning", note);
  }
  return warnings;
};

test("3,000 requests, 30 connections and 30 subscriptions under one signal: no warning, and no listener afterwards", async () => {
  const { signal } = new AbortController();
  const kernel = new FakeKernel(route).on("RTM_GETLINK", (_, reply) => reply.object(SET));
  kernel.fault({ kind: "delay", ms: 1, times: Number.POSITIVE_INFINITY });
  const connections = Array.from({ length: 30 }, () => new Connection(kernel.transport(), route));
  const warnings = await warningsDuring(async () => {
    const subscriptions = connections.map((connection) => connection.subscribe({ groups: [RTNLGRP_LINK], signal }));
    const requests = connections.flatMap((connection) =>
      Array.from({ length: 100 }, () => connection.request(GET, { signal, timeout: 60_000 })),
    );
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await Promise.all(requests);
    for (const subscription of subscriptions) subscription.close();
  });
  expect(warnings).toEqual([]);
  expect(getEventListeners(signal, "abort")).toEqual([]);
  for (const connection of connections) connection.close();
});

test("aborting ends all of them, with the reason, and a later request under another signal is not touched", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const kernel = new FakeKernel(route).on("RTM_GETLINK", (_, reply) => reply.silence());
  const connection = new Connection(kernel.transport(), route);
  const requests = Array.from({ length: 200 }, () => connection.request(GET, { signal }));
  const reason = new Error("enough");
  controller.abort(reason);
  for (const result of await Promise.allSettled(requests)) expect(result).toEqual({ status: "rejected", reason });
  expect(getEventListeners(signal, "abort")).toEqual([]);
  await expect(connection.request(GET, { signal })).rejects.toBe(reason);
  kernel.on("RTM_GETLINK", (_, reply) => reply.object(SET));
  const answer = await connection.request(GET, { signal: new AbortController().signal });
  expect(answer.messages).toHaveLength(1);
});

test.each(["receive", "poll", "wait", "block"] as const)(
  "%s fails: a change that was sent has an unknown outcome, a question the error itself",
  async (kind) => {
    const ask = async (message: MessageInput): Promise<unknown> => {
      const kernel = new FakeKernel(route).otherwise((_, reply) => reply.ack());
      // What is late has to be waited for, which is what fails.
      if (kind !== "receive") kernel.fault({ kind: "delay", ms: 5 });
      const connection = new Connection(kernel.fault({ kind, errno: EIO }).transport(), route);
      try {
        if (kind !== "block") return await connection.request(message);
        return connection.requestSync(message);
      } catch (error) {
        return error;
      } finally {
        connection.close();
      }
    };
    const error = await ask(SET);
    expect(error).toBeInstanceOf(OutcomeUnknown);
    expect(error).toMatchObject({ reason: "error", cause: { name: "SystemError", errno: EIO } });
    const asked = await ask(GET);
    expect(asked).toBeInstanceOf(SystemError);
    expect(asked).toMatchObject({ errno: EIO });
  },
);
