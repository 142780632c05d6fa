package explore

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAnAnswerIsShown(t *testing.T) {
	a := &answer{Verdict: "race", Heading: "the snippet, under schedule 3", Message: "one <writes>\nit", Steps: []string{"G1  n++"},
		Output: "hello", Again: "explore.Seed(3, func() { … })", Native: []string{"example.com/x"}, Sandbox: "landlock",
		Chart: map[string]any{"text/plain": "a picture", "image/png": "iVBORw=="}}
	for form, text := range map[string]string{"text": a.text(), "html": a.html()} {
		for _, part := range []string{"race", "under schedule 3", "G1  n++", "hello", "explore.Seed(3", "example.com/x", "Sandbox: landlock"} {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %q:\n%s", form, part, text)
			}
		}
	}
	if strings.Contains(a.html(), "<writes>") {
		t.Errorf("HTML holds what a program said unescaped:\n%s", a.html())
	}
	if png, ok := a.picture()["image/png"].([]byte); !ok || string(png) != "\x89PNG"[:4] {
		t.Errorf("the picture is %q", png)
	}
	if a.Sandbox = "none"; strings.Contains(a.text()+a.html(), "Sandbox") {
		t.Error("a cell is told that it has no sandbox, as no cell has")
	}
	if (&answer{Verdict: "passed"}).picture() != nil {
		t.Error("a picture of nothing")
	}
}

func TestWhatCannotBeAskedSaysWhatToDo(t *testing.T) {
	t.Setenv("INTERLEAVE", "")
	if _, err := ask(1); err == nil || !strings.Contains(err.Error(), "make lab") {
		t.Errorf("without a command: %v", err)
	}
	t.Setenv("INTERLEAVE", "/nowhere")
	if _, err := ask(1); err == nil || !strings.Contains(err.Error(), "in a cell") {
		t.Errorf("without a program: %v", err)
	}
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(filepath.Dir(binary), "main.go")
	if err := os.WriteFile(program, []byte("package main"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Remove(program) })
	if _, err := ask(1); err == nil || !strings.Contains(err.Error(), "make setup") {
		t.Errorf("without the command's file: %v", err)
	}
	command := filepath.Join(t.TempDir(), "interleave")
	for script, want := range map[string]string{
		`echo "interleave: it is Sunday" >&2; exit 2`:                   "it is Sunday",
		`echo '{"verdict": "race", "heading": "'"$1 $3 $4"'"}'; exit 1`: "",
	} {
		if err := os.WriteFile(command, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		t.Setenv("INTERLEAVE", command)
		a, err := ask(17)
		switch {
		case want != "" && (err == nil || err.Error() != want):
			t.Errorf("%s: %v", script, err)
		case want == "" && (err != nil || a.Verdict != "race" || a.Heading != "explore --snippet 17"):
			t.Errorf("%s: %+v, %v", script, a, err)
		}
	}
}
