package drawing

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// FormatDuration writes d as a person would: three significant digits and one
// unit, such as "12.3 ms" or "1.20 s", and from a minute on the two largest of
// days, hours, minutes and seconds, such as "2 min 5 s" or "1 h".
func FormatDuration(d time.Duration) string {
	if d < 0 {
		return "-" + FormatDuration(max(-d, 0))
	}
	switch {
	case d == 0:
		return "0 s"
	case d < time.Microsecond:
		return strconv.Itoa(int(d)) + " ns"
	case d < 999500*time.Nanosecond:
		return digits(float64(d)/float64(time.Microsecond)) + " µs"
	case d < 999500*time.Microsecond:
		return digits(float64(d)/float64(time.Millisecond)) + " ms"
	case d < time.Minute-50*time.Millisecond:
		return digits(d.Seconds()) + " s"
	}
	for _, r := range []struct{ below, to time.Duration }{{time.Hour, time.Second}, {day, time.Minute}} {
		if rounded := d.Round(r.to); rounded < r.below {
			return inUnits(rounded)
		}
	}
	return inUnits(d.Round(time.Hour))
}

const day = 24 * time.Hour

// inUnits writes d in days, hours, minutes and seconds, without those that are 0.
func inUnits(d time.Duration) string {
	var parts []string
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{day, "d"}, {time.Hour, "h"}, {time.Minute, "min"}} {
		if n := d / unit.size; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, unit.name))
			d -= n * unit.size
		}
	}
	if d > 0 {
		parts = append(parts, strconv.FormatFloat(d.Seconds(), 'f', -1, 64)+" s")
	}
	return strings.Join(parts, " ")
}

// digits writes x with three significant digits, and as a whole number with
// separators from 1,000 on.
func digits(x float64) string {
	switch size := math.Abs(x); {
	case size >= 1e15 || size != 0 && size < 0.001:
		return strconv.FormatFloat(x, 'g', 3, 64)
	case size >= 999.5:
		return GroupThousands(strconv.FormatFloat(x, 'f', 0, 64))
	case size >= 99.95:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case size >= 9.995:
		return strconv.FormatFloat(x, 'f', 1, 64)
	case size >= 0.9995 || size == 0:
		return strconv.FormatFloat(x, 'f', 2, 64)
	}
	return strconv.FormatFloat(x, 'g', 3, 64)
}

// FormatNumber writes x with at most three significant digits: "5", "2.5", "1,234".
func FormatNumber(x float64) string {
	figure := digits(x)
	if strings.Contains(figure, ".") && !strings.Contains(figure, "e") {
		figure = strings.TrimRight(strings.TrimRight(figure, "0"), ".") // a count is "5", not "5.00"
	}
	return figure
}

// GroupThousands puts commas into a whole number: 1,234,567.
func GroupThousands(number string) string {
	sign := ""
	if strings.HasPrefix(number, "-") {
		sign, number = "-", number[1:]
	}
	var b strings.Builder
	for i, digit := range number {
		if i > 0 && (len(number)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	return sign + b.String()
}

// CleanText makes s one line of valid text without control characters.
func CleanText(s string) string {
	if !strings.ContainsFunc(s, isUnprintable) && utf8.ValidString(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.Map(func(r rune) rune {
		if isUnprintable(r) {
			return ' '
		}
		return r
	}, s)
}

// isUnprintable reports whether r is a control character or one that XML
// forbids.
func isUnprintable(r rune) bool {
	return unicode.IsControl(r) || r == '\uFFFE' || r == '\uFFFF'
}

// elide shortens s to at most n characters by leaving out its middle, since the
// ends of names tell them apart: whole words, if one is left at either end
// ("goroutine 7: … DownloadAll"), else characters ("work…r 17").
func elide(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	if first, last := wholeWords(runes, n-3); first != "" {
		return first + " … " + last
	}
	tail := max(n-1, 0) / 2
	return string(runes[:max(n-1-tail, 0)]) + "…" + string(runes[len(runes)-tail:])
}

// wholeWords returns the last word and as many of the first as fit into n
// characters with it. Where the middle has no word, first is "".
func wholeWords(runes []rune, n int) (first, last string) {
	words := strings.Fields(string(runes))
	if len(words) < 3 {
		return "", ""
	}
	last = words[len(words)-1]
	for _, word := range words[:len(words)-1] {
		longer := strings.TrimSpace(first + " " + word)
		if utf8.RuneCountInString(longer)+utf8.RuneCountInString(last) > n {
			break
		}
		first = longer
	}
	return first, last
}
