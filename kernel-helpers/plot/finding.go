package plot

import (
	"fmt"
	"math"
	"strings"
)

// compare says how the best of some values stands to the first, the one that the
// others are measured against: the shortest time or the largest number.
func compare(values []Value) string {
	if len(values) < 2 {
		return ""
	}
	first, best := values[0], values[1]
	for _, v := range values[1:] {
		better := v.value > best.value
		if v.isTime {
			better = v.value < best.value
		}
		if isNumber(v.value) && (better || !isNumber(best.value)) {
			best = v
		}
	}
	for _, v := range []Value{first, best} {
		if !isNumber(v.value) || v.value <= 0 {
			return ""
		}
	}
	ratio, as := best.value/first.value, "as much as"
	if first.isTime {
		ratio, as = first.value/best.value, "as fast as"
	}
	switch {
	case ratio >= 1.05:
		return fmt.Sprintf("%s: %s times %s %s.", best.label, times(ratio), as, first.label)
	case ratio > 0.95:
		return fmt.Sprintf("%s: about %s %s.", best.label, as, first.label)
	case first.isTime:
		return fmt.Sprintf("%s is %s; %s takes %s times as long.", first.label, superlative("fast", len(values)), best.label, times(1/ratio))
	}
	return fmt.Sprintf("%s is %s; %s is %s of it.", first.label, superlative("large", len(values)), best.label, percent(ratio))
}

// superlative is "the faster" of two and "the fastest" of more.
func superlative(adjective string, of int) string {
	ending := "est"
	if of == 2 {
		ending = "er"
	}
	return "the " + strings.TrimSuffix(adjective, "e") + ending
}

// times writes a ratio with as many digits as mean something.
func times(ratio float64) string {
	if ratio < 10 {
		return fmt.Sprintf("%.1f", ratio)
	}
	return digits(math.Round(ratio))
}

// percent writes a share: "40%".
func percent(share float64) string { return fmt.Sprintf("%.0f%%", 100*share) }

// plural writes a count: "1 run", "12 runs".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return groupThousands(fmt.Sprint(n)) + " " + noun + "s"
}

// sentence tells a chart in words: its title, its data, and what they show.
func sentence(title, data, finding string) string {
	text := title
	if data != "" {
		text += ": " + data
	}
	if text != "" && !strings.ContainsAny(text[len(text)-1:], ".!?") {
		text += "."
	}
	return strings.TrimSpace(text + " " + finding)
}
