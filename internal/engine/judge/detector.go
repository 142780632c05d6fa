package judge

import (
	"bytes"
	"os"
	"runtime"
	"strings"
)

// undetected says why races in this program would not be found, or "". Nothing may be
// judged then: a race also forges pointers, past all that the filter forbids.
func undetected() string {
	if !raceDetector {
		return "the program was built without the race detector"
	}
	if runtime.GOOS != "linux" {
		return options(os.Getenv("GORACE"))
	}
	// Where the detector itself reads it: without /proc it goes without, and says nothing.
	environment, err := os.ReadFile("/proc/self/environ")
	if err != nil {
		return "the race detector cannot read its options: " + err.Error()
	}
	for variable := range bytes.SplitSeq(environment, []byte{0}) {
		if value, ok := bytes.CutPrefix(variable, []byte("GORACE=")); ok {
			return options(string(value))
		}
	}
	return options("")
}

// options says what the race detector's options lack, or "".
func options(gorace string) string {
	for _, need := range []string{"halt_on_error=", "exitcode=", "log_path="} {
		if !strings.Contains(gorace, need) {
			return "the race detector was not told " + need + " in GORACE"
		}
	}
	return ""
}
