package schedule

import "time"

const (
	// longest is how long a goroutine is held back at most, unless the plan says otherwise.
	longest = 2 * time.Second
	// shortest sleeps are long enough to differ from one another: whoever wakes at the
	// same instant as another goes on in an order that is nobody's choice.
	shortest = 1 << 15 // nanoseconds
)

// mix is a hash of 64 bits (the finalizer of splitmix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// share is a number from 0 to 1 out of a hash.
func share(x uint64) float64 { return float64(x>>11) / (1 << 53) }

// temper is how often a goroutine is held back. Half of the schedules treat all
// goroutines alike; in the other half some are slow and some are not, which finds
// what needs one that lags far behind.
//
//go:norace
func temper(seed uint64, goroutine int32) float64 {
	if seed == 0 {
		return 0
	}
	if seed%2 == 1 {
		return 0.3
	}
	switch mix(seed^mix(uint64(goroutine))) % 4 {
	case 0:
		return 0.9
	case 1:
		return 0.3
	}
	return 0.05
}
