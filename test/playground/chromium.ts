// The page in a real browser: Debian's Chromium, from a file, with an eye on everything it asks for and complains about.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** `describe` that needs Chromium. Without: skipped, with a word why; with NLKIT_REQUIRE_ALL=1 it fails instead. */
export const browsing = (name: string, body: () => void): void => {
  if (existsSync(CHROMIUM)) return void describe(name, body);
  const obstacle = `there is no ${CHROMIUM}`;
  if (process.env["NLKIT_REQUIRE_ALL"] === "1") {
    return void it(name, () => {
      throw new Error(`${obstacle}, and NLKIT_REQUIRE_ALL=1`);
    });
  }
  console.warn(`skipped: ${name}: ${obstacle}`);
  describe.skip(name, body);
};

/** Builds the page, away from what another run builds. */
export const buildPage = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "nlkit-playground-"));
  execFileSync("node", ["scripts/playground.mjs", folder]);
  return folder;
};

/** How a page is opened. */
export interface Opening {
  readonly hash?: string;
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
}

/** A browser with the page. */
export interface Browsing {
  /** Opens the page, after a look at what those before it complained about. */
  readonly open: (opening?: Opening) => Promise<Page>;
  /** What pages asked for outside their folder, and what the browser complained about: must be nothing. */
  readonly complaints: string[];
}

/** A browser for the tests around the call. */
export const useBrowser = (): Browsing => {
  let folder = "";
  let profile = "";
  let context: BrowserContext;
  const complaints: string[] = [];
  beforeAll(async () => {
    folder = buildPage();
    profile = mkdtempSync(join(tmpdir(), "nlkit-chromium-"));
    context = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: FLAGS });
    context.setDefaultTimeout(5000);
    context.on("request", (request) => {
      const wanted = request.url();
      if (!wanted.startsWith(pathToFileURL(folder).href)) complaints.push(`asked for ${wanted}`);
    });
    // A violation of the policy is an error in the console.
    context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    context.on("weberror", (error) => complaints.push(String(error.error())));
  }, 60_000);
  afterAll(async () => {
    await context?.close();
    for (const made of [folder, profile]) if (made !== "") rmSync(made, { recursive: true, force: true });
  });
  const open: Browsing["open"] = async ({ hash = "", width = 1400, height = 860, scheme = "light" } = {}) => {
    expect(complaints).toEqual([]);
    for (const old of context.pages().slice(1)) await old.close();
    const page = await context.newPage();
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(pathToFileURL(join(folder, "index.html")).href + hash);
    await page.getByRole("gridcell").first().waitFor();
    return page;
  };
  return { open, complaints };
};

/** The row of a field in the tree, by its constant; the last where there are several. */
export const field = (page: Page, constant: string): Locator =>
  page.locator(`[role=treeitem][aria-label^="${constant} "], [role=treeitem][aria-label="${constant}"]`).last();

/** What stands in a field's row. */
export const rowText = async (page: Page, constant: string): Promise<string> =>
  (await field(page, constant).locator("> .row .value").textContent()) ?? "";

/** The bytes that are shown; those with a class only. */
export const bytesShown = async (page: Page, className = ""): Promise<string> =>
  (await page.locator(`[role=gridcell]${className}`).allTextContents()).join("");

/** Puts a text into the input, and waits until the page has read it. */
export const paste = async (page: Page, text: string): Promise<void> => {
  await page.locator("#status").evaluate((status) => {
    status.textContent = "";
  });
  await page.locator("#text").fill(text);
  await expect.poll(() => page.locator("#status").textContent()).not.toBe("");
};
