package schedule_test

import (
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

var told = regexp.MustCompile(`order: .*`)

// tellsItsOrder reports whether a program is one of orders, which are no mistakes.
func tellsItsOrder(p program) bool { return strings.HasPrefix(p.name, "orders.") }

// order runs a program of orders under one schedule.
func order(t *testing.T, name string, seed int) string {
	t.Helper()
	out, _ := exec.CommandContext(t.Context(), all(t).binary, "-first", fmt.Sprint(seed), name).CombinedOutput()
	if order := told.FindString(string(out)); order != "" {
		return order
	}
	t.Fatalf("%s, seed %d, tells no order:\n%s", name, seed, out)
	return ""
}

// TestTheSeedChoosesOrders is about what Go leaves open and chooses anew in each process.
func TestTheSeedChoosesOrders(t *testing.T) {
	const seeds, replays = 12, 2
	for _, p := range all(t).programs {
		if !tellsItsOrder(p) {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			orders := map[string]int{}
			for seed := range seeds {
				first := order(t, p.name, seed)
				orders[first]++
				for range replays {
					if again := order(t, p.name, seed); again != first {
						t.Fatalf("seed %d: %s, and in a replay %s", seed, first, again)
					}
				}
			}
			t.Logf("%d orders under %d seeds", len(orders), seeds)
			if len(orders) < 4 {
				t.Errorf("too few: %v", orders)
			}
		})
	}
}
