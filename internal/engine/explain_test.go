package engine

import (
	"slices"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/wire"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// adder is a judgement on a program of one cell.
func adder() *judgement {
	return &judgement{
		engine: &Engine{root: "/course"},
		exercise: &exercise.Exercise{Slug: "adder", Manifest: exercise.Manifest{
			Limits: exercise.Limits{CPUSeconds: 1, WallSeconds: 15, MemoryMB: 512}}},
		program: &exercise.Program{Lines: map[string][]string{"Add": {"func Add() int {", "\tsum++", "\treturn sum", "}"}}},
	}
}

const helpers = "github.com/interleave-lab/interleave/kernel-helpers/processes."

const adderPath = "github.com/interleave-lab/interleave/exercises/adder"

// report is one of the race detector's: the places of two accesses.
func report(first, second string) string {
	return `==================
WARNING: DATA RACE
Write at 0x00c000014088 by goroutine 9:
  ` + adderPath + `.Add.func1()
      ` + first + ` +0x33

Previous read at 0x00c000014088 by goroutine 8:
  runtime.racefuncenter()
      /go/src/runtime/race.s:1 +0x1
  ` + adderPath + `.Add.func1()
      ` + second + ` +0x44

Goroutine 9 (running) created at:
  ` + adderPath + `.Add()
      Add:3 +0x99
==================
`
}

func TestRaceReports(t *testing.T) {
	const cell, also, check = "Add:2", "/course/exercises/adder/Add:3", "/course/exercises/adder/checks/checks.go:5"
	for name, c := range map[string]struct {
		report string
		want   Verdict
		says   string
	}{
		"two lines":                      {report(cell, also), Race, "one writes it at line 2 of Add (sum++), one reads it at line 3 of Add (return sum)."},
		"two lines, the other way round": {report(also, cell), Race, "one reads it at line 2 of Add (sum++), one writes it at line 3 of Add (return sum)."},
		"one line, two ways":             {report(cell, cell), Race, "one reads and one writes it at line 2 of Add (sum++)."},
		"one line, the other way round":  {strings.NewReplacer("Write at", "Read at", "read at", "write at").Replace(report(cell, cell)), Race, "one reads and one writes it at line 2 of Add (sum++)."},
		"one line, one way":              {strings.ReplaceAll(report(cell, cell), "read at", "write at"), Race, "each writes it at line 2 of Add (sum++)."},
		"with the checks":                {report(cell, check), Race, "one writes it at line 2 of Add (sum++), and one reads it outside of your code."},
		"the checks with it":             {report(check, cell), Race, "one reads it at line 2 of Add (sum++), and one writes it outside of your code."},
		"among the checks":               {report(check, check), GraderFault, "The checks themselves have a data race"},
		"atomic and not":                 {strings.ReplaceAll(report(cell, also), "read at", "atomic read at"), Race, "one reads it at line 3 of Add"},
		"the first of two":               {report(cell, cell) + report(also, also), Race, "line 2 of Add"},
		"broken off":                     {report(cell, also)[:100], GraderFault, "data race"},
		"no memory left":                 {"==1==ERROR: ThreadSanitizer: out of memory: failed to allocate 0x20000 (131072) bytes of TracePart (error code: 12)\n", Panic, "more memory than it may have"},
		"no memory to map":               {"==1==ERROR: ThreadSanitizer failed to allocate 0x8000 (32768) bytes of clock\n", Panic, "more memory than it may have"},
		"something unheard of":           {"WARNING: something else", GraderFault, "something else"},
	} {
		t.Run(name, func(t *testing.T) {
			verdict, text := adder().explains().Race(c.report)
			if verdict != c.want || !strings.Contains(text, c.says) {
				t.Errorf("%s: %s\nwant %s and %q in it", verdict, text, c.want, c.says)
			}
		})
	}
}

// goroutine is one of a dump, in a call of the learner's below what it waits in.
func goroutine(state, inner, at string) string {
	return "goroutine 20 [" + state + "]:\n" + inner + "()\n\t/go/src/x.go:3 +0x1\n" + adderPath + ".Add(0x1)\n\t" + at + " +0x1\n\n"
}

func TestEvents(t *testing.T) {
	const at = "/course/exercises/adder/Add:2"
	bubble := func(state, inner string) string { return goroutine(state+", synctest bubble 1", inner, at) }
	for name, c := range map[string]struct {
		event wire.Event
		want  Verdict
		says  string
	}{
		"a deadlock": {wire.Event{Kind: wire.Deadlock, Stack: strings.Repeat(goroutine("chan receive", "runtime.gopark", at), 2)},
			Deadlock, "(2 goroutines at line 2 of Add (sum++), to receive from a channel)"},
		"a deadlock with a child": {wire.Event{Kind: wire.Deadlock,
			Stack:    goroutine("chan receive", helpers+"(*Process).Wait", at),
			Children: []string{goroutine("syscall", "golang.org/x/sys/unix.Syscall6()\n\t/x.go:1 +0x1\n"+helpers+"(*Queue[...]).Put", at)}},
			Deadlock, "the program waits at line 2 of Add (sum++), for a child process to end; a child process waits at line 2 of Add (sum++), for room in a queue."},
		"a deadlock with the check's children": {wire.Event{Kind: wire.Deadlock,
			Stack:    goroutine("select", "runtime.gopark", at),
			Children: slices.Repeat([]string{strings.ReplaceAll(goroutine("syscall", helpers+"(*Lock).Lock", at), "Add", "Check")}, 2)},
			Deadlock, "in a select; 2 child processes wait at a line of the check, for a lock that processes share."},
		"a deadlock in what is done with a shared value": {wire.Event{Kind: wire.Deadlock,
			Stack:    goroutine("chan receive", helpers+"(*Process).Wait", at),
			Children: []string{goroutine("chan receive", adderPath+".Add.func1()\n\t"+at+" +0x1\n"+helpers+"(*Value[...]).With", at)}},
			Deadlock, "a child process waits at line 2 of Add (sum++), to receive from a channel."},
		"a deadlock with a child that has nothing to do": {wire.Event{Kind: wire.Deadlock,
			Stack: goroutine("select", "runtime.gopark", at), Children: []string{""}},
			Deadlock, "in a select; a child process waits for a call."},
		"a deadlock by locks": {wire.Event{Kind: wire.Deadlock, Stack: bubble("sync.Mutex.Lock", "sync.(*Mutex).Lock") + bubble("chan send", "runtime.gopark")},
			Deadlock, "for a lock"},
		"a leak": {wire.Event{Kind: wire.Leak, Stack: goroutine("chan send", "runtime.gopark", at)},
			Leak, "one goroutine at line 2 of Add (sum++), to send on a channel"},
		"a leak in a helper": {wire.Event{Kind: wire.Leak, Stack: "goroutine 7 [select]:\npools.work()\n\t/p.go:1 +0x1\ncreated by " + adderPath + ".Add in goroutine 1\n\t" + at + " +0x1\n"},
			Leak, "a call that line 2 of Add (sum++) started, in a select"},
		"no time left": {wire.Event{Kind: wire.Timeout, Text: "clock", Stack: goroutine("running", "time.now", at)},
			Timeout, "did not end within 15s: it was at line 2 of Add"},
		"no time left, nor for two children": {wire.Event{Kind: wire.Timeout, Text: "clock", Waiting: 2, Stack: goroutine("select", "runtime.gopark", at)},
			Timeout, "it was at line 2 of Add (sum++). Its 2 child processes waited, too: do they wait"},
		"a loop that has no line": {wire.Event{Kind: wire.Timeout, Text: "processor", Stack: "goroutine 7 [running]:\n" + adderPath + ".Add(0x1)\n\t:0 +0x1\n"},
			Timeout, "computed for 1s without an end: it was in Add."},
		"no memory left": {wire.Event{Kind: wire.Memory},
			Panic, "more than 512 MB"},
		"a panic": {wire.Event{Kind: wire.Panic, Text: "a bit flipped", Stack: goroutine("running", "panic", at)},
			Panic, "panicked: a bit flipped, at line 2 of Add"},
		"a stub": {wire.Event{Kind: wire.Panic, Text: exercise.NotWritten},
			Failed, "not written yet"},
	} {
		t.Run(name, func(t *testing.T) {
			verdict, text := adder().explains().Event(&c.event)
			if verdict != c.want || !strings.Contains(text, c.says) {
				t.Errorf("%s: %s\nwant %s and %q in it", verdict, text, c.want, c.says)
			}
		})
	}
}

func TestACircleOfLocksIsADeadlock(t *testing.T) {
	const circle = "each of these waits for the next, and the last for the first.\n  one waits for lock b, which two holds\n  two waits for lock a, which one holds"
	printed := "panic: thread two panicked: locks: deadlock: " + strings.ReplaceAll(circle, "\n", "\n\t") + "\n\t  at `b.Lock()` (two)\n\ngoroutine 20 [running]:\n\nexit status 2"
	told := func(value string) (Verdict, string) {
		return adder().explains().Event(&wire.Event{Kind: wire.Panic, Text: value})
	}
	for name, explain := range map[string]func() (Verdict, string){
		"found by the check": func() (Verdict, string) { return told("locks: deadlock: " + circle) },
		"carried to a join": func() (Verdict, string) {
			return told("thread two panicked: locks: deadlock: " + circle + "\n  at `b.Lock()` (two)")
		},
		"in a goroutine": func() (Verdict, string) { return adder().explains().Crash(printed, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			if verdict, text := explain(); verdict != Deadlock || text != circle {
				t.Errorf("%s: %q", verdict, text)
			}
		})
	}
}

// calls puts functions of the runtime's above the two accesses of a report.
func calls(report, last, first string) string {
	report = strings.Replace(report, ":\n  "+adderPath, ":\n  "+last+"()\n      /go/src/runtime/x.go:1 +0x0\n  "+adderPath, 1)
	return strings.Replace(report, "runtime.racefuncenter", first, 1)
}

func TestRacesOfCallsNameTheirOrder(t *testing.T) {
	j := adder()
	j.program.Lines["Add"] = []string{"func Add() int {", "\tclose(c)", "\tc <- 1", "\tgroup.Wait()", "\tgroup.Add(1)", "}"}
	for name, c := range map[string]struct {
		report, says, does string
	}{
		"a channel is closed last": {calls(report("Add:2", "Add:3"), "runtime.closechan", "runtime.chansend"),
			"closed at line 2 of Add (close(c)), and nothing says that this comes after what another goroutine sends on it, at line 3", "closes sends"},
		"a channel is closed first": {calls(report("Add:3", "Add:2"), "runtime.chansend1", "runtime.closechan"),
			"closed at line 2 of Add (close(c)), and", "sends closes"},
		"a WaitGroup":    {report("Add:4", "Add:5"), "waited for at line 4 of Add (group.Wait()), and nothing says that this comes after the call at line 5", "waits adds"},
		"plain accesses": {report("Add:2", "Add:3"), "touch the same memory", "writes reads"},
	} {
		t.Run(name, func(t *testing.T) {
			verdict, text := j.explains().Race(c.report)
			if verdict != Race || !strings.Contains(text, c.says) {
				t.Errorf("%s: %s\nwant %q in it", verdict, text, c.says)
			}
			ends := j.explains().RaceEnds(c.report)
			if got := ends[0].What + " " + ends[1].What; got != c.does {
				t.Errorf("they are told as %q, want %q", got, c.does)
			}
		})
	}
}

func TestARaceSaysWhereItsGoroutinesComeFrom(t *testing.T) {
	text := report("Add:2", "Add:3") + `
Goroutine 8 (finished) created at:
  testing/synctest.testingSynctestTest()
      /go/src/testing/testing.go:2150 +0x5fc
`
	ends := adder().explains().RaceEnds(text)
	if from := ends[0].From; !from.Known || from.Root || from.At.Line != 3 {
		t.Errorf("the later one: %+v; it was started in line 3", from)
	}
	if from := ends[1].From; !from.Known || !from.Root || from.At.Line != 0 {
		t.Errorf("the earlier one: %+v; it is the first goroutine", from)
	}
	if from := adder().explains().RaceEnds(report("Add:2", "Add:3"))[1].From; from.Known {
		t.Errorf("nothing is said of goroutine 8, but %+v", from)
	}
}
