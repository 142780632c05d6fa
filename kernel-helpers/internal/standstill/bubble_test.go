package standstill

import (
	"testing"
	"testing/synctest"
)

func TestBubble(t *testing.T) {
	if InBubble() {
		t.Error("in none")
	}
	synctest.Test(t, func(t *testing.T) {
		if !InBubble() {
			t.Error("in one")
		}
	})
}
