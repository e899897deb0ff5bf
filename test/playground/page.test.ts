// What a person does with the page: paste, drop, point, edit, share; and what hostile bytes may not do.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { pcapHeader, pcapRecord } from "../../src/capture/pcap-write.ts";
import { encodeMessage, encodeMessages, NLM_F } from "../../src/index.ts";
import { hex, items } from "../support/fixtures.ts";
import { browsing, bytesShown, field, paste, rowText, useBrowser } from "./chromium.ts";

const flags = NLM_F.REQUEST | NLM_F.ACK;
const link = encodeMessage({
  name: "RTM_NEWLINK",
  flags,
  attrs: { ifname: "br0", mtu: 1500, linkinfo: { kind: "bridge", data: { bridge: { ageingTime: 30000 } } } },
});

/** Drops a file, as the browser tells a page of it. */
const drop = (page: Page, name: string, bytes: Uint8Array): Promise<unknown> =>
  page.evaluate(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(${JSON.stringify([...bytes])})], ${JSON.stringify(name)}));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  })()`);

browsing("the page", () => {
  const { open, complaints } = useBrowser();
  const openWith = async (text: string): Promise<Page> => {
    const page = await open();
    await paste(page, text);
    return page;
  };

  test("hex that is pasted: its tree and its bytes", async () => {
    const page = await openWith(hex(link));
    expect(await bytesShown(page)).toBe(hex(link));
    expect(await rowText(page, "IFLA_IFNAME")).toBe('"br0"');
    expect(await rowText(page, "IFLA_BR_AGEING_TIME")).toBe("30000");
    expect(await page.locator("#status").textContent()).toBe("1 message (hex)");
  });

  test("pasting anywhere on the page", async () => {
    const page = await open();
    await page.evaluate(`(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", ${JSON.stringify(hex(link))});
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    })()`);
    await expect.poll(() => bytesShown(page)).toBe(hex(link));
    expect(await page.locator("#text").inputValue()).toBe(hex(link));
  });

  test("a pcap that is dropped: a list of its messages, refusals among them", async () => {
    const [item] = items().filter(({ file }) => file.endsWith("netns-set-id.txt"));
    const packets = (item?.datagrams ?? []).map((datagram) => pcapRecord(datagram));
    const page = await open();
    await drop(page, "route.pcap", Buffer.concat([pcapHeader(), ...packets]));
    await expect.poll(() => page.locator("#status").textContent()).toBe("2 messages (route.pcap, pcap)");
    const texts = await page.locator("#messages [role=option] .what").allTextContents();
    expect(texts[0]).toMatch(/^RTM_NEWNSID \[REQUEST ACK\]/);
    expect(texts[1]).toMatch(/^NLMSG_ERROR .*EEXIST/);
    // The request is shown, with what the kernel pointed at.
    expect(await field(page, "NETNSA_FD").locator("> .row .issue").textContent()).toBe(
      'refused: EEXIST "Peer netns already has a nsid assigned"',
    );
    await page.locator("#messages [role=option]").nth(1).click();
    expect(await rowText(page, "error")).toBe("-17 EEXIST");
    await page.getByRole("button", { name: "show the request" }).click();
    expect(await rowText(page, "NETNSA_NSID")).toBe("33");
  });

  test("what cannot be read says so", async () => {
    const page = await open();
    await drop(
      page,
      "noise.bin",
      Uint8Array.from({ length: 300 }, (_, i) => (i * 97) % 251),
    );
    await expect.poll(() => page.locator("#status").textContent()).toContain("none of the formats that are read");
    expect(await page.getByRole("treeitem").count()).toBe(0);
  });

  test("a field lights its bytes, a byte its field", async () => {
    const page = await openWith(hex(link));
    await field(page, "IFLA_MTU").hover();
    expect(await bytesShown(page, ".hovered")).toBe("08000400dc050000");
    // A nest lights what is in it.
    await field(page, "IFLA_INFO_DATA").locator("> .row").hover();
    expect(await bytesShown(page, ".hovered")).toBe("0c0002800800040030750000");
    await page.locator('[role=gridcell][data-at="32"]').hover();
    expect(await page.locator("#tree .hovered").getAttribute("aria-label")).toBe('IFLA_IFNAME "br0"');
    expect(await page.locator("#detail").textContent()).toContain("Name, up to 15 bytes.");
    await page.locator("h1").hover();
    expect(await page.locator(".hovered").count()).toBe(0);
  });

  test("a value is edited: bytes follow each key, and the rest stays", async () => {
    const page = await openWith(hex(link));
    await field(page, "IFLA_MTU").locator(".value").click();
    await field(page, "IFLA_MTU").locator(".value").click();
    await page.keyboard.type("9000");
    expect(await bytesShown(page)).toBe(hex(link).replace("dc050000", "28230000"));
    expect(await bytesShown(page, ".changed")).toBe("2823");
    await page.keyboard.press("Enter");
    expect(await rowText(page, "IFLA_MTU")).toBe("9000");
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await bytesShown(page)).toBe(hex(link));
    expect(await rowText(page, "IFLA_MTU")).toBe("1500");
  });

  test("going elsewhere takes a value that can be said, and leaves one that cannot", async () => {
    const page = await openWith(hex(link));
    const type = async (text: string): Promise<void> => {
      await field(page, "IFLA_MTU").click();
      await page.keyboard.press("Enter");
      await page.keyboard.type(text);
      await field(page, "IFLA_IFNAME").locator("> .row .name").click();
      await expect.poll(() => page.locator(".editor").count()).toBe(0);
    };
    await type("9000");
    expect(await rowText(page, "IFLA_MTU")).toBe("9000");
    await type("nonsense");
    expect(await rowText(page, "IFLA_MTU")).toBe("9000");
    expect(await bytesShown(page)).toBe(hex(link).replace("dc050000", "28230000"));
    expect(await page.locator('#tree [tabindex="0"]').count()).toBe(1);
  });

  test("a name of any length: lengths around it follow", async () => {
    const page = await openWith(hex(link));
    await field(page, "IFLA_IFNAME").locator("> .row").click();
    await page.keyboard.press("F2");
    await page.keyboard.type("a-longer-name");
    await page.keyboard.press("Enter");
    const attrs = { ifname: "a-longer-name", mtu: 1500 };
    const linkinfo = { kind: "bridge", data: { bridge: { ageingTime: 30000 } } };
    const due = encodeMessage({ name: "RTM_NEWLINK", flags, attrs: { ...attrs, linkinfo } });
    expect(await bytesShown(page)).toBe(hex(due));
    expect(await rowText(page, "nlmsg_len")).toBe(String(due.length));
  });

  test("a flag word by its bits, an enum by its names", async () => {
    const page = await openWith(hex(link));
    await field(page, "ifi_flags").click();
    await page.getByRole("button", { name: "Edit value" }).click();
    await page.getByRole("button", { name: "IFF_UP" }).click();
    await page.getByRole("button", { name: "IFF_RUNNING" }).click();
    await page.getByLabel("value of ifi_flags").press("Enter");
    expect(await rowText(page, "ifi_flags")).toBe("65 IFF_UP|IFF_RUNNING");
    await field(page, "ifi_family").click();
    await page.keyboard.press("Enter");
    await page.keyboard.type("AF_BRIDGE");
    await page.keyboard.press("Enter");
    expect(await rowText(page, "ifi_family")).toBe("7 AF_BRIDGE");
  });

  test("what cannot be said is said at the field", async () => {
    const page = await openWith(hex(link));
    await field(page, "IFLA_MTU").click();
    await page.keyboard.press("Enter");
    await page.keyboard.type("4294967296");
    await page.keyboard.press("Enter");
    expect(await field(page, "IFLA_MTU").getByRole("alert").textContent()).toMatch(/4294967296/);
    expect(await page.getByLabel("value of IFLA_MTU").getAttribute("aria-invalid")).toBe("true");
    await page.keyboard.press("Escape");
    expect(await page.getByRole("alert").count()).toBe(0);
    // The kind is edited, the fault is in the data: it is said there.
    await field(page, "IFLA_INFO_KIND").click();
    await page.keyboard.press("Enter");
    await page.keyboard.type("veth");
    const alert = page.getByRole("alert");
    expect(await alert.textContent()).toMatch(/^linkinfo\.data: /);
    const blamed = page.locator("[role=treeitem]", { has: page.locator("> [role=alert]") });
    expect(await blamed.getAttribute("aria-label")).toBe("IFLA_INFO_DATA NLA_F_NESTED");
    await page.keyboard.press("Escape");
    expect(await bytesShown(page)).toBe(hex(link));
  });

  test("a link holds the messages, as they were edited", async () => {
    const page = await openWith(hex(link));
    await field(page, "IFLA_MTU").click();
    await page.keyboard.press("Enter");
    await page.keyboard.type("9000");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Share link" }).click();
    const hash = new URL(page.url()).hash;
    expect(hash).toMatch(/^#NETLINK_ROUTE&msg=[\w-]+$/);
    const other = await open({ hash });
    expect(await bytesShown(other)).toBe(hex(link).replace("dc050000", "28230000"));
    expect(await other.locator("#status").textContent()).toBe("1 message (from the link)");
  });

  test("a malformed packet: what is wrong is marked, the rest is read", async () => {
    // IFLA_MTU says that it has two bytes; IFLA_INFO_DATA, that it is longer than the message.
    const bad = hex(link).replace("08000400dc050000", "06000400dc050000").replace("0c000280", "ff000280");
    const page = await openWith(bad);
    expect(await bytesShown(page)).toBe(bad);
    expect(await rowText(page, "IFLA_IFNAME")).toBe('"br0"');
    const problems = await page.locator("#problems li").allTextContents();
    expect(problems.join("\n")).toMatch(/TRUNCATED/);
    expect(await page.locator("#tree .bad").count()).toBeGreaterThan(0);
    expect(await page.locator("#grid .bad").count()).toBeGreaterThan(0);
    await page.locator("#problems button").last().click();
    expect(await bytesShown(page, ".selected")).toMatch(/ff000280/);
    const short = await openWith("1000");
    expect(await short.locator("#problems").textContent()).toMatch(/TRUNCATED/);
  });

  test("hostile names are text", async () => {
    const ifalias = '<img src=x onerror="document.title=1">\u001b[31m\u202efdp.exe\u2066';
    const hostile = encodeMessage({ name: "RTM_NEWLINK", flags, attrs: { ifname: "</div><svg/onl", ifalias } });
    const page = await openWith(hex(hostile));
    const shown = await rowText(page, "IFLA_IFALIAS");
    expect(shown).toBe('"<img src=x onerror=\\"document.title=1\\">\\u001b[31m\\u202efdp.exe\\u2066"');
    expect(await page.locator("img, svg, script:not([src])").count()).toBe(0);
    expect(await page.title()).not.toBe("1");
    // No text of the page holds a character that moves others.
    const text = await page.locator("body").textContent();
    expect(text).not.toMatch(/[\u001b\u202a-\u202e\u2066-\u2069]/);
    await field(page, "IFLA_IFALIAS").click();
    await page.keyboard.press("Enter");
    expect(await page.getByLabel("value of IFLA_IFALIAS").inputValue()).toBe(shown.slice(1, -1));
    await page.keyboard.press("Escape");
    await drop(page, "<b>\u202etxt.pcap", pcapHeader());
    await expect.poll(() => page.locator("#status").textContent()).toBe("0 messages (<b>\\u202etxt.pcap, pcap)");
    expect(await page.locator("b", { hasText: "txt" }).count()).toBe(0);
  });

  test("by keyboard alone", async () => {
    const page = await openWith(hex(link));
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focused = (): Promise<string | null> => page.locator(":focus").getAttribute("aria-label");
    await page.locator("#text").focus();
    // protocol, byte order, tree
    await press("Tab", "Tab", "Tab");
    expect(await focused()).toBe("RTM_NEWLINK");
    await press("ArrowRight", "ArrowDown");
    expect(await focused()).toBe("nlmsg_type RTM_NEWLINK");
    await press("End");
    expect(await focused()).toBe("IFLA_BR_AGEING_TIME 30000");
    expect(await bytesShown(page, ".selected")).toBe("0800040030750000");
    await press("ArrowLeft");
    expect(await focused()).toBe("IFLA_INFO_DATA NLA_F_NESTED");
    await press("ArrowLeft");
    expect(await page.locator(":focus").getAttribute("aria-expanded")).toBe("false");
    await press("ArrowDown");
    expect(await focused()).toBe("IFLA_INFO_DATA NLA_F_NESTED");
    await press("ArrowRight", "ArrowRight", "Enter");
    await page.keyboard.type("0x64");
    await press("Enter");
    expect(await focused()).toBe("IFLA_BR_AGEING_TIME 100");
    // The buttons of the bytes, then the bytes: undo can be used now.
    await press("Tab", "Tab", "Tab", "Tab");
    expect(await page.locator(":focus").getAttribute("role")).toBe("gridcell");
    await press("Home", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight");
    expect(await page.locator(":focus").getAttribute("data-at")).toBe("36");
    expect(await page.locator("#tree .selected").getAttribute("aria-label")).toBe('IFLA_IFNAME "br0"');
    await press("6", "1");
    expect(await rowText(page, "IFLA_IFNAME")).toBe('"ar0"');
    expect(await page.locator(":focus").getAttribute("data-at")).toBe("37");
    await press("Control+z");
    expect(await rowText(page, "IFLA_IFNAME")).toBe('"br0"');
  });

  test("several messages in one datagram; the list by arrow keys", async () => {
    const two = encodeMessages([
      { name: "RTM_NEWLINK", flags, seq: 1, attrs: { mtu: 1 } },
      { name: "RTM_DELLINK", flags, seq: 2, attrs: { ifname: "x" } },
    ]);
    const page = await openWith(hex(two));
    const list = page.getByRole("listbox");
    await list.focus();
    await page.keyboard.press("ArrowDown");
    expect(await page.locator("[role=option][aria-selected=true] .what").textContent()).toMatch(/^RTM_DELLINK/);
    expect(await rowText(page, "IFLA_IFNAME")).toBe('"x"');
  });

  test("another byte order, another protocol", async () => {
    const big = encodeMessage({ name: "RTM_NEWLINK", flags, attrs: { mtu: 1500 } }, { byteOrder: "big" });
    const page = await openWith(hex(big));
    expect(await page.getByLabel("Byte order").inputValue()).toBe("big");
    expect(await rowText(page, "IFLA_MTU")).toBe("1500");
    await page.getByLabel("Byte order").selectOption("little");
    expect(await page.locator("#problems").isVisible()).toBe(true);
    await page.getByLabel("Byte order").selectOption("big");
    await page.getByLabel("Protocol").selectOption("NETLINK_ISCSI");
    expect(await rowText(page, "nlmsg_type 16")).not.toBe("");
    expect(await page.getByRole("treeitem", { name: "IFLA_MTU" }).count()).toBe(0);
  });

  test("every example is read, and nothing in it is malformed", async () => {
    const page = await open();
    const names = await page.locator("#examples option").allTextContents();
    expect(names.length).toBeGreaterThan(6);
    for (const name of names.slice(1)) {
      await page.locator("#examples").selectOption(name);
      await expect.poll(() => page.locator("#status").textContent()).toMatch(/^\d+ messages? \(annotated\)$/);
      expect(await page.getByRole("treeitem").count()).toBeGreaterThan(5);
      expect(await page.locator("#tree .bad").count()).toBe(0);
    }
  });

  test("colours tell levels apart, the same for a field and its bytes; framing is subdued", async () => {
    const page = await openWith(hex(link));
    const colour = (selector: string): Promise<unknown> =>
      page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).color`);
    const name = (label: string): Promise<unknown> => colour(`[aria-label^="${label}"] > .row > .name`);
    const [mtu, kind, age] = [await name("IFLA_MTU"), await name("IFLA_INFO_KIND"), await name("IFLA_BR_AGEING_TIME")];
    expect(new Set([mtu, kind, age]).size).toBe(3);
    // IFLA_MTU is at 40, IFLA_INFO_KIND at 52: their headers have four bytes.
    expect(await colour('[role=gridcell][data-at="44"]')).toBe(mtu);
    expect(await colour('[role=gridcell][data-at="56"]')).toBe(kind);
    expect(await colour('[role=gridcell][data-at="40"]')).toBe(await name("nlmsg_len"));
    expect(await colour('[role=gridcell][data-at="0"]')).toBe(await name("nlmsg_len"));
  });

  test("dark and light: what the system has, and the switch", async () => {
    const page = await open({ scheme: "dark" });
    const ground = (): Promise<unknown> => page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(await ground()).toBe("rgb(18, 22, 27)");
    await page.getByRole("button", { name: "Theme: auto" }).click();
    expect(await ground()).toBe("rgb(245, 246, 247)");
    await page.getByRole("button", { name: "Theme: light" }).click();
    expect(await ground()).toBe("rgb(18, 22, 27)");
    await page.getByRole("button", { name: "Theme: dark" }).click();
  });

  test("on a phone nothing is wider than the screen, and bytes stay in sight", async () => {
    const page = await open({ width: 390, height: 844 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect(await page.locator("[role=row]").first().getByRole("gridcell").count()).toBe(8);
    await field(page, "IFLA_LINKINFO").locator("> .row").click();
    expect(await page.locator("[role=gridcell].selected").first().isVisible()).toBe(true);
    const box = await page.locator("#bytes-pane").boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(844);
    expect(box?.height).toBeGreaterThan(100);
  });

  test("behind all this, nothing was asked for and nothing was complained about", async () => {
    const page = await open();
    const policy = await page.locator("meta[http-equiv]").getAttribute("content");
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /);
    expect(policy).not.toMatch(/unsafe|data:|\*/);
    expect(complaints).toEqual([]);
    // The policy is in force, and a complaint is heard.
    const tried = await page.evaluate(`(() => {
      try { document.body.innerHTML = "<b>x</b>"; return "written"; } catch (error) { return error.name; }
    })()`);
    expect(tried).toBe("TypeError");
    await page.evaluate(`fetch("http://127.0.0.1:9/").catch(() => {})`);
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement("img"), { src: "http://127.0.0.1:9/" }))`,
    );
    await expect
      .poll(() => complaints.filter((text) => text.includes("Content Security Policy")).length)
      .toBeGreaterThan(2);
  });
});
