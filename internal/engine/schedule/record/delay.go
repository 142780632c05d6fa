package record

import (
	"fmt"
	"strings"
)

// Delay is one of the long sleeps of a run.
type Delay struct {
	Goroutine int32  `json:"goroutine"` // in the order of their first Points
	Point     uint64 `json:"point"`     // of this goroutine, from 1
}

// FormatDelays writes delays as ParseDelays reads them: "0:3,2:7".
func FormatDelays(delays []Delay) string {
	words := make([]string, len(delays))
	for i, d := range delays {
		words[i] = fmt.Sprintf("%d:%d", d.Goroutine, d.Point)
	}
	return strings.Join(words, ",")
}

// ParseDelays reads what FormatDelays wrote. None are an empty list, not nil.
func ParseDelays(text string) ([]Delay, error) {
	delays := []Delay{}
	if text == "" {
		return delays, nil
	}
	for word := range strings.SplitSeq(text, ",") {
		var d Delay
		if _, err := fmt.Sscanf(word, "%d:%d", &d.Goroutine, &d.Point); err != nil {
			return nil, fmt.Errorf("%q is no delay; one is GOROUTINE:POINT", word)
		}
		delays = append(delays, d)
	}
	return delays, nil
}
