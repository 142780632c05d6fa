package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

var applicationExamples = examples{
	"web-server": func() { webServer(20, func(string) []byte { return []byte("hello") }, show) },
	"greetings":  func() { webServer(20, func(name string) []byte { return []byte("hello, " + name) }, show) },
	"downloads":  downloads,
	"control":    control,
}

func ask(address net.Addr, name string) []byte {
	connection, err := net.Dial(address.Network(), address.String())
	must(err)
	defer connection.Close()
	_, err = io.WriteString(connection, name)
	must(err)
	must(connection.(*net.TCPConn).CloseWrite())
	answer, err := io.ReadAll(connection)
	must(err)
	return answer
}

// serve answers each client on a thread of its own.
func serve(listener net.Listener, clients int, answer func(name string) []byte) {
	var group threads.Group
	for id := range clients {
		connection, err := listener.Accept()
		must(err)
		group.Go(fmt.Sprint("handler ", id), func() {
			defer connection.Close()
			name, err := io.ReadAll(connection)
			must(err)
			_, err = connection.Write(answer(string(name)))
			must(err)
		})
	}
	group.Wait()
}

func webServer(clients int, answer func(string) []byte, use func(net.Addr, string)) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	defer listener.Close()
	var group threads.Group
	group.Go("server", func() { serve(listener, clients, answer) })
	for id := range clients {
		name := fmt.Sprint("client ", id)
		group.Go(name, func() { use(listener.Addr(), name) })
	}
	group.Wait()
}

func show(address net.Addr, name string) { fmt.Println(string(ask(address, name))) }

func downloads() {
	folder, err := os.MkdirTemp("", "lesson-")
	must(err)
	defer os.RemoveAll(folder)
	page := func(string) []byte {
		time.Sleep(second) // the distance to the server
		return bytes.Repeat([]byte("x"), 50_000)
	}
	webServer(4, page, func(address net.Addr, name string) {
		file := filepath.Join(folder, name)
		must(os.WriteFile(file, ask(address, name), 0o600))
		info, err := os.Stat(file)
		must(err)
		fmt.Println("saved", name, info.Size())
	})
}

func control() {
	repeat := func(what string, pause time.Duration, times int) func() {
		return func() {
			for range times {
				fmt.Println(what)
				time.Sleep(pause)
			}
		}
	}
	var group threads.Group
	group.Go("sensor", repeat("sensor read", second, 6))
	group.Go("actuator", repeat("actuator moved", 2*second, 3))
	group.Wait()
}
