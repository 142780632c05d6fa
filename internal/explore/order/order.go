// Package order is what interleave explore and the program that it explores say to
// each other, beside the events of package wire.
package order

import "time"

// Variable is the name of the environment variable that holds an Order.
const Variable = "INTERLEAVE_EXPLORE"

// Order is what this process is to do.
type Order struct {
	Subject      string
	First, Count uint64        // seeds
	Subtests     bool          // the subject calls t.Run: it runs as it is, and each subtest under the schedules
	Subtest      string        // this one alone; "": all
	Steps        int           // no further schedule begins after that many
	All          bool          // long sleeps are kept, else only those of Only
	Only         string        // as record.ParseDelays reads them
	Longest      time.Duration // for which a goroutine is held back; 0: as ever
	Record       bool          // in the file that is handed over
	CPU          time.Duration
	MemoryMB     int
}

// Kinds of events that the explorer understands beside those of package wire.
const (
	Begun   = "begun"   // a test or subtest, whose schedules follow
	Failed  = "failed"  // the testing.T was told so
	Skipped = "skipped" // by itself
	Outside = "outside" // it waits for something that virtual time does not wait for
)

// Returned stands in a program's output where its main has returned.
const Returned = "\x00main has returned\x00"
