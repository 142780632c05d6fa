package drawing

import (
	"fmt"
	"math"
	"strings"
)

// Compare says how the best of some values stands to the first, the one that the
// others are measured against: the shortest time or the largest number.
func Compare(values []Amount) string {
	if len(values) < 2 {
		return ""
	}
	first, best := values[0], values[1]
	for _, v := range values[1:] {
		better := v.Value > best.Value
		if v.IsTime {
			better = v.Value < best.Value
		}
		if IsNumber(v.Value) && (better || !IsNumber(best.Value)) {
			best = v
		}
	}
	for _, v := range []Amount{first, best} {
		if !IsNumber(v.Value) || v.Value <= 0 {
			return ""
		}
	}
	ratio, as := best.Value/first.Value, "as much as"
	if first.IsTime {
		ratio, as = first.Value/best.Value, "as fast as"
	}
	switch {
	case ratio >= 1.05:
		return fmt.Sprintf("%s: %s times %s %s.", best.Label, Times(ratio), as, first.Label)
	case ratio > 0.95:
		return fmt.Sprintf("%s: about %s %s.", best.Label, as, first.Label)
	case first.IsTime:
		return fmt.Sprintf("%s is %s; %s takes %s times as long.", first.Label, Superlative("fast", len(values)), best.Label, Times(1/ratio))
	}
	return fmt.Sprintf("%s is %s; %s is %s of it.", first.Label, Superlative("large", len(values)), best.Label, Percent(ratio))
}

// Superlative is "the faster" of two and "the fastest" of more.
func Superlative(adjective string, of int) string {
	ending := "est"
	if of == 2 {
		ending = "er"
	}
	return "the " + strings.TrimSuffix(adjective, "e") + ending
}

// Times writes a ratio with as many digits as mean something.
func Times(ratio float64) string {
	if ratio < 10 {
		return fmt.Sprintf("%.1f", ratio)
	}
	return digits(math.Round(ratio))
}

// Percent writes a share: "40%".
func Percent(share float64) string { return fmt.Sprintf("%.0f%%", 100*share) }

// Plural writes a count: "1 run", "12 runs".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return GroupThousands(fmt.Sprint(n)) + " " + noun + "s"
}

// Sentence tells a chart in words: its title, its data, and what they show.
func Sentence(title, data, finding string) string {
	text := title
	if data != "" {
		text += ": " + data
	}
	if text != "" && !strings.ContainsAny(text[len(text)-1:], ".!?") {
		text += "."
	}
	return strings.TrimSpace(text + " " + finding)
}
