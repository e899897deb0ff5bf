// What one line of a message leaves out, and what it must not.
import { expect, test } from "vitest";
import { lineOf } from "../../src/capture/line.ts";
import { encodeMessage, explain, type MessageInput, TC_H } from "../../src/index.ts";

const line = (message: MessageInput): string => {
  const [field] = explain(encodeMessage(message));
  if (field === undefined) throw new Error("nothing was explained");
  return lineOf(field);
};

test("every bit of ifi_change says nothing", () => {
  expect(line({ name: "RTM_NEWLINK", header: { index: 7, change: 0xffffffff } })).toBe("RTM_NEWLINK seq 0 index 7");
});
test("the root, which has every bit too, is said", () => {
  const message: MessageInput = { name: "RTM_NEWQDISC", header: { ifindex: 7, parent: TC_H.ROOT } };
  expect(line(message)).toBe("RTM_NEWQDISC seq 0 ifindex 7 parent TC_H_ROOT");
});
