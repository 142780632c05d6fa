//go:build linux

package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// shut makes a folder for temporary ones below one that only its owner may enter.
func shut(t *testing.T) (inner string) {
	t.Helper()
	outer := filepath.Join(t.TempDir(), "shut")
	inner = filepath.Join(outer, "temporary")
	if err := os.MkdirAll(inner, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", inner)
	return inner
}

// Root's temporary folder may be where only root gets to, and its programs' users
// get to theirs all the same.
func TestEachTierHoldsBelowAFolderThatIsShut(t *testing.T) {
	shut(t)
	for _, tier := range []Tier{Namespaces, Landlock} {
		t.Run(string(tier), func(t *testing.T) {
			needs(t, tier)
			if _, err := Choose(t.Context(), tier); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// HOME, PWD and TMPDIR lead each program to its folder, by a way that it can go.
func TestAProgramFindsItsFolderByName(t *testing.T) {
	probe, _, dir := prepared(t)
	for _, tier := range []Tier{Namespaces, Landlock, None} {
		t.Run(string(tier), func(t *testing.T) {
			needs(t, tier)
			box := &Box{Tier: tier, root: tier != None && changesOwners(dir)}
			own := filepath.Join(dir, string(tier))
			if err := os.Mkdir(own, 0o700); err != nil {
				t.Fatal(err)
			}
			cmd, err := box.Command(Limits{CPU: 5 * time.Second, MemoryMB: 256, DiskMB: 1}, own, probe, "folder")
			if err != nil {
				t.Fatal(err)
			}
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			if string(out) != "null\n" && string(out) != "[]\n" {
				t.Errorf("%s", out)
			}
			for _, name := range []string{"HOME", "PWD", "TMPDIR"} {
				if text, err := os.ReadFile(filepath.Join(own, name)); err != nil || string(text) != name {
					t.Errorf("it wrote %q as %s, error %v", text, name, err)
				}
			}
		})
	}
}

// For a user that root's programs become, the self-test's targets must be open, too:
// a folder above that lets nobody through would hide what a tier does not hold.
func TestTheSelfTestNoticesWhatIsOpenToAnotherUser(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can be another user")
	}
	probe, targets, dir := preparedIn(t, shut(t))
	own := filepath.Join(dir, "own")
	if err := os.Mkdir(own, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(own, firstUser, firstUser); err != nil {
		t.Fatal(err)
	}
	program, err := os.Open(probe)
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	// Which gets into the folder before it is another, unlike Go's own Credential.
	cmd := exec.Command("setpriv", fmt.Sprint("--reuid=", firstUser), fmt.Sprint("--regid=", firstUser), "--clear-groups", "/proc/self/fd/3", "bounds", targets)
	if cmd.Err != nil {
		t.Skip(cmd.Err)
	}
	cmd.Dir, cmd.ExtraFiles = own, []*os.File{program}
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, what := range []string{
		"it can read files of others", "it can list folders of others", "it can write into folders of others", "it can change files of others",
		"it can remove files of others", "it reaches sockets of others",
	} {
		if !slices.Contains(found, what) {
			t.Errorf("outside of any sandbox it was not found that %s", what)
		}
	}
}
