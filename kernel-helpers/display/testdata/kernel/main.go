// Command kernel stands in for the GoNB kernel in tests: it runs a program as
// GoNB runs a cell, with GoNB's own protocol types, and prints what would be
// shown, in order, as a line of JSON each.
//
//	kernel [-mute] [-leave N] PROGRAM
package main

import (
	"encoding/gob"
	"encoding/json"
	"flag"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/janpfeifer/gonb/gonbui/protocol"
)

var (
	mute  = flag.Bool("mute", false, "never answer")
	leave = flag.Int("leave", -1, "close the pipes after so many outputs")
)

func main() {
	flag.Parse()
	// As GoNB's decoder does.
	gob.Register(map[string]any{})
	gob.Register([]string{})
	gob.Register([]any{})

	dir, err := os.MkdirTemp("", "kernel")
	check(err)
	defer os.RemoveAll(dir)
	in, back := filepath.Join(dir, "in"), filepath.Join(dir, "back")
	check(syscall.Mkfifo(in, 0o600))
	check(syscall.Mkfifo(back, 0o600))

	program := exec.Command(flag.Arg(0), flag.Args()[1:]...)
	program.Env = append(os.Environ(), "GONB_PIPE="+in, "GONB_PIPE_BACK="+back)
	program.Stderr = os.Stderr
	stdout, err := program.StdoutPipe()
	check(err)

	go serve(in, back)
	check(program.Start())
	buf := make([]byte, 32<<10) // as io.Copy
	for {
		n, err := readAndShow(stdout, buf)
		if n == 0 || err == io.EOF {
			break
		}
		check(err)
	}
	if err := program.Wait(); err != nil {
		log.Print(err)
	}
}

// readAndShow shows what the program printed. Nothing is answered between reading
// and showing: GoNB does not promise that, but it is what the tests are not about.
func readAndShow(stdout io.Reader, buf []byte) (n int, err error) {
	conn, err := stdout.(*os.File).SyscallConn()
	if err != nil {
		return 0, err
	}
	err = conn.Read(func(fd uintptr) (done bool) {
		mu.Lock()
		defer mu.Unlock()
		got, readErr := syscall.Read(int(fd), buf)
		if readErr == syscall.EAGAIN || readErr == syscall.EINTR {
			return false
		}
		if n = got; n > 0 {
			show(map[string]any{"stdout": string(buf[:n])})
		}
		return true
	})
	return n, err
}

// serve shows what comes through the pipe in, and answers through back.
func serve(in, back string) {
	reader, err := os.Open(in)
	check(err)
	answers := make(chan *protocol.CommValue, 128)
	go answer(back, answers)
	decoder := gob.NewDecoder(reader)
	for shown := 0; shown != *leave; {
		var data protocol.DisplayData
		if err := decoder.Decode(&data); err != nil {
			if err != io.EOF {
				log.Print("decoder died: ", err)
			}
			return
		}
		if comm, ok := data.Data[protocol.MIMECommValue]; ok {
			value := comm.(protocol.CommValue)
			if value.Address == protocol.GonbuiSyncAddress && !*mute {
				mu.Lock()
				answers <- &protocol.CommValue{Address: protocol.GonbuiSyncAckAddress, Value: value.Value.(int)}
				mu.Unlock()
			}
			continue
		}
		mu.Lock()
		show(map[string]any{"display": data.Data, "id": data.DisplayID})
		mu.Unlock()
		shown++
	}
	reader.Close()
}

func answer(back string, answers <-chan *protocol.CommValue) {
	writer, err := os.OpenFile(back, os.O_WRONLY, 0)
	check(err)
	encoder := gob.NewEncoder(writer)
	for value := range answers {
		if encoder.Encode(value) != nil {
			return
		}
	}
}

var mu sync.Mutex // held while something is shown

func show(what any) {
	check(json.NewEncoder(os.Stdout).Encode(what))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
