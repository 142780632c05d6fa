//go:build linux

package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/report"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

// somebody is a user who runs the command, in a folder of their own.
type somebody struct {
	home       string
	attributes *syscall.SysProcAttr // nil: whoever runs the tests
}

// Learners are users without rights, and containers run everything as root: both
// check and grade in each tier that the system lets them have.
func TestEachUserChecksAndGradesInEachTier(t *testing.T) {
	for name, who := range map[string]func(*testing.T) somebody{"whoever runs the tests": oneself, "a user without rights": anotherUser} {
		t.Run(name, func(t *testing.T) {
			user := who(t)
			for _, tier := range []sandbox.Tier{sandbox.Namespaces, sandbox.Landlock, sandbox.None} {
				t.Run(string(tier), func(t *testing.T) { user.checksAndGrades(t, tier) })
			}
		})
	}
}

// oneself has a temporary folder below one that nobody else may enter.
func oneself(t *testing.T) somebody { return somebody{home: t.TempDir()} }

// anotherUser reads the clone and Go's caches, though they be root's alone, and
// changes nothing outside of home.
func anotherUser(t *testing.T) somebody {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can be another user")
	}
	const id = 1000
	home, err := os.MkdirTemp("", "interleave-home-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	user := somebody{home, &syscall.SysProcAttr{
		Credential: &syscall.Credential{Uid: id, Gid: id}, AmbientCaps: []uintptr{unix.CAP_DAC_READ_SEARCH},
	}}
	if err := os.Chown(home, id, id); err != nil {
		t.Skip("this root cannot give files to others: ", err)
	}
	if err := user.run(t, exec.Command("/bin/true")); err != nil {
		t.Skip("this root cannot let others read the clone: ", err)
	}
	return user
}

// run runs a command as the user, at home.
func (u somebody) run(t *testing.T, cmd *exec.Cmd) error {
	t.Helper()
	cmd.Env = append(os.Environ(), "HOME="+u.home, "TMPDIR="+u.home, "XDG_CACHE_HOME="+u.home, "XDG_CONFIG_HOME="+u.home, sandbox.Variable+"=")
	for _, name := range []string{"GOCACHE", "GOMODCACHE"} {
		value, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Env = append(cmd.Env, name+"="+strings.TrimSpace(string(value)))
	}
	cmd.SysProcAttr = u.attributes
	return cmd.Run()
}

func (u somebody) checksAndGrades(t *testing.T, tier sandbox.Tier) {
	if tier != sandbox.None {
		if _, err := sandbox.Choose(t.Context(), tier); err != nil {
			t.Skip(err)
		}
	}
	if tier == sandbox.Namespaces {
		if err := u.run(t, exec.Command("unshare", "--user", "--map-root-user", "--mount", "--pid", "--fork", "--mount-proc", "true")); err != nil {
			t.Skip("the system lets this user have no namespaces: ", err)
		}
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("INTERLEAVE_ROOT", root)
	right, err := os.ReadFile(filepath.Join(root, "solutions/page-downloader/solution.go"))
	if err != nil {
		t.Fatal(err)
	}
	handed := filepath.Join(u.home, string(tier))
	answer := filepath.Join(handed, "page-downloader.go")
	if err := os.Mkdir(handed, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(answer, right, 0o644); err != nil {
		t.Fatal(err)
	}

	var checked struct{ Reports []engine.Report }
	u.asks(t, &checked, "check", "page-downloader", "--program", answer, "--json", "--sandbox", string(tier))
	if len(checked.Reports) != 1 || checked.Reports[0].Verdict != engine.Passed || checked.Reports[0].Sandbox != string(tier) {
		t.Errorf("checked: %+v", checked)
	}
	var graded struct{ Results []report.Row }
	u.asks(t, &graded, "grade", handed, "--out", filepath.Join(u.home, fmt.Sprint("grades-", tier)), "--json", "--sandbox", string(tier))
	if len(graded.Results) != 1 || graded.Results[0].Verdict != engine.Passed || graded.Results[0].Report.Sandbox != string(tier) {
		t.Errorf("graded: %+v", graded)
	}
}

// asks runs interleave, which must have nothing to complain about, for its JSON.
func (u somebody) asks(t *testing.T, answer any, arguments ...string) {
	t.Helper()
	cmd := interleave(t, arguments...)
	cmd.Path = "/proc/self/exe" // wherever it stands
	var out, said strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := u.run(t, cmd); err != nil {
		t.Fatalf("interleave %s: %v\n%s%s", strings.Join(arguments, " "), err, &said, &out)
	}
	if err := json.Unmarshal([]byte(out.String()), answer); err != nil {
		t.Fatalf("%v: %s", err, &out)
	}
}
