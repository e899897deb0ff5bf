// NETLINK_KOBJECT_UEVENT: what the kernel tells of devices that come and go. Text without nlmsghdr: ACTION@DEVPATH, then KEY=VALUE,
// each with a NUL behind it (lib/kobject_uevent.c). udevd sends the properties on behind a header of its own.
import type { Reader, Writer } from "../../codec/bytes.ts";
import type { Struct, Text, TextPart } from "../../codec/codec.ts";
import { below, EncodeError } from "../../codec/errors.ts";
import { checkRecord, expected } from "../../codec/expect.ts";
import { type MessageType, type Registry, registry } from "../../codec/registry.ts";
import { plain, textOf, writeText } from "../../codec/text.ts";
import { type UdevHeader, udevHeader } from "./udev.ts";

/** An event of a device. */
export interface Uevent {
  /** "add", "remove", "change", "move", "online", "offline", "bind", "unbind". Of udevd: only among the properties. */
  action?: string | undefined;
  /** Its path below /sys. Of udevd: only among the properties. */
  devpath?: string | undefined;
  /** Only of udevd. */
  udev?: UdevHeader | undefined;
  /** KEY and VALUE, in their order: ACTION, DEVPATH, SUBSYSTEM, SEQNUM, INTERFACE, IFINDEX… */
  properties: { readonly [key: string]: string };
}

const PREFIX = "libudev";
const isUdev = (r: Reader, at: number, end: number): boolean =>
  end - at >= udevHeader.size && textOf(r.u8, at, at + 8) === PREFIX;

/** Texts that end in NUL, or with the bytes. */
const eachText = (
  r: Reader,
  start: number,
  end: number,
  visit: (text: string, at: number, end: number) => void,
): void => {
  for (let at = start; at < end; ) {
    const nul = r.u8.indexOf(0, at);
    const next = nul < 0 || nul >= end ? end : nul + 1;
    visit(textOf(r.u8, at, next), at, next);
    at = next;
  }
};

/** Where the properties begin: as the header of udevd says, if that is in the datagram; if not, behind the header. */
const propertiesAt = (r: Reader, at: number, end: number): number => {
  const offset = udevHeader.read(r, at, at + udevHeader.size, {})?.propertiesOff ?? 0;
  return at + (offset > end - at ? udevHeader.size : Math.max(udevHeader.size, offset));
};

/** The furthest that properties may begin: udevd writes 40, and no longer header fits into a datagram that it reads. */
const FURTHEST = 0x2000;

const partsOf = (r: Reader, start: number, end: number): TextPart[] => {
  const out: TextPart[] = [];
  let from = start;
  if (isUdev(r, start, end)) {
    const values = udevHeader.read(r, start, start + udevHeader.size, {}) as unknown as Record<string, string | number>;
    for (const { constant, name, offset, size } of udevHeader.members) {
      out.push({
        constant,
        property: `udev.${name}`,
        at: start + offset,
        end: start + offset + size,
        value: values[name] ?? 0,
      });
    }
    from = propertiesAt(r, start, end);
    const gap = start + udevHeader.size;
    if (gap < from) out.push({ constant: "", property: "", at: gap, end: from, value: textOf(r.u8, gap, from) });
  }
  eachText(r, from, end, (text, at, to) => {
    const sign = text.indexOf("=");
    const isHead = at === start;
    // A name of the sender's own choice, in a place where others are C names: nobody escapes those before a terminal sees them.
    const key = sign < 0 ? "" : plain(text.slice(0, sign));
    out.push(
      isHead
        ? { constant: "ACTION@DEVPATH", property: "devpath", at, end: to, value: text }
        : { constant: key, property: key === "" ? "" : `properties.${key}`, at, end: to, value: text.slice(sign + 1) },
    );
  });
  return out;
};

const writeLine = (w: Writer, text: unknown, what: string): void => {
  if (typeof text !== "string") throw expected("a string", text).within(what);
  if (text.includes("\0"))
    throw new EncodeError("BAD_VALUE", "a string ends at its first NUL: none may stand in it").within(what);
  writeText(w, text);
};

const writeHeader = (w: Writer, udev: UdevHeader, siblings: object, constant: string): void => {
  try {
    udevHeader.write(w, udev, siblings, constant);
    const { propertiesOff = 0 } = udev;
    if (propertiesOff > FURTHEST) {
      throw new EncodeError("OUT_OF_RANGE", `${propertiesOff}: properties begin at ${FURTHEST} at the latest`).within(
        "propertiesOff",
      );
    }
    w.zeros(Math.max(0, propertiesOff - udevHeader.size));
  } catch (error) {
    throw below(error, "udev");
  }
};

/** The layout of an event. */
export const ueventText: Text<Uevent> = {
  kind: "text",
  keys: ["action", "devpath", "udev", "properties"],
  header: udevHeader as unknown as Struct,
  parts: partsOf,
  read(r, start, end) {
    const properties: Record<string, string> = {};
    const event: Uevent = { properties };
    let from = start;
    if (isUdev(r, start, end)) {
      event.udev = udevHeader.read(r, start, start + udevHeader.size, {});
      from = propertiesAt(r, start, end);
    }
    eachText(r, from, end, (text, at) => {
      const sign = text.indexOf(at === start ? "@" : "=");
      if (at === start) {
        event.action = sign < 0 ? text : text.slice(0, sign);
        if (sign >= 0) event.devpath = text.slice(sign + 1);
      } else if (sign > 0) {
        Object.defineProperty(properties, text.slice(0, sign), {
          value: text.slice(sign + 1),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
    });
    return event;
  },
  write(w, value, siblings, constant) {
    checkRecord("an event", value);
    const { action, devpath, udev, properties } = value;
    if (udev !== undefined) {
      writeHeader(w, udev, siblings, constant);
    } else {
      writeLine(w, action ?? "", "action");
      if (devpath !== undefined) {
        writeText(w, "@");
        writeLine(w, devpath, "devpath");
      }
      w.zeros(1);
    }
    checkRecord("properties", properties);
    for (const key of Object.keys(properties)) {
      writeLine(w, `${key}=`, "properties");
      writeLine(w, properties[key], `properties.${plain(key)}`);
      w.zeros(1);
    }
  },
};

/** A message of NETLINK_KOBJECT_UEVENT. */
export type UeventMessageType = MessageType<"uevent", Uevent>;

/** The registry of NETLINK_KOBJECT_UEVENT: every datagram is one event. Type, flags, seq and pid are 0, for there are none. */
export const uevents: Registry<UeventMessageType> = /* @__PURE__ */ (() => ({
  ...registry<UeventMessageType>("NETLINK_KOBJECT_UEVENT", 15),
  unframed: { name: "uevent" as const, type: 0, body: ueventText },
}))();
