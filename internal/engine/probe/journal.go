package probe

import "sync"

// Journal keeps what calls note, in the order in which they do. Like a Load it
// makes no order between them, so it hides no race.
type Journal[T any] struct {
	mu    sync.Mutex // protects what follows; the race detector does not see it
	notes []T        // made ahead: append would be seen
	total int
}

// NewJournal returns a journal that keeps the first most notes.
func NewJournal[T any](most int) *Journal[T] { return &Journal[T]{notes: make([]T, most)} }

// Note adds an entry. When the journal is full, it is only counted.
//
//go:norace
func (j *Journal[T]) Note(entry T) {
	lockUnseen(&j.mu)
	if j.total < len(j.notes) {
		j.notes[j.total] = entry
	}
	j.total++
	unlockUnseen(&j.mu)
}

// Notes returns the entries that were kept.
//
//go:norace
func (j *Journal[T]) Notes() []T {
	lockUnseen(&j.mu)
	defer unlockUnseen(&j.mu)
	return j.notes[:min(j.total, len(j.notes))]
}

// Total returns how many entries were noted.
//
//go:norace
func (j *Journal[T]) Total() int {
	lockUnseen(&j.mu)
	defer unlockUnseen(&j.mu)
	return j.total
}
