package sandbox

import "testing"

func TestEachTierHolds(t *testing.T) {
	for _, tier := range []Tier{Namespaces, Landlock} {
		t.Run(string(tier), func(t *testing.T) {
			if _, err := Choose(t.Context(), tier); err != nil {
				t.Error(err)
			}
		})
	}
}
