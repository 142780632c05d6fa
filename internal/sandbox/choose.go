package sandbox

import (
	"context"
	"errors"
	"fmt"
)

// Choose returns a box of the tier that was asked for, or of the strongest that
// holds on this machine if want is empty. It first tries each bound on a program of
// its own, which takes a tenth of a second: keep what it returns.
//
// Never is a tier taken that does not hold, nor None unless it is asked for. The
// error then says what does not hold, and what to do.
func Choose(ctx context.Context, want Tier) (*Box, error) {
	if want == None {
		return &Box{Tier: None}, nil
	}
	tiers := []Tier{Namespaces, Landlock}
	if want != "" {
		tiers = []Tier{want}
	}
	var complaint error
	for _, tier := range tiers {
		box, err := try(ctx, tier)
		if err == nil {
			return box, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		complaint = errors.Join(complaint, fmt.Errorf("%s: %w", tier, err))
	}
	return nil, &Unheld{complaint}
}

// Unheld says why no tier holds.
type Unheld struct{ why error }

func (e *Unheld) Error() string {
	return fmt.Sprintf("no sandbox holds here, so the program was not run.\n%s\n"+
		"To run it all the same, with bounds on time and memory alone, ask for that: --sandbox none, or %s=none in the environment.", e.why, Variable)
}

func (e *Unheld) Unwrap() error { return e.why }
