// github.com/vishvananda/netlink, with the line protocol of contenders/worker.ts.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/vishvananda/netlink"
)

var kept any

func dump(name string) (any, int, error) {
	switch name {
	case "routes":
		all, err := netlink.RouteListFiltered(netlink.FAMILY_V4, &netlink.Route{}, netlink.RT_FILTER_TABLE)
		return all, len(all), err
	case "neighbours":
		all, err := netlink.NeighList(0, netlink.FAMILY_V4)
		return all, len(all), err
	default: // it cannot leave out statistics
		all, err := netlink.LinkList()
		return all, len(all), err
	}
}

func perform(name string) {
	begin := time.Now()
	result, count, err := dump(name)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(time.Since(begin).Nanoseconds(), count)
	kept = result
}

func main() {
	if len(os.Args) > 2 && os.Args[1] == "--once" {
		perform(os.Args[2])
		status, _ := os.ReadFile("/proc/self/status")
		for _, line := range strings.Split(string(status), "\n") {
			if strings.HasPrefix(line, "VmHWM:") {
				fmt.Println(strings.Fields(line)[1])
			}
		}
		return
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		perform(strings.Fields(lines.Text())[0])
	}
}
