package processes

import (
	"flag"
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

// entry is a declared function without its types.
type entry struct {
	name  string
	pc    uintptr // of the declaration
	late  bool    // declared when main was already running
	run   handler
	takes any // a nil pointer to what it takes: reflect.Type has many types behind it
	gives any

	started atomic.Int64 // processes, to number them
}

// registry holds every function that an initialiser declared. Initialisers run
// again in every cell and in every child, so it is cheap and never complains.
var registry struct {
	sync.Mutex
	byName map[string][]*entry
}

// register is called by what the program calls, with nil pointers to the types that a
// function takes and gives.
func register(name string, run handler, takes, gives any) *entry {
	e := &entry{name: name, run: run, takes: takes, gives: gives, late: flag.Parsed()}
	var pc [1]uintptr
	runtime.Callers(3, pc[:])
	e.pc = pc[0]
	registry.Lock()
	defer registry.Unlock()
	if registry.byName == nil {
		registry.byName = make(map[string][]*entry)
	}
	if !e.late {
		registry.byName[name] = append(registry.byName[name], e)
	}
	return e
}

// where returns the place of the declaration. It is found when somebody asks, since
// every child declares all functions again, and a table of lines is slow to read.
func (e *entry) where() source.Position {
	frame, _ := runtime.CallersFrames([]uintptr{e.pc}).Next()
	return source.At(frame.Function, frame.File, frame.Line)
}

// lookup finds what the child shall run.
func lookup(name string) *entry {
	registry.Lock()
	defer registry.Unlock()
	if found := registry.byName[name]; len(found) > 0 {
		return found[0]
	}
	return nil
}

// check returns what is wrong with the declaration, or with how main begins.
func (e *entry) check() error {
	mustBeDispatched()
	switch {
	case e.run == nil:
		return e.errorf("the function is nil")
	case e.name == "":
		return fmt.Errorf("processes: the function declared at %s needs a name: give NewFunc one that no other function has", e.where())
	case e.late:
		return e.errorf("it is declared inside a function (%s), where a child process cannot find it: declare it at package level, var … = processes.NewFunc(…), above main", e.where())
	case !flag.Parsed():
		return e.errorf("main has not called flag.Parse, and that is where a child process turns to its function: make flag.Parse() the first line of main (a %%%% cell does so by itself)")
	}
	registry.Lock()
	namesakes := registry.byName[e.name]
	registry.Unlock()
	if len(namesakes) > 1 {
		return e.errorf("two functions have this name (%s and %s): rename one, or forget the old variable with %%rm", namesakes[0].where(), namesakes[1].where())
	}
	if err := e.argument().err; err != nil {
		return e.errorf("its argument cannot travel to another process: %w", err)
	}
	if err := e.result().err; err != nil {
		return e.errorf("its result cannot travel to another process: %w", err)
	}
	return nil
}

func (e *entry) argument() *carried { return carriedType(pointedTo(e.takes)) }
func (e *entry) result() *carried   { return carriedType(pointedTo(e.gives)) }

// pointedTo is the type that a pointer points to, which may be nil.
func pointedTo(pointer any) reflect.Type { return reflect.TypeOf(pointer).Elem() }

func (e *entry) errorf(format string, args ...any) error {
	return fmt.Errorf("processes: %s: "+format, append([]any{e.name}, args...)...)
}

// label returns a name for the function's next process: the one asked for, or
// else "primes", "primes 2", "primes 3".
func (e *entry) label(asked string) string {
	n := e.started.Add(1)
	switch {
	case asked != "":
		return asked
	case n == 1:
		return e.name
	}
	return fmt.Sprint(e.name, " ", n)
}
