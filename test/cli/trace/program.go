// What Go's standard library says to the kernel: links and addresses, from several goroutines.
package main

import (
	"fmt"
	"net"
	"os"
	"sync"
	"syscall"
)

func main() {
	var group sync.WaitGroup
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			links, err := net.Interfaces()
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			for _, link := range links {
				link.Addrs()
			}
			syscall.NetlinkRIB(syscall.RTM_GETROUTE, syscall.AF_UNSPEC)
		}()
	}
	group.Wait()
}
