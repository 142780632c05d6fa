package check

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var mixed = answer{
	Verdict: "race",
	Checks: []result{
		{Sentence: "Pages stand in order", Verdict: "passed"},
		{Sentence: "Pages come together", Verdict: "race", Message: "one writes at <b>\nand one reads"},
	},
	Notes:  []string{"Add was judged as the kernel remembers it."},
	Output: "<script>alert(1)</script>\n",
}

func TestTextSaysWhatPassedAndWhy(t *testing.T) {
	want := `passed    Pages stand in order
race      Pages come together
          one writes at <b>
          and one reads
Note: Add was judged as the kernel remembers it.
Your program printed:
<script>alert(1)</script>
1 of 2 public checks passed; hidden checks run after submission.`
	if got := mixed.text(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestHTMLHoldsTheSameAndRunsNothing(t *testing.T) {
	html := mixed.html()
	for _, want := range []string{"1 of 2 public checks passed", "✓ passed", "✗ race", "one writes at &lt;b&gt;<br>and one reads", "var(--jp-error-color1", "<b>Note:</b>", `scope="col"`} {
		if !strings.Contains(html, want) {
			t.Errorf("lacks %q:\n%s", want, html)
		}
	}
	if strings.Contains(html, "<script") {
		t.Errorf("what the program printed became part of the page:\n%s", html)
	}
}

func TestAReasonIsGivenOnce(t *testing.T) {
	a := answer{Checks: []result{{Verdict: "race", Message: "two touch x"}, {Verdict: "passed"}, {Verdict: "race", Message: "two touch x"}, {Verdict: "race", Message: "two touch y"}}}
	a.saySameOnce()
	if got := []string{a.Checks[0].Message, a.Checks[1].Message, a.Checks[2].Message, a.Checks[3].Message}; !slices.Equal(got, []string{"two touch x", "", "As above.", "two touch y"}) {
		t.Errorf("%q", got)
	}
}

func TestTheSandboxIsNamed(t *testing.T) {
	for tier, want := range map[string]string{
		"": "Judged: Add as it last ran", "none": "Judged: Add as it last ran, without a sandbox",
		"landlock": "Judged: Add as it last ran, in the sandbox landlock",
	} {
		a := answer{Verdict: "passed", Judged: "Add as it last ran", Sandbox: tier}
		if text := a.text(); !strings.Contains(text, want+"\n") {
			t.Errorf("%q: %s", tier, text)
		}
		if html := a.html(); !strings.Contains(html, want+"</p>") {
			t.Errorf("%q: %s", tier, html)
		}
	}
}

func TestAFailingScheduleIsShown(t *testing.T) {
	a := answer{Verdict: "race", Steps: []string{"G1  4  x++   ✗ writes", "G2  4  <b>"}, Again: `check.Seed("adder", 3)`, Judged: "Add as it last ran",
		Checks: []result{{Verdict: "race"}}, Chart: map[string]any{"text/plain": "a picture", "image/png": "iVBORw=="}}
	for _, text := range []string{a.text(), a.html()} {
		for _, want := range []string{"✗ writes", "check.Seed(", "Add as it last ran"} {
			if !strings.Contains(text, want) {
				t.Errorf("lacks %q:\n%s", want, text)
			}
		}
	}
	if strings.Contains(a.html(), "<b></pre>") {
		t.Errorf("a line of the program became part of the page:\n%s", a.html())
	}
	if png, ok := a.picture()["image/png"].([]byte); !ok || string(png) != "\x89PNG" {
		t.Errorf("the picture is %q", png)
	}
	if picture := (&answer{}).picture(); picture != nil {
		t.Errorf("a picture without a schedule: %v", picture)
	}
}

func TestARefusedProgramShowsItsReasonInPlaceOfATable(t *testing.T) {
	for _, verdict := range []string{"compile error", "not run yet", "rejected", "grader fault"} {
		refused := answer{Verdict: verdict, Message: "line 4 of Add: a reason", Checks: []result{{Verdict: "not run"}}}
		if got := refused.text(); !strings.HasPrefix(got, verdict+": line 4 of Add: a reason\n0 of 1 public checks passed") {
			t.Errorf("text: %s", got)
		}
		if html := refused.html(); strings.Contains(html, "<table") || !strings.Contains(html, "line 4 of Add: a reason") {
			t.Errorf("html: %s", html)
		}
	}
}

// command writes a stand-in for interleave, and a program beside this binary.
func command(t *testing.T, script string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "interleave")
	if err := os.WriteFile(file, []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("INTERLEAVE", file)
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(filepath.Dir(binary), "main.go")
	if err := os.WriteFile(program, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Remove(program) })
}

func TestTheAnswerIsRead(t *testing.T) {
	command(t, `echo '{"reports": [{"verdict": "failed", "checks": [{"sentence": "'$2'", "verdict": "failed"}]}]}'; exit 1`)
	got, err := ask("adder")
	if err != nil || got.Verdict != "failed" || got.Checks[0].Sentence != "adder" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestTroubleWithTheCommandIsOneSentence(t *testing.T) {
	for name, c := range map[string]struct{ script, says string }{
		"it complains":  {`echo "interleave: there is no exercise \"ader\"" >&2; exit 2`, `there is no exercise "ader"`},
		"it crashes":    {`kill -9 $$`, "ended with signal: killed and said nothing"},
		"it says hello": {`echo hello`, "do not belong together"},
		"it is too old": {`echo '{"verdict": "passed"}'`, "do not belong together"},
	} {
		t.Run(name, func(t *testing.T) {
			command(t, c.script)
			if _, err := ask("adder"); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want an error that says %q", err, c.says)
			}
		})
	}
	command(t, "")
	t.Setenv("INTERLEAVE", filepath.Join(t.TempDir(), "gone"))
	if _, err := ask("adder"); err == nil || !strings.Contains(err.Error(), "make setup") {
		t.Errorf("a command that is not there: %v", err)
	}
	t.Setenv("INTERLEAVE", "")
	if _, err := ask("adder"); err == nil || !strings.Contains(err.Error(), "make lab") {
		t.Errorf("a kernel without the variable: %v", err)
	}
}
