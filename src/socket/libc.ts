// The dozen libc calls that live netlink needs, declared with koffi. Nothing is loaded before the first call, so that importing this
// on macOS or Windows is no error.
import { endianness } from "node:os";
import { SystemError } from "./errors.ts";
import { koffi } from "./koffi.ts";

/** AF_, SOCK_, SOL_ and option numbers of linux/socket.h and linux/netlink.h. */
export const AF_INET = 2;
export const AF_INET6 = 10;
export const AF_NETLINK = 16;
export const AF_PACKET = 17;
export const SOCK_DGRAM = 2;
export const SOCK_RAW = 3;
export const SOCK_CLOEXEC = 0o2000000;
export const SOL_NETLINK = 270;
export const SOL_SOCKET = 1;
export const SO_RCVBUF = 8;
export const SO_SNDBUFFORCE = 32;
export const SO_RCVBUFFORCE = 33;
export const NETLINK_ADD_MEMBERSHIP = 1;
export const NETLINK_LISTEN_ALL_NSID = 8;
export const NETLINK_CAP_ACK = 10;
export const NETLINK_EXT_ACK = 11;
export const NETLINK_GET_STRICT_CHK = 12;
export const MSG_TRUNC = 0x20;
export const MSG_DONTWAIT = 0x40;
/** clone flags of linux/sched.h: also what NS_GET_NSTYPE answers. */
export const CLONE_NEWNET = 0x40000000;
/** linux/nsfs.h: _IO(0xb7, 3) */
export const NS_GET_NSTYPE = 0xb703;
/** linux/sockios.h: the network namespace of a socket, as a descriptor. */
export const SIOCGSKNS = 0x894c;
export const MS_BIND = 0x1000;
export const MS_REC = 0x4000;
export const MS_SHARED = 0x100000;
export const MNT_DETACH = 2;
export const LOCK_EX = 2;
export const POLLIN = 1;
/** errno numbers that are acted on. */
export const EINTR = 4;
export const EBADF = 9;
export const EAGAIN = 11;
export const EBUSY = 16;
const ENOSYS = 38;
export const EINVAL = 22;
export const EMSGSIZE = 90;
export const ENOPROTOOPT = 92;
export const ENOBUFS = 105;

/** Netlink is in the byte order of the machine. */
export const HOST_ORDER: "little" | "big" = endianness() === "LE" ? "little" : "big";

type Pointer = Uint8Array | null;
/** The calls, with C's arguments. */
export interface Libc {
  socket(family: number, type: number, protocol: number): number;
  setsockopt(fd: number, level: number, option: number, value: Pointer, length: number): number;
  bind(fd: number, address: Pointer, length: number): number;
  connect(fd: number, address: Pointer, length: number): number;
  getsockname(fd: number, address: Pointer, length: Pointer): number;
  send(fd: number, bytes: Pointer, length: number, flags: number): number;
  sendto(fd: number, bytes: Pointer, length: number, flags: number, to: Pointer, toLength: number): number;
  recv(fd: number, bytes: Pointer, length: number, flags: number): number;
  recvmsg(fd: number, header: Pointer, flags: number): number;
  poll(descriptors: Pointer, count: number, milliseconds: number): number;
  close(fd: number): number;
  setns(fd: number, type: number): number;
  unshare(flags: number): number;
  ioctl(fd: number, request: number, argument: Pointer): number;
  flock(fd: number, operation: number): number;
  mount(source: string, target: string, type: string, flags: number, data: Pointer): number;
  umount2(target: string, flags: number): number;
  abort(): void;
}
const PROTOTYPES: { readonly [K in keyof Libc]: string } = {
  socket: "int socket(int, int, int)",
  setsockopt: "int setsockopt(int, int, int, const void *, uint32_t)",
  bind: "int bind(int, const void *, uint32_t)",
  connect: "int connect(int, const void *, uint32_t)",
  getsockname: "int getsockname(int, void *, void *)",
  send: "int64_t send(int, const void *, size_t, int)",
  sendto: "int64_t sendto(int, const void *, size_t, int, const void *, uint32_t)",
  recv: "int64_t recv(int, void *, size_t, int)",
  recvmsg: "int64_t recvmsg(int, void *, int)",
  poll: "int poll(void *, unsigned long, int)",
  close: "int close(int)",
  setns: "int setns(int, int)",
  unshare: "int unshare(int)",
  ioctl: "int ioctl(int, unsigned long, void *)",
  flock: "int flock(int, int)",
  mount: "int mount(const char *, const char *, const char *, unsigned long, const void *)",
  umount2: "int umount2(const char *, int)",
  abort: "void abort()",
};

let loaded: Libc | undefined;

/**
 * The calls. Arguments are C's; a result of -1 has its reason in `errno()`, to be asked at once.
 * @throws SystemError ENOSYS on anything but Linux
 */
export const libc = (): Libc => {
  if (loaded !== undefined) return loaded;
  if (process.platform !== "linux") {
    throw new SystemError("netlink", ENOSYS, `netlink is a facility of Linux; this is ${process.platform}`);
  }
  const library = koffi().load(null);
  const made = Object.entries(PROTOTYPES).map(([name, prototype]) => [name, library.func(prototype)]);
  loaded = Object.fromEntries(made) as Libc;
  return loaded;
};

/** errno of the last call on this thread. */
export const errno = (): number => koffi().errno();

/**
 * Passes a result on, or throws what errno says.
 * @param result what the call gave
 * @param syscall its name
 * @param detail what it was about: a path
 * @throws SystemError when the result is negative
 */
export const check = (result: number, syscall: string, detail?: string): number => {
  if (result >= 0) return result;
  throw new SystemError(syscall, errno(), detail);
};

/** int value for setsockopt. */
export const intOption = (value: number): Uint8Array => new Uint8Array(new Int32Array([value]).buffer);
