# pyroute2, with the line protocol of contenders/worker.ts. Not called pyroute2.py: Python would import this file for the package.
import sys
import time

from pyroute2 import IPRoute

kept = None
ipr = None


def dump(name):
    global ipr
    ipr = ipr or IPRoute()
    if name == "routes":
        return ipr.get_routes(family=2)
    # get_links(ext_mask=…) filters what it got by it, and gives nothing: statistics cannot be left out.
    if name in ("links", "links-full"):
        return ipr.get_links()
    return ipr.get_neighbours(family=2)


def perform(name):
    global kept
    begin = time.monotonic_ns()
    result = list(dump(name))
    print(time.monotonic_ns() - begin, len(result), flush=True)
    kept = result


if len(sys.argv) > 2 and sys.argv[1] == "--once":
    perform(sys.argv[2])
    with open("/proc/self/status") as status:
        print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
else:
    for line in sys.stdin:
        perform(line.split()[0])
if ipr:
    ipr.close()
