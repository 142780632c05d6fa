package schedule

import "runtime"

// stackText is room for a stack. It is guarded by the lock of the current run.
var stackText [32 << 10]byte

// maker reads off the caller's stack the number of the goroutine that started it, and
// whether it did so in a file whose path holds around; none holds "". A function's name
// would not tell: a check may have a copy of a small one of the program's. The number is
// 0 if the stack does not tell, as that of a timer's function.
//
//go:norace
func maker(around string) (number uint64, within bool) {
	n := runtime.Stack(stackText[:], false)
	const by, in = "\ncreated by ", " in goroutine "
	for at := n - len(by); at > 0; at-- {
		if !standsAt(at, n, by) {
			continue
		}
		for at += len(by); at < n; at++ { // the rest is the function and its line
			if standsAt(at, n, in) {
				number = numberFrom(at+len(in), n)
			}
			if around != "" && standsAt(at, n, around) {
				within = true
			}
		}
		return number, within
	}
	return 0, false
}

// standsAt reports whether a word stands at a place of the first n bytes of stackText.
//
//go:norace
func standsAt(at, n int, word string) bool {
	if at+len(word) > n {
		return false
	}
	for i := range len(word) {
		if stackText[at+i] != word[i] {
			return false
		}
	}
	return true
}

// numberFrom is the number that begins there.
//
//go:norace
func numberFrom(at, n int) (number uint64) {
	for ; at < n && stackText[at] >= '0' && stackText[at] <= '9'; at++ {
		number = 10*number + uint64(stackText[at]-'0')
	}
	return number
}

// find returns the goroutine with a number, if it has come to a Point and has an id, or
// nil. mu is held.
//
//go:norace
func (r *run) find(number uint64) *goroutine {
	for i := mix(number) % most; table[i].number != 0; i = (i + 1) % most {
		if g := &table[i]; g.number == number && g.id != newcomer {
			return g
		}
	}
	return nil
}
