package schedule

import (
	"runtime"
	"unsafe"
)

// numberAt is where in the runtime's record of a goroutine its number stands; 0 if
// that is unknown. It differs between versions of Go, so it is looked for: it is the
// one place that holds the right number in the records of several goroutines.
var numberAt = findNumber()

func findNumber() uintptr {
	const (
		least  = 64  // what is before it is the stack and the like
		most   = 320 // records are larger
		sample = 8
	)
	places := make(map[uintptr]int)
	for range sample {
		found := make(chan []uintptr)
		go func() {
			var here []uintptr
			if g, number := getg(), printedNumber(); g != nil {
				for at := uintptr(least); at < most; at += 8 {
					if wordAt(g, at) == number {
						here = append(here, at)
					}
				}
			}
			found <- here
		}()
		for _, at := range <-found {
			places[at]++
		}
	}
	var only uintptr
	for at, n := range places {
		switch {
		case n < sample:
		case only != 0:
			return 0
		default:
			only = at
		}
	}
	return only
}

// renumber sees to it that goroutines which begin from now on, on the one processor that
// there is, have higher numbers than all that have begun: a processor has some in stock.
func renumber() {
	const stock = 16
	done := make(chan struct{})
	for range stock {
		go func() { done <- struct{}{} }()
	}
	for range stock {
		<-done
	}
}

//go:norace
//go:nocheckptr
func wordAt(g unsafe.Pointer, offset uintptr) uint64 { return *(*uint64)(unsafe.Add(g, offset)) }

// number is the runtime's number of the calling goroutine.
//
//go:norace
func number() uint64 {
	if numberAt != 0 {
		return wordAt(getg(), numberAt)
	}
	return printedNumber()
}

// printedNumber reads it off a stack, which takes microseconds.
//
//go:norace
func printedNumber() (number uint64) {
	var text [32]byte
	runtime.Stack(text[:], false)
	for _, c := range text[len("goroutine "):] {
		if c < '0' || c > '9' {
			break
		}
		number = 10*number + uint64(c-'0')
	}
	return number
}
