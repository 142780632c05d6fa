package timeline

import (
	"testing"
	"time"
)

func TestTheChainIsToldWhereItTeaches(t *testing.T) {
	lane := func(name string, kind Kind, parts ...any) Lane {
		return Lane{Name: name, Kind: kind, Spans: spans(parts...)}
	}
	// steps makes a path of lanes and lengths in milliseconds; a text is the lock that
	// was handed over for the next.
	steps := func(parts ...any) (path []Step) {
		handed, at := "", 0
		for i := 0; i < len(parts); i++ {
			if text, is := parts[i].(string); is {
				handed = text
				continue
			}
			took := parts[i+1].(int)
			path = append(path, Step{Lane: parts[i].(int), Start: time.Duration(at) * ms, End: time.Duration(at+took) * ms, Handed: handed})
			at, handed = at+took, ""
			i++
		}
		return path
	}
	main := lane("main", Main, "all of wg", 100)
	short, long := lane("worker 1", Thread, Running, 30), lane("worker 2", Thread, Running, 98)
	for name, c := range map[string]struct {
		lanes []Lane
		path  []Step
		want  string
	}{
		"one outlasts the others": {[]Lane{main, short, long}, steps(0, 1, 2, 98, 0, 1), "The longest chain: main → worker 2."},
		"all take the same":       {[]Lane{main, long, long}, steps(0, 1, 2, 98, 0, 1), ""},
		"a lock is handed on":     {[]Lane{main, short, long}, steps(0, 1, 1, 49, "lock mu", 2, 49, 0, 1), "The longest chain: main → worker 1 → worker 2 (lock mu)."},
		"one after the other":     {[]Lane{main, short, long}, steps(0, 1, 1, 49, 0, 1, 2, 49), ""},
		"main does it all":        {[]Lane{main, short}, steps(0, 100), ""},
		"not drawn":               {[]Lane{main, short, long}, steps(0, 1, NoLane, 99), ""},
		"too long to tell":        {[]Lane{main, short, long}, steps(0, 10, 1, 10, 2, 10, 1, 10, 2, 10, 1, 50), ""},
	} {
		t.Run(name, func(t *testing.T) {
			rec := recording(100, c.lanes...)
			rec.path = c.path
			if drawn := len(rec.drawing("").Path) > 0; drawn != (c.want != "" || name == "too long to tell") {
				t.Errorf("drawn is %v", drawn)
			}
			if got := rec.tellChain(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
