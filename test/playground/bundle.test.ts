// What the page's folder holds: little, and nothing that a strict policy or a page from a file could not have.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPage } from "./chromium.ts";

let folder = "";
const text = (file: string): string => readFileSync(join(folder, file), "utf8");
beforeAll(() => {
  folder = buildPage();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("four files: one script, no part of it loaded later", () => {
  expect(readdirSync(folder).sort()).toEqual(["icon.svg", "index.html", "playground.js", "style.css"]);
  expect(text("playground.js")).not.toMatch(/\bimport\s*\(|\bimport\s*["'{*]|importScripts|\.wasm/);
});

test("its size", () => {
  const script = gzipSync(text("playground.js")).length;
  // 146 KB when this was written: page, codec and tables 86, recorded examples 20, the tables' comments 40.
  expect(script).toBeGreaterThan(50_000);
  expect(script).toBeLessThan(160_000);
  expect(gzipSync(text("style.css")).length).toBeLessThan(5_000);
});

test("no Node built-in, nothing that writes markup, evaluates or asks a network", () => {
  const script = text("playground.js");
  expect(script).not.toMatch(/["'`]node:|\brequire\(|\bprocess\.(?:env|argv|on|stdout)|\bBuffer\.|koffi/);
  expect(script).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function\b/,
  );
  expect(script).not.toMatch(/\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|https?:\/\/(?!www\.w3\.org)/);
  expect(script).toContain("textContent");
});

test("no script and no style in the markup", () => {
  const html = text("index.html");
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:|https?:/i);
  expect(html.match(/<script[^>]*>/g)).toEqual(['<script src="playground.js" defer>']);
  expect(text("style.css")).not.toMatch(/url\(|@import/);
});
