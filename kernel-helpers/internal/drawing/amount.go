package drawing

import (
	"math"
	"strings"
	"time"
)

// Amount is how much of something there is, with its name.
type Amount struct {
	Label  string
	Value  float64 // nanoseconds, or in unit
	IsTime bool
	Unit   string // may be ""
}

// TimeOf is how long something took.
func TimeOf(label string, d time.Duration) Amount {
	return Amount{Label: label, Value: float64(d), IsTime: true}
}

// String is the amount as charts show it, with three significant digits.
func (a Amount) String() string {
	switch {
	case !IsNumber(a.Value):
		return "no value"
	case a.IsTime:
		return FormatDuration(time.Duration(a.Value))
	}
	return strings.TrimSpace(FormatNumber(a.Value) + " " + a.Unit)
}

// IsNumber reports whether v can be drawn: the length of an axis must be a number
// too.
func IsNumber(v float64) bool { return math.Abs(v) < math.MaxFloat64/4 }
