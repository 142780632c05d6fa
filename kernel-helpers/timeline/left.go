package timeline

import "fmt"

// tellLeft says who was still under way when the recorded function returned. Else it
// returns "".
func (r *Recording) tellLeft() string {
	if r.note != "" || len(r.lanes) == 0 {
		return "" // it is not whole
	}
	var left []int
	for i := range r.lanes {
		if r.leftBehind(&r.lanes[i]) {
			left = append(left, i)
		}
	}
	switch len(left) {
	case 0:
		return ""
	case 1:
		return r.who(left) + " was still under way when the function returned, which did not wait for it. "
	}
	return fmt.Sprintf("%s were still under way when the function returned, which did not wait for them. ", r.who(left))
}

// leftBehind reports whether main did not wait for a lane's end. One that has just
// said that it is done, and then has a few more steps to its end, was waited for.
func (r *Recording) leftBehind(l *Lane) bool {
	if !l.outlives || l.Kind != Thread || len(l.Spans) == 0 {
		return false
	}
	switch last := l.Spans[len(l.Spans)-1]; last.State {
	case Running, Ready:
		return l.total(in(Running)) == 0 || !r.lanes[0].waitedSince(l)
	default:
		return last.For != "something to do" // a pool's worker
	}
}

// waitedSince reports whether the lane waited for any other after one began.
func (l *Lane) waitedSince(began *Lane) bool {
	for _, s := range l.Spans {
		if s.State.heldUp() && s.End > began.Start {
			return true
		}
	}
	return false
}
