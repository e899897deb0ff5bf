// Sockets ended from outside. What is listed: test/second-opinion/sockets-ss.test.ts.
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { Sockets } from "../../src/client/sockets.ts";
import { live } from "../support/live.ts";

live("sockets", () => {
  test("destroy: both sides see it reset", async () => {
    const server = createServer();
    const theirs = new Promise((resolve) => {
      server.on("connection", (peer) => peer.on("error", (error: NodeJS.ErrnoException) => resolve(error.code)));
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1").once("listening", () => resolve(undefined)));
    const { port } = server.address() as { port: number };
    const client = connect(port, "127.0.0.1");
    const reset = new Promise((resolve) => client.once("error", (error: NodeJS.ErrnoException) => resolve(error.code)));
    await new Promise((resolve) => client.once("connect", resolve));
    await using sockets = await Sockets.open();
    const [mine, ...more] = await sockets.list({ protocols: ["tcp"], port: client.localPort, filter: { dport: port } });
    expect(more).toEqual([]);
    if (mine === undefined) throw new Error("not listed");
    await sockets.destroy(mine);
    expect(await reset).toBe("ECONNABORTED");
    expect(await theirs).toBe("ECONNRESET");
    await expect(sockets.destroy(mine)).rejects.toMatchObject({ code: "ENOENT" });
    server.close();
  });
});
