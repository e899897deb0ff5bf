// What the page is about at any time, and what can be done with it. Knows no element.
import { loadRegistry } from "../src/attrs/load.ts";
import { explainWith } from "../src/codec/explain.ts";
import type { Field } from "../src/codec/explain-field.ts";
import { redact } from "../src/codec/masking.ts";
import { type Registry, registry } from "../src/codec/registry.ts";
import { addable, added, type Resized, removed } from "./attributes.ts";
import { type Echo, echoOf } from "./echo.ts";
import { type Editing, editorOf } from "./edit.ts";
import { type FieldNode, type Layout, layoutOf, nodeAt, stepsTo } from "./nodes.ts";
import type { Piece } from "./piece.ts";
import { type Refusal, refusalOf, type Verdict, verdictOf } from "./refusal.ts";

/** What may have changed: which messages there are; what the one shown is; what of it is lit; bytes that an edit would give. */
export type Topic = "pieces" | "piece" | "lit" | "draft";
/** What the kernel said about the message shown. */
export type Judged = Refusal & Verdict;

const EMPTY: Layout = { roots: [], all: [], owner: [], role: [] };
/** Steps of undo. */
const DEEPEST = 1000;

export class App {
  pieces: readonly Piece[] = [];
  /** Which of them is shown. */
  at = 0;
  layout: Layout = EMPTY;
  judged: Judged | undefined;
  selected: FieldNode | undefined;
  hovered: FieldNode | undefined;
  /** What an edit that is not done yet would give. */
  draft: { readonly bytes: Uint8Array; readonly layout: Layout } | undefined;
  editor: (node: FieldNode) => Editing | undefined = () => undefined;
  readonly #load: (protocol: string) => Promise<Registry | undefined>;
  #showsKeys = false;
  #registries = new Map<string, Registry>();
  #history: { readonly at: number; readonly piece: Piece }[] = [];
  #listeners: { readonly topic: Topic; readonly call: () => void }[] = [];

  /** @param load gives the registry of a protocol */
  constructor(load: (protocol: string) => Promise<Registry | undefined> = loadRegistry) {
    this.#load = load;
  }

  on(topic: Topic, call: () => void): void {
    this.#listeners.push({ topic, call });
  }
  #tell(...topics: readonly Topic[]): void {
    for (const { topic, call } of this.#listeners) if (topics.includes(topic)) call();
  }

  get piece(): Piece | undefined {
    return this.pieces[this.at];
  }
  /** Keys are shown, and leave the page with what is copied and shared. */
  get showsKeys(): boolean {
    return this.#showsKeys;
  }
  set showsKeys(shows: boolean) {
    this.#showsKeys = shows;
    this.#show(this.at);
    this.#tell("pieces", "piece", "lit");
  }
  get canUndo(): boolean {
    return this.#history.length > 0;
  }
  fieldsOf({ protocol, bytes, byteOrder }: Piece): Field[] {
    return explainWith(this.#typesOf(protocol), bytes, { byteOrder, masked: !this.#showsKeys });
  }
  /** A message as it may leave the page: with zeros in place of keys, unless they are shown. */
  outgoing(piece: Piece): Piece {
    return this.#showsKeys ? piece : { ...piece, bytes: redact(piece.bytes, this.fieldsOf(piece)) };
  }

  /** Other messages take the place of those that are there. */
  async load(pieces: readonly Piece[]): Promise<void> {
    for (const { protocol } of pieces) await this.#learn(protocol);
    this.#history = [];
    this.pieces = pieces;
    this.#show(0);
    this.#tell("pieces", "piece", "lit");
  }

  show(at: number): void {
    if (this.pieces[at] === undefined || at === this.at) return;
    this.#show(at);
    this.#tell("piece", "lit");
  }

  select(node: FieldNode | undefined): void {
    if (node === this.selected) return;
    this.selected = node;
    this.#tell("lit");
  }
  hover(node: FieldNode | undefined): void {
    if (node === this.hovered) return;
    this.hovered = node;
    this.#tell("lit");
  }
  preview(bytes: Uint8Array | undefined): void {
    const { piece } = this;
    this.draft = bytes && piece && { bytes, layout: this.#layoutOf({ ...piece, bytes }) };
    this.#tell("draft");
  }

  /** Other bytes for the message shown. */
  change(bytes: Uint8Array): void {
    const { piece } = this;
    if (piece === undefined) return;
    this.#history = [...this.#history.slice(1 - DEEPEST), { at: this.at, piece }];
    this.#put(this.at, { ...piece, bytes });
  }
  /** Constants of the attributes that can be added where a field is. */
  addable(node: FieldNode): string[] {
    return addable(this.#resized(node)?.node ?? node);
  }
  /** Puts an attribute behind the others of the nest that a field is, or is in. False: there is none of that name. */
  add(node: FieldNode, constant: string): boolean {
    return this.#resize(node, (piece, place) => added(piece, place, constant, this.#typesOf(piece.protocol)));
  }
  /** Takes an attribute out. False: it is none. */
  remove(node: FieldNode): boolean {
    return this.#resize(node, removed);
  }
  /** An echoed request is a message of its own. */
  #resized(node: FieldNode): Echo | undefined {
    return this.piece && echoOf(this.piece, node, this.#typesOf(this.piece.protocol));
  }
  #resize(node: FieldNode, edit: (piece: Piece, node: FieldNode) => Resized | undefined): boolean {
    const { piece } = this;
    if (piece === undefined) return false;
    const echo = this.#resized(node);
    const done = edit(echo?.piece ?? piece, echo?.node ?? node);
    if (done === undefined) return false;
    this.change(echo?.wrap(done.bytes) ?? done.bytes);
    const at = echo?.outer(done.at) ?? done.at;
    const here = this.layout.all.find(({ field }) => field.offset === at && field.word !== undefined);
    // Of the last one that is gone: what is above it.
    this.select(here ?? this.selected ?? this.layout.roots[0]);
    return true;
  }
  undo(): void {
    const last = this.#history.at(-1);
    if (last === undefined) return;
    this.#history = this.#history.slice(0, -1);
    this.#put(last.at, last.piece);
  }

  /** Another protocol, or another byte order, for this message and those that had the same. */
  async reread(facts: Partial<Pick<Piece, "protocol" | "byteOrder">>): Promise<void> {
    if (facts.protocol !== undefined) await this.#learn(facts.protocol);
    const { piece: shown } = this;
    this.pieces = this.pieces.map((piece) =>
      piece.protocol === shown?.protocol && piece.byteOrder === shown.byteOrder ? { ...piece, ...facts } : piece,
    );
    this.#show(this.at);
    this.#tell("pieces", "piece", "lit");
  }

  #put(at: number, piece: Piece): void {
    this.pieces = this.pieces.map((old, i) => (i === at ? piece : old));
    const { selected } = this;
    const steps = selected === undefined ? [] : stepsTo(selected, this.layout);
    this.#show(at);
    this.selected = nodeAt(this.layout, steps);
    this.#tell("pieces", "piece", "lit");
  }
  #show(at: number): void {
    this.at = at;
    this.draft = undefined;
    this.selected = undefined;
    this.hovered = undefined;
    const { piece } = this;
    if (piece === undefined) {
      this.layout = EMPTY;
      this.editor = () => undefined;
      return;
    }
    this.layout = this.#layoutOf(piece);
    const editor = editorOf(piece, this.layout, this.#typesOf(piece.protocol));
    this.editor = (node) => (node.field.secret !== undefined && !this.#showsKeys ? undefined : editor(node));
    this.judged = this.#judge();
  }
  #layoutOf(piece: Piece): Layout {
    return layoutOf(this.fieldsOf(piece), piece.bytes, piece.byteOrder === "little");
  }
  #judge(): Judged | undefined {
    const refusal = refusalOf(this.pieces, this.at);
    const request = refusal && this.pieces[refusal.request];
    const answer = refusal && this.pieces[refusal.answer];
    if (refusal === undefined || request === undefined || answer === undefined) return undefined;
    return { ...refusal, ...verdictOf(this.fieldsOf(request), this.fieldsOf(answer)) };
  }

  async #learn(protocol: string): Promise<void> {
    if (this.#registries.has(protocol)) return;
    const types = (await this.#load(protocol)) ?? registry(protocol, -1);
    this.#registries.set(protocol, types);
  }
  #typesOf(protocol: string): Registry {
    return this.#registries.get(protocol) ?? registry(protocol, -1);
  }
}
