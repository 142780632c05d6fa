package timeline_test

import (
	"strings"
	"testing"
	"time"
)

func TestLiveDrawsMeanwhileAndEndsAsShowDoes(t *testing.T) {
	t.Parallel()
	began := time.Now()
	out, err, status := run(t, "live")
	if status != 0 || err != "" {
		t.Errorf("exit status %d, errors: %s", status, err)
	}
	pictures := strings.Split(strings.TrimSpace(out), "\n")
	if most := int(time.Since(began)/(50*time.Millisecond)) + 2; len(pictures) < 3 || len(pictures) > most {
		t.Errorf("%d pictures, want 3 to %d", len(pictures), most)
	}
	for i, text := range pictures {
		last := i == len(pictures)-1
		if strings.HasPrefix(text, "Still running. ") == last {
			t.Errorf("picture %d of %d says: %s", i+1, len(pictures), text)
		}
		if last && !strings.HasPrefix(text, "3 workers slept 3.") {
			t.Errorf("the last picture says: %s", text)
		}
	}
	if middle := pictures[len(pictures)/2]; !strings.Contains(middle, "workers slept") {
		t.Errorf("a picture in between says: %s", middle)
	}
}

func TestDeadlockOfALiveRecordingIsFound(t *testing.T) {
	t.Parallel()
	out, err, status := run(t, "live deadlock")
	if status != 2 {
		t.Errorf("exit status %d, want Go's own 2", status)
	}
	contains(t, out, "Still running", "Nothing can run any more: main waits for a value from done")
	contains(t, err, "Nothing can run any more:\n  main waits for a value from done", "all goroutines are asleep - deadlock!")
}

func TestPanicInALiveRecordingIsItsLastPicture(t *testing.T) {
	t.Parallel()
	out, err, status := run(t, "live panic")
	contains(t, out, "Still running", "The function did not return; this is until then. main slept ")
	contains(t, err, "panic: boom\n")
	if status != 2 {
		t.Errorf("exit status %d", status)
	}
}
