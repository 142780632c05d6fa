// Package hidden holds the hidden checks of greeting-server.
package hidden

import (
	"fmt"
	"testing"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/greeting-server"
	"github.com/interleave-lab/interleave/exercises/greeting-server/checks/street"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

func echo(name string) string { return name }

// TestManyClients: each of many clients gets its own greeting.
//
//interleave:points 2
func TestManyClients(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const clients = 20
		s := street.Open(t, exercise.Serve, echo)
		wrong := make(chan string)
		for i := range clients {
			go func() {
				name := fmt.Sprint("client ", i)
				got, err := s.Visit().Say(name)
				if got != name+"\n" {
					wrong <- fmt.Sprintf("A client that says %q was answered %q, error %v.", name, got, err)
					return
				}
				wrong <- ""
			}()
		}
		for range clients {
			if what := <-wrong; what != "" {
				t.Error(what)
			}
		}
		_ = s.Close()
	})
}

// TestNobodyCame: a server without a client ends when it is told to.
func TestNobodyCame(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		s := street.Open(t, exercise.Serve, echo)
		if err := s.Close(); err != nil {
			t.Errorf("Nobody came, and Serve returned the error %q.", err)
		}
	})
}

// TestGoneAtTheEnd: clients that go away while the server ends do not keep it.
//
//interleave:points 2
func TestGoneAtTheEnd(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		s := street.Open(t, exercise.Serve, echo)
		one, other := s.Visit(), s.Visit()
		s.End()
		one.GoAway()
		time.Sleep(time.Minute)
		other.GoAway()
		if err := s.Close(); err != nil {
			t.Errorf("Clients went away, and Serve returned the error %q.", err)
		}
	})
}
