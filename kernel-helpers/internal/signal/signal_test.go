package signal_test

import (
	"sync"
	"testing"
	"testing/synctest"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/signal"
)

func TestSignalIsSentToAllWhoWaitAndWillWait(t *testing.T) {
	for _, early := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			var s signal.Signal
			var wg sync.WaitGroup
			if early {
				for range 3 {
					wg.Go(func() { <-s.Channel() })
				}
				synctest.Wait()
			}
			if s.Sent() {
				t.Error("sent before it was")
			}
			s.Send()
			wg.Wait()
			if !s.Sent() {
				t.Error("not sent")
			}
			<-s.Channel()
		})
	}
}

func TestChannelBesideSend(t *testing.T) {
	for range 1000 {
		var s signal.Signal
		var wg sync.WaitGroup
		value := 0
		for range 2 {
			wg.Go(func() {
				if <-s.Channel(); value != 7 {
					t.Error("what was before the signal is not seen after it")
				}
			})
		}
		value = 7
		s.Send()
		wg.Wait()
	}
}
