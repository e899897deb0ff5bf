# Every call that can carry a datagram: several buffers, looks ahead, cuts, dumps, threads, a fork, a copied descriptor, vectors.
import ctypes
import os
import socket
import struct
import threading


def getlink(seq, flags=1):
    body = struct.pack("=BxHiII", 0, 0, 1, 0, 0)
    return struct.pack("=IHHII", 16 + len(body), 18, flags, seq, 0) + body


def opened():
    return socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)


# Never bound: the kernel does that with the first message.
s = opened()
s.sendto(getlink(1), (0, 0))
s.recv(65536)
s = opened()
s.bind((0, 0))
s.send(getlink(2))
s.recv(8, socket.MSG_PEEK | socket.MSG_TRUNC)
s.recvfrom(65536)
whole = getlink(3)
s.sendmsg([whole[:4], whole[4:20], whole[20:]])
s.recvmsg_into([bytearray(16), bytearray(5), bytearray(65536)])
os.writev(s.fileno(), [getlink(4)[:16], getlink(4)[16:]])
os.readv(s.fileno(), [bytearray(100), bytearray(65536)])
os.write(s.fileno(), getlink(5))
os.read(s.fileno(), 65536)
# Cut after 40 bytes.
s.send(getlink(6))
s.recv(40)
s.send(getlink(7, 0x301))
while struct.unpack_from("=IH", s.recv(65536))[1] != 3:
    pass
# Another thread waits before anything is asked.
thread = threading.Thread(target=lambda: s.recv(65536))
thread.start()
s.send(getlink(8))
thread.join()
if os.fork() == 0:
    s.send(getlink(9))
    s.recv(65536)
    os._exit(0)
os.wait()
copy = os.dup(s.fileno())
os.write(copy, getlink(10))
os.read(copy, 65536)


class iovec(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("len", ctypes.c_size_t)]


class msghdr(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_void_p),
        ("namelen", ctypes.c_uint),
        ("iov", ctypes.POINTER(iovec)),
        ("iovlen", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("controllen", ctypes.c_size_t),
        ("flags", ctypes.c_int),
    ]


class mmsghdr(ctypes.Structure):
    _fields_ = [("hdr", msghdr), ("len", ctypes.c_uint)]


def vector(lists):
    out = (mmsghdr * len(lists))()
    for i, buffers in enumerate(lists):
        parts = (iovec * len(buffers))()
        for j, buffer in enumerate(buffers):
            parts[j].base = ctypes.cast(buffer, ctypes.c_void_p)
            parts[j].len = len(buffer)
        out[i].hdr.iov = parts
        out[i].hdr.iovlen = len(buffers)
    return out


libc = ctypes.CDLL(None)
halves = [[ctypes.create_string_buffer(h, len(h)) for h in (m[:16], m[16:])] for m in (getlink(11), getlink(12))]
assert libc.sendmmsg(s.fileno(), vector(halves), 2, 0) == 2
room = [[ctypes.create_string_buffer(100), ctypes.create_string_buffer(8000)] for _ in range(3)]
assert libc.recvmmsg(s.fileno(), vector(room), 3, socket.MSG_DONTWAIT, None) == 2
# Many messages in one datagram of 1280 bytes; as many answers.
s.send(b"".join(getlink(100 + i) for i in range(40)))
for _ in range(40):
    s.recv(65536)
