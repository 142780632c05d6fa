package timeline

import (
	"fmt"
	"slices"
	"testing"

	"golang.org/x/exp/trace"
)

// told makes the lock that three goroutines, a, b and c, tell of: "a+" gets it, "a*"
// gets it alone, "a-" gives it up, one word every 10 µs; "." is a word of nobody's.
func told(l *lock, words ...string) []string {
	names := []string{"a", "b", "c"}
	b := &builder{rec: &Recording{}, lanes: map[*goroutine]int{}, end: trace.Time(10_000 * len(words))}
	who := map[byte]*goroutine{}
	for i, name := range names {
		g := &goroutine{}
		who[name[0]] = g
		b.lanes[g] = i
		b.rec.lanes = append(b.rec.lanes, Lane{Name: name})
	}
	for i, word := range words {
		at := trace.Time(10_000 * i)
		switch word[len(word)-1] {
		case '+':
			l.got(who[word[0]], !l.shared, at)
		case '*':
			l.got(who[word[0]], true, at)
		case '-':
			l.released(who[word[0]], at)
		}
	}
	var spans []string
	for _, s := range b.heldSpans(l, b.end) {
		spans = append(spans, fmt.Sprint(s.Start.Microseconds()/10, "-", s.End.Microseconds()/10, " ", s.For))
	}
	return spans
}

func TestWhoHoldsALock(t *testing.T) {
	mutex := func() *lock { return &lock{kind: "lock"} }
	rw := func() *lock { return &lock{kind: "lock", shared: true} }
	slots := func() *lock { return &lock{kind: "semaphore", shared: true, permits: 2} }
	signal := func() *lock { return &lock{kind: "semaphore", shared: true} }
	for name, c := range map[string]struct {
		lock  *lock
		words []string
		want  []string
	}{
		"one after the other":     {mutex(), []string{"a+", "a-", "b+", "b-"}, []string{"0-1 a", "2-3 b"}},
		"to the end":              {mutex(), []string{".", "a+", "."}, []string{"1-3 a"}},
		"another unlocks":         {mutex(), []string{"a+", "b-", "."}, []string{"0-1 a"}},
		"readers come and go":     {rw(), []string{"a+", "b+", "a-", "b-"}, []string{"0-1 a", "1-2 2 readers: a, b", "2-3 b"}},
		"a writer after a reader": {rw(), []string{"a+", "a-", "b*", "b-", "c+"}, []string{"0-1 a", "2-3 b", "4-5 c"}},
		"a writer's word is early": {
			rw(), []string{"a+", "b+", "c*", "c-"}, []string{"0-1 a", "1-2 2 readers: a, b", "2-3 c"},
		},
		"a reader's word is early": {rw(), []string{"a*", "b+", "b-"}, []string{"0-1 a", "1-2 b"}},
		"permits":                  {slots(), []string{"a+", "b+", "a-", "c+", "c-", "b-"}, []string{"0-1 1 of 2: a", "1-2 2 of 2: a, b", "2-3 1 of 2: b", "3-4 2 of 2: b, c", "4-5 1 of 2: b"}},
		"one permit too many":      {slots(), []string{"a+", "b+", "c+"}, []string{"0-1 1 of 2: a", "1-2 2 of 2: a, b", "2-3 2 of 2: b, c"}},
		"the same one twice":       {slots(), []string{"a+", "a+", "a-", "a-"}, []string{"0-1 1 of 2: a", "1-2 2 of 2: a, a", "2-3 1 of 2: a"}},
		"another releases":         {signal(), []string{"a+", "b+", "c-", "c-"}, []string{"0-1 a", "1-2 2: a, b", "2-3 b"}},
		"nobody holds it":          {signal(), []string{"a-", "b-"}, nil},
	} {
		if got := told(c.lock, c.words...); !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

func TestALateWordEndsNobodyElsesHold(t *testing.T) {
	l := &lock{kind: "lock"}
	a, b := &goroutine{}, &goroutine{}
	l.got(a, true, 0)
	l.got(b, true, 10*coarse)
	l.released(a, 10*coarse+coarse/2) // within the error of the clock
	if end := l.holds[1].end; end != 0 {
		t.Errorf("b's hold ended at %d", end)
	}
}
