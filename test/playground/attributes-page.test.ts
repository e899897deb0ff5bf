// Attributes come and go on the page: by buttons and by keyboard alone, in a message and in the request that a refusal echoes.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { piecesOfFragment } from "../../playground/share.ts";
import { decodeMessages, encodeMessage, NLM_F } from "../../src/index.ts";
import { hex } from "../support/fixtures.ts";
import { browsing, bytesShown, field, paste, rowText, useBrowser } from "./chromium.ts";

const flags = NLM_F.REQUEST | NLM_F.ACK;
const attrs = { ifname: "br0", linkinfo: { kind: "bridge", data: { bridge: { ageingTime: 30000 } } } } as const;
const link = encodeMessage({ name: "RTM_NEWLINK", flags, attrs });

browsing("attributes on the page", () => {
  const { open, complaints } = useBrowser();
  const openWith = async (text: string): Promise<Page> => {
    const page = await open();
    await paste(page, text);
    return page;
  };
  const shown = async (page: Page): Promise<unknown> => decodeMessages(Buffer.from(await bytesShown(page), "hex"))[0];
  const focused = (page: Page): Promise<string | null> => page.locator(":focus").getAttribute("aria-label");

  test("by buttons: a name from the table, a value of zeros, then its value; the link has it", async () => {
    const page = await openWith(hex(link));
    await field(page, "IFLA_IFNAME").locator("> .row .name").click();
    await page.getByRole("button", { name: "Add attribute" }).click();
    const names = await page
      .locator("#addable option")
      .evaluateAll((all) => all.map((one) => one.getAttribute("value")));
    expect(names).toContain("IFLA_MTU");
    expect(names).not.toContain("IFLA_BR_MAX_AGE");
    await page.keyboard.type("IFLA_MTU");
    await page.keyboard.press("Enter");
    expect(await rowText(page, "IFLA_MTU")).toBe("0");
    expect(await focused(page)).toBe("IFLA_MTU 0");
    await page.keyboard.press("Enter");
    await page.keyboard.type("1400");
    await page.keyboard.press("Enter");
    expect(await shown(page)).toMatchObject({ attrs: { ...attrs, mtu: 1400 } });
    await page.getByRole("button", { name: "Share link" }).click();
    const [piece] = piecesOfFragment(new URL(page.url()).hash) ?? [];
    expect(decodeMessages(piece?.bytes ?? new Uint8Array())[0]).toMatchObject({ attrs: { ...attrs, mtu: 1400 } });
    await page.getByRole("button", { name: "Remove" }).click();
    expect(hex(Buffer.from(await bytesShown(page), "hex"))).toBe(hex(link));
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await rowText(page, "IFLA_MTU")).toBe("1400");
  });

  test("by keyboard alone: Insert in a nest, a name in small letters, Delete, Esc", async () => {
    const page = await openWith(hex(link));
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.locator("#text").focus();
    await press("Tab", "Tab", "Tab", "End");
    expect(await focused(page)).toBe("IFLA_BR_AGEING_TIME 30000");
    await press("Insert");
    expect(await focused(page)).toBe("name of the new attribute");
    await page.keyboard.type("nonsense");
    await press("Enter");
    expect(await page.locator("[role=alert]").textContent()).toBe('"nonsense" is no attribute that its table has here');
    await press("Escape");
    expect(await focused(page)).toBe("IFLA_BR_AGEING_TIME 30000");
    expect(await bytesShown(page)).toBe(hex(link));
    await press("+");
    await page.keyboard.type("max_age");
    await press("Enter");
    expect(await focused(page)).toBe("IFLA_BR_MAX_AGE 0");
    expect(await shown(page)).toMatchObject({
      attrs: { linkinfo: { data: { bridge: { ageingTime: 30000, maxAge: 0 } } } },
    });
    await press("Delete");
    expect(await bytesShown(page)).toBe(hex(link));
    await press("Control+z");
    expect(await rowText(page, "IFLA_BR_MAX_AGE")).toBe("0");
    // What is no attribute stays.
    const before = await bytesShown(page);
    await press("Home", "Delete");
    expect(await bytesShown(page)).toBe(before);
    expect(await page.getByRole("button", { name: "Remove" }).isDisabled()).toBe(true);
  });

  test("the request in a refusal: edited, grown and cut; what the kernel said stays behind it", async () => {
    const header = { error: -22, len: link.length, type: 16, flags, seq: 0, pid: 0 };
    const said = { payload: link.slice(16), attrs: { msg: "bad" } };
    const refusal = encodeMessage({ name: "NLMSG_ERROR", flags: NLM_F.ACK_TLVS, header, ...said });
    const page = await openWith(hex(refusal));
    await field(page, "IFLA_IFNAME").locator("> .row .name").click();
    await page.keyboard.press("Enter");
    await page.keyboard.type("a-longer-name");
    await page.keyboard.press("Enter");
    expect(await rowText(page, "IFLA_IFNAME")).toBe('"a-longer-name"');
    expect(await shown(page)).toMatchObject({ header: { len: link.length + 12 }, attrs: { msg: "bad" } });
    await page.keyboard.press("Insert");
    await page.keyboard.type("mtu");
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("IFLA_MTU 0");
    expect(await shown(page)).toMatchObject({ header: { len: link.length + 20 }, attrs: { msg: "bad" } });
    await page.keyboard.press("Delete");
    expect(await shown(page)).toMatchObject({ header: { len: link.length + 12 }, attrs: { msg: "bad" } });
    await page.getByRole("button", { name: "Share link" }).click();
    const [piece] = piecesOfFragment(new URL(page.url()).hash) ?? [];
    expect(hex(piece?.bytes ?? new Uint8Array())).toBe(await bytesShown(page));
  });

  test("behind all this, nothing was complained about", () => expect(complaints).toEqual([]));
});
