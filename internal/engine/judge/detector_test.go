package judge

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Run with this variable, the test below prints what is amiss.
const sayWhatIsAmiss = "JUDGE_TEST_SAY_WHAT_IS_AMISS"

func TestNothingIsJudgedWithoutTheRaceDetector(t *testing.T) {
	if os.Getenv(sayWhatIsAmiss) != "" {
		os.Stdout.WriteString("amiss: " + undetected() + "\n")
		return
	}
	complete := "GORACE=halt_on_error=1 exitcode=66 log_path=race"
	for _, c := range []struct{ gorace, want string }{
		{complete, ""},
		{"GORACE=halt_on_error=1", "exitcode="},
		{"GORACE=", "halt_on_error="},
	} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestNothingIsJudgedWithoutTheRaceDetector$")
		cmd.Env = append(os.Environ(), c.gorace, sayWhatIsAmiss+"=1")
		cmd.Dir = t.TempDir()
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		_, said, _ := strings.Cut(string(out), "amiss: ")
		said, _, _ = strings.Cut(said, "\n")
		if !raceDetector {
			c.want = "without the race detector"
		}
		if !strings.Contains(said, c.want) || c.want == "" && said != "" {
			t.Errorf("with %s it says %q, want %q", c.gorace, said, c.want)
		}
	}
}
