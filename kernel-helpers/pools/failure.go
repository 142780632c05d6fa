package pools

import (
	"cmp"
	"fmt"
	"slices"
)

// ItemError is the error of one item of [Pool.Map].
type ItemError struct {
	Item int // its index
	Err  error
}

// Error says which item failed, and why.
func (e *ItemError) Error() string { return fmt.Sprintf("item %d: %v", e.Item, e.Err) }

// Unwrap returns why the item failed.
func (e *ItemError) Unwrap() error { return e.Err }

// MapError is the error of [Pool.Map] and [Pool.Each] if items failed. With
// errors.Is and errors.As one finds the error of any of them.
type MapError struct {
	Items  int          // how many there were
	Failed []*ItemError // in their order; at least one
}

// Error says how many items failed, and why the first did.
func (e *MapError) Error() string {
	if len(e.Failed) == 1 {
		return e.Failed[0].Error()
	}
	return fmt.Sprintf("%d of %d items failed, first %v", len(e.Failed), e.Items, e.Failed[0])
}

// Unwrap returns all that failed.
func (e *MapError) Unwrap() []error {
	errs := make([]error, len(e.Failed))
	for i, failed := range e.Failed {
		errs[i] = failed
	}
	return errs
}

// failure returns the error of a mapping that has ended.
func (m *mapping[A, R]) failure() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.stopped != nil {
		return m.stopped
	}
	if len(m.failed) == 0 {
		return nil
	}
	slices.SortFunc(m.failed, func(a, b *ItemError) int { return cmp.Compare(a.Item, b.Item) })
	return &MapError{len(m.items), m.failed}
}
