package plot

import (
	"math"
	"strings"
	"testing"
	"time"
)

func TestBarsAreComparedWithTheFirst(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []Value
		want   string
	}{
		{"a faster one", []Value{Time("alone", 12*time.Second), Time("five", 3*time.Second), Time("ten", 4*time.Second)}, "five: 4.0 times as fast as alone."},
		{"a slower one", []Value{Time("alone", time.Second), Time("five", 3*time.Second)}, "alone is the faster; five takes 3.0 times as long."},
		{"two slower ones", []Value{Time("alone", time.Second), Time("five", 3*time.Second), Time("ten", 4*time.Second)}, "alone is the fastest; five takes 3.0 times as long."},
		{"about the same", []Value{Time("alone", 100), Time("five", 101)}, "five: about as fast as alone."},
		{"a larger number", []Value{Number("alone", 2, "pages/s"), Number("five", 250, "pages/s")}, "five: 125 times as much as alone."},
		{"a smaller number", []Value{Number("alone", 10, ""), Number("five", 4, "")}, "alone is the larger; five is 40% of it."},
		{"one bar", []Value{Time("alone", 1)}, ""},
		{"no bars", nil, ""},
		{"nothing to divide by", []Value{Number("none", 0, ""), Number("some", 4, "")}, ""},
		{"no number", []Value{Number("first", 1.0, ""), Number("broken", math.NaN(), ""), Number("good", 2.0, "")}, "good: 2.0 times as much as first."},
	} {
		if got := Bar("", c.values...).Subtitle; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestBarsTellTheirValuesInWords(t *testing.T) {
	got := Bar("Pages", Number("alone", 5, ""), Number("five", 2.5, ""), Number("many", 1234567, "")).Text
	want := "Pages: alone 5, five 2.5, many 1,234,567. many: 246,913 times as much as alone."
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestBarsOfDifferentUnitsAreAnError(t *testing.T) {
	for _, values := range [][]Value{
		{Time("a", 1), Number("b", 1, "s")},
		{Number("a", 1, "s"), Number("b", 1, "pages")},
	} {
		err := Bar("Mixed", values...).Show()
		if err == nil || !strings.Contains(err.Error(), `"a" and "b" have different units`) {
			t.Errorf("error %v, want one about units", err)
		}
	}
}
