// Package checks holds the public checks of greeting-server.
package checks

import (
	"errors"
	"fmt"
	"testing"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/greeting-server"
	"github.com/interleave-lab/interleave/exercises/greeting-server/checks/street"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

func hello(name string) string { return "Hello, " + name + "!" }

// TestEveryClient: every client gets its greeting, and then the connection is closed.
//
//interleave:points 2
func TestEveryClient(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		s := street.Open(t, exercise.Serve, hello)
		for _, name := range []string{"Ada", "Grace Hopper", ""} {
			got, err := s.Visit().Say(name)
			if errors.Is(err, street.ErrOpen) {
				t.Fatalf("The server did not close the connection of %q after its answer %q.", name, got)
			}
			if want := hello(name) + "\n"; got != want || err != nil {
				t.Fatalf("A client that says %q should be answered %q. It got %q, error %v.", name, want, got, err)
			}
		}
		if err := s.Close(); err != nil {
			t.Errorf("The context ended, and Serve returned the error %q, not nil.", err)
		}
		again := street.Open(t, exercise.Serve, hello)
		if got, err := again.Visit().Say("Ada"); got != hello("Ada")+"\n" || err != nil {
			t.Errorf("Serve had returned and was called a second time, and a client that says \"Ada\" got %q, error %v. Begin anew in each call.", got, err)
		}
		_ = again.Close()
	})
}

// TestTogether: all clients are served at the same time.
//
//interleave:points 3
func TestTogether(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const clients = 5
		gate := probe.NewGate(clients)
		s := street.Open(t, exercise.Serve, func(name string) string {
			gate.Pass()
			return hello(name)
		})
		answers := make(chan string)
		for i := range clients {
			go func() {
				got, _ := s.Visit().Say(fmt.Sprint(i))
				answers <- got
			}()
		}
		for range clients {
			<-answers
		}
		switch {
		case gate.Most() == 1:
			t.Error("The clients were served one after another. Start a thread for each.")
		case gate.Most() < clients:
			t.Errorf("Only %d of %d clients were served at once. Start a thread for each.", gate.Most(), clients)
		}
		_ = s.Close()
	})
}

// TestSilentClient: a client that says nothing, or goes away, keeps nobody waiting.
//
//interleave:points 2
func TestSilentClient(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		s := street.Open(t, exercise.Serve, hello)
		silent := s.Visit()
		if got, err := s.Visit().Say("Ada"); got != "Hello, Ada!\n" {
			t.Fatalf("A client that says nothing kept the next one waiting, which got %q, error %v. Start a thread for each.", got, err)
		}
		silent.GoAway()
		if got, err := s.Visit().Say("Grace"); got != "Hello, Grace!\n" {
			t.Fatalf("A client went away without a word, and the next one was not served. It got %q, error %v.", got, err)
		}
		_ = s.Close()
	})
}

// TestNobodyIsCutOff: when the context ends, the clients that were accepted are served to their end.
//
//interleave:points 3
func TestNobodyIsCutOff(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		s := street.Open(t, exercise.Serve, hello)
		clients := []*street.Client{s.Visit(), s.Visit(), s.Visit()}
		time.Sleep(time.Hour) // until each is being served
		s.End()
		time.Sleep(time.Hour)
		early := s.HasReturned()
		for i, client := range clients {
			if got, err := client.Say("Ada"); got != "Hello, Ada!\n" {
				t.Fatalf("The context ended, and client %d, which was accepted before, was cut off or forgotten. It got %q, error %v.", i+1, got, err)
			}
		}
		if early {
			t.Fatalf("The context ended while %d clients were being served, and Serve returned before they were.", len(clients))
		}
		if err := s.Close(); err != nil {
			t.Errorf("The context ended, and Serve returned the error %q, not nil.", err)
		}
	})
}

// TestEndAndClientAtOnce: a client that is accepted just when the context ends is served.
//
//interleave:points 2
func TestEndAndClientAtOnce(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		s := street.Open(t, exercise.Serve, hello)
		client := s.Visit() // it has been accepted
		s.End()
		if got, err := client.Say("Ada"); got != "Hello, Ada!\n" {
			t.Fatalf("The context ended just when a client came, which was accepted and got no answer but %q, error %v.", got, err)
		}
		_ = s.Close()
	})
}

// TestAcceptFails: an error of accept is returned, once those who are there are served.
//
//interleave:points 2
func TestAcceptFails(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		broken := errors.New("the network is down")
		s := street.Open(t, exercise.Serve, hello)
		client := s.Visit()
		s.Fail(broken)
		time.Sleep(time.Hour)
		if got, err := client.Say("Ada"); got != "Hello, Ada!\n" {
			t.Fatalf("A call of accept failed, and a client that was there was not served. It got %q, error %v.", got, err)
		}
		time.Sleep(time.Hour) // until it has returned, while ctx has not ended
		if err := s.Close(); !errors.Is(err, broken) {
			t.Errorf("A call of accept failed with %q, and Serve returned %v.", broken, err)
		}
	})
}
