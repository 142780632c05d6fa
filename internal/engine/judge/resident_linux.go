package judge

import (
	"os"
	"strconv"
	"strings"
)

// residentMB is how much memory this process holds now.
func residentMB() int {
	text, err := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(text))
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.Atoi(fields[1])
	return pages * os.Getpagesize() >> 20
}
