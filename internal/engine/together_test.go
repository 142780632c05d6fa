package engine_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// What a program shares a binary with must not show in how it is judged.
func TestJudgedTogetherAsAlone(t *testing.T) {
	e, _ := exercises(t)
	ex, err := exercise.Load(root(t), "", "page-downloader")
	if err != nil {
		t.Fatal(err)
	}
	ex.Limits = exercise.Limits{CPUSeconds: 3, WallSeconds: 30, MemoryMB: 500}
	kinds := map[string][]byte{
		"right":           pages(`"sync"`, right, ""),
		"races":           pages(`"sync"`, "var all sync.WaitGroup\nn := 0\nfor range urls {\nall.Go(func() { n++ })\n}\nall.Wait()\nreturn nil", ""),
		"never ends":      pages("", "for {\n}", ""),
		"ends itself":     pages("", "done := make(chan int)\ngo func() { panic(\"gone\") }()\n<-done\nreturn nil", ""),
		"waits for ever":  pages(`"sync"`, "var mu sync.Mutex\nmu.Lock()\nmu.Lock()\nreturn nil", ""),
		"does not fit":    []byte("package p\n\ntype Page struct { URL string; Body []byte; Err error }\n\nfunc DownloadAll(urls []string) []Page { return nil }"),
		"does not parse":  pages("", "return 1 +", ""),
		"a state of many": pages(`"sync"`, "calls++\n"+right, "var calls int"),
		"begins early":    pages(`"sync"; "errors"`, "_ = early\n"+right, `var early = errors.New("early")`),
		"same names":      pages(`"sync"`, right, "type judge struct{}\n\nfunc public0() {}"),
	}
	var names []string
	var programs []*exercise.Program
	for name, source := range kinds {
		p, err := ex.FromFile("answer.go", source)
		if err != nil {
			continue // what cannot be read is judged nowhere
		}
		names, programs = append(names, name), append(programs, p)
	}
	var mu sync.Mutex
	reports := map[int]*engine.Report{}
	e.JudgeAll(t.Context(), ex, programs, engine.Public, func(i int, r *engine.Report) {
		mu.Lock()
		defer mu.Unlock()
		if reports[i] != nil {
			t.Errorf("%s is judged twice", names[i])
		}
		reports[i] = r
	})
	for i, p := range programs {
		r, alone := reports[i], e.Judge(t.Context(), ex, p, engine.Public)
		if r == nil {
			t.Errorf("%s is not judged", names[i])
		} else if got, want := told(r), told(alone); got != want {
			t.Errorf("%s: judged with others\n%s\nand alone\n%s", names[i], got, want)
		}
	}
}

// told is what must not depend on how a program was built. Where an endless loop was
// caught depends on the moment.
func told(r *engine.Report) string {
	text := fmt.Sprintln(r.Verdict, r.Points, r.Message, r.Notes)
	for _, c := range r.Checks {
		message, _, _ := strings.Cut(c.Message, ": it was ")
		text += fmt.Sprintln(c.Name, c.Verdict, message)
	}
	return text
}
