// The public names, entry by entry: an addition or a removal shows in the diff of the snapshot.
import { expect, test } from "vitest";

const ENTRIES = {
  nlkit: () => import("../src/index.ts"),
  "nlkit/socket": () => import("../src/socket/index.ts"),
  "nlkit/client": () => import("../src/client/index.ts"),
  "nlkit/network": () => import("../src/network/index.ts"),
  "nlkit/capture": () => import("../src/capture/index.ts"),
  "nlkit/testing": () => import("../src/testing/index.ts"),
  "nlkit/testing/arbitrary": () => import("../src/testing/arbitrary.ts"),
};

test.each(Object.entries(ENTRIES))("%s", async (_entry, load) => {
  expect(
    Object.keys(await load())
      .sort()
      .join(" "),
  ).toMatchSnapshot();
});
