package engine

import "testing"

// Whoever brings a check to go wrong must not get rid of a cap by it.
func TestAGradersFaultLiftsNoCap(t *testing.T) {
	caps := map[string]float64{"race": 0.5}
	r := &Report{MaxPoints: 10, Checks: []Result{
		{Verdict: Passed, MaxPoints: 8}, {Verdict: Race, MaxPoints: 1}, {Verdict: GraderFault, MaxPoints: 1, Sentence: "It adds", Message: "It broke."}}}
	if r.conclude(caps); r.Verdict != GraderFault || r.Points != 5 || r.Message != "It adds: It broke." {
		t.Errorf("%s, %v points: %s", r.Verdict, r.Points, r.Message)
	}
	r.Checks = append(r.Checks[:1], r.Checks[2])
	if r.conclude(caps); r.Verdict != GraderFault || r.Points != 8 {
		t.Errorf("without a race %s, %v points", r.Verdict, r.Points)
	}
}
