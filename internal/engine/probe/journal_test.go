package probe

import (
	"slices"
	"testing"
)

func TestJournalKeepsTheOrderOfCalls(t *testing.T) {
	j := NewJournal[string](3)
	for _, word := range []string{"one", "two", "three", "four"} {
		done := make(chan bool)
		go func() {
			j.Note(word)
			close(done)
		}()
		<-done
	}
	if got := j.Notes(); !slices.Equal(got, []string{"one", "two", "three"}) || j.Total() != 4 {
		t.Errorf("%q of %d", got, j.Total())
	}
}
