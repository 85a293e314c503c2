// SPDX-License-Identifier: GPL-3.0-or-later
// A stream as people write it with net/http.
package main

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

func number(r *http.Request, name string, usual int) int {
	if n, err := strconv.Atoi(r.URL.Query().Get(name)); err == nil {
		return n
	}
	return usual
}

func ticks(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	for n := 1; n <= number(r, "count", 20); n++ {
		fmt.Fprintf(w, "id: %d\nevent: tick\ndata: {\"n\":%d,\"text\":\"grün\"}\n\n", n, n)
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
			return
		case <-time.After(time.Duration(number(r, "gap", 20)) * time.Millisecond):
		}
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println("port", listener.Addr().(*net.TCPAddr).Port)
	http.HandleFunc("/ticks", ticks)
	panic(http.Serve(listener, nil))
}
