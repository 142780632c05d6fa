package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine"
)

// Tally counts verdicts, the most frequent first: "3 passed, 1 race".
func Tally(rows []Row) string {
	count := map[engine.Verdict]int{}
	var verdicts []engine.Verdict
	for _, row := range rows {
		if count[row.Verdict]++; count[row.Verdict] == 1 {
			verdicts = append(verdicts, row.Verdict)
		}
	}
	slices.SortStableFunc(verdicts, func(a, b engine.Verdict) int { return count[b] - count[a] })
	parts := make([]string, len(verdicts))
	for i, v := range verdicts {
		parts[i] = fmt.Sprintf("%d %s", count[v], v)
	}
	return strings.Join(parts, ", ")
}
