package wire

import "testing"

func TestWhatWasCalledIsReadWhenItsProcessHasEnded(t *testing.T) {
	for want, noted := range map[Called]Calls{
		Never: {}, Before: {1, 0, 0}, Now: {1, 1, 0}, Maybe: {1, 0, 1},
	} {
		file, notes := notes(t)
		*notes.Calls() = noted
		if got := ReadCalled(file); got != want {
			t.Errorf("%v says %d, want %d", noted, got, want)
		}
	}
	file, _ := notes(t)
	if err := file.Truncate(8); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenNotes(file.Fd()); err == nil {
		t.Error("a file of an older command's is mapped, and to write into it would be a fault")
	}
	file.Close()
	if got := ReadCalled(file); got != Maybe {
		t.Errorf("a file that cannot be read says %d, want %d", got, Maybe)
	}
}
