# Says what it sent and heard, and loses events: for who counts along. Arguments: its wait for a tracer in seconds, first.
import errno
import json
import socket
import struct
import sys
import time

RTMGRP_LINK = 1


def request(seq, kind, flags, body, attrs=b""):
    return struct.pack("=IHHII", 16 + len(body) + len(attrs), kind, flags, seq, 0) + body + attrs


def ifinfo(index=0):
    return struct.pack("=BxHiII", 0, 0, index, 0, 0)


def messages(data):
    count, at = 0, 0
    while at + 16 <= len(data):
        length = struct.unpack_from("=I", data, at)[0]
        if length < 16:
            break
        count += 1
        at += (length + 3) & ~3
    return count


time.sleep(float(sys.argv[1]) if len(sys.argv) > 1 else 0)
said = {"sent": 0, "heard": 0, "again": 0, "lost": 0}
s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
s.bind((0, 0))


def ask(data, size=65536):
    s.send(data)
    said["sent"] += 1
    return hear(s, size)


def hear(who, size=65536):
    data = who.recv(size)
    said["heard"] += messages(data)
    return data


for seq in range(1, 21):
    ask(request(seq, 18, 1, ifinfo(1)))
s.send(request(21, 18, 0x301, ifinfo()))
said["sent"] += 1
while struct.unpack_from("=IH", hear(s))[1] != 3:
    pass
# Cut after 40 bytes: by recv, which is told nothing, and by recvmsg, which is told that it was.
ask(request(22, 18, 1, ifinfo(1)), 40)
s.send(request(23, 18, 1, ifinfo(1)))
data = s.recvmsg(48)[0]
said["sent"] += 1
said["heard"] += messages(data)

# Events for which there is no room.
listener = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
listener.bind((0, RTMGRP_LINK))
listener.setblocking(False)
for seq in range(100, 140):
    # RTM_NEWLINK, IFLA_MTU of lo: an event each.
    ask(request(seq, 16, 5, ifinfo(1), struct.pack("=HHI", 8, 4, 2000 + seq)))
while True:
    try:
        hear(listener)
    except OSError as error:
        if error.errno == errno.ENOBUFS:
            said["lost"] += 1
        elif error.errno == errno.EAGAIN:
            said["again"] += 1
            break
        else:
            raise
print(json.dumps(said))
