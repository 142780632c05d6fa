package sandbox

import (
	"github.com/landlock-lsm/go-landlock/landlock"
)

// restrictFiles leaves the program its folder, itself, and what it is loaded from.
// What a kernel is too old to restrict, the self-test finds.
func (p plan) restrictFiles() error {
	files := []string{p.Program}
	for _, n := range p.Needs {
		files = append(files, n.File)
	}
	rules := []landlock.Rule{
		landlock.RWDirs(p.Dir),
		landlock.ROFiles(files...),
		// Its own, where the race detector reads its options; of other processes' the
		// system shows what anybody may see.
		landlock.RODirs("/proc"),
		landlock.RWFiles("/dev/null"),
		landlock.ROFiles("/dev/urandom", "/dev/zero").IgnoreIfMissing(),
	}
	return landlock.V11.BestEffort().Restrict(rules...)
}
