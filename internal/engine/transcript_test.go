package engine

import (
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/wire"
)

func TestAPassNeedsTheJudgesWordAndTestings(t *testing.T) {
	const (
		token    = "SECRET"
		said     = wire.Mark + token + `{"kind":"passed","test":"TestA"}` + "\n"
		pass     = "\x16--- PASS: TestA (0.00s)\n"
		fail     = "\x16--- FAIL: TestA (0.00s)\n"
		wantPass = "\x16=== RUN   TestA\n" + said + pass
	)
	for text, want := range map[string]bool{
		wantPass: true,
		"":       false,
		pass:     false, // printed by the program
		said:     false, // it ended before its cleanup had
		wire.Mark + `{"kind":"passed","test":"TestA"}` + "\n" + pass:      false,
		wire.Mark + `GUESS{"kind":"passed","test":"TestA"}` + "\n" + pass: false,
		pass + said + fail: false, // its cleanup failed
	} {
		end := readTranscript(text, token).ends["TestA"]
		if got := end != nil && end.passed; got != want {
			t.Errorf("%q passes: %v, want %v", text, got, want)
		}
	}
}
