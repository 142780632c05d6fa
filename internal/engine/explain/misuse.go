package explain

import "strings"

// misuse is a race that is about the order of two calls and not about memory.
type misuse struct {
	does [2]string // what each of the two does
	says string
}

// misuseOf returns what the two accesses of a race come to, nil if they are no more than
// accesses.
func misuseOf(touches []touch) *misuse {
	if len(touches) < 2 || touches[0].at == "" || touches[1].at == "" {
		return nil
	}
	if m := misuseInOrder(touches[0], touches[1]); m != nil {
		return m
	}
	m := misuseInOrder(touches[1], touches[0])
	if m != nil {
		m.does[0], m.does[1] = m.does[1], m.does[0]
	}
	return m
}

func misuseInOrder(ends, goesOn touch) *misuse {
	switch {
	case ends.does == "runtime.closechan" && strings.HasPrefix(goesOn.does, "runtime.chansend"):
		return &misuse{[2]string{"closes", "sends"}, "A channel is closed at " + ends.at +
			", and nothing says that this comes after what another goroutine sends on it, at " + goesOn.at +
			". Close it when all that send have come to their end."}
	// A WaitGroup tells the detector so that its first Add has to come before Wait.
	case ends.kind == "writes" && goesOn.kind == "reads" && strings.Contains(ends.at, ".Wait()") && strings.Contains(goesOn.at, ".Add("):
		return &misuse{[2]string{"waits", "adds"}, "A WaitGroup is waited for at " + ends.at +
			", and nothing says that this comes after the call at " + goesOn.at +
			", so it may not be waited for. Call Add before the go statement, or start the goroutine with the WaitGroup's Go."}
	}
	return nil
}
