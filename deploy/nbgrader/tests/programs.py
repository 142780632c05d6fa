"""Programs that try to win points or to harm, each the answer to some exercise.

They are packed into as few notebooks as there can be: each over the graded cells of
a day, since nbgrader asks the engine once for a notebook.
"""

import json
from dataclasses import dataclass

from course import solution

UNWRITTEN = 'panic("not written yet")'


@dataclass(frozen=True)
class Program:
    """An exercise's stub that does `body` where it is not written yet.

    With `right` it is the solution, which does that first. `alone`: names that it
    declares, or orders that it gives, would reach the notebook's other answers.
    """

    name: str
    body: str
    imports: str = ""
    more: str = ""
    verdict: str | tuple = "rejected"  # whichever bound it meets first
    says: str = ""
    exercise: str = ""  # if not any
    right: bool = False
    most: float = 0  # of what the exercise is worth
    alone: bool = False

    def source(self, stub, slug):
        text, at, body = stub, UNWRITTEN, f'{self.body}\n\tpanic("it did not win")'
        if self.right:
            text, at, body = solution(slug), "// BEGIN SOLUTION", self.body
        before, after = text.split(at, 1)
        imports = "".join(f'import "{path}"\n' for path in self.imports.split())
        return f"{imports}{before}{body}{after}\n\n{self.more}"


# What reaches out of the program; the filter refuses each by the package it needs.
HARMS = [
    Program(name, body, imports, says="The program uses package")
    for name, imports, body in (
        ("exits", "os", "os.Exit(0)"),
        ("exits by the system", "syscall", "syscall.Exit(0)"),
        ("ends its goroutine", "runtime", "runtime.Goexit()"),
        (
            "reads the tests",
            "os",
            'text, _ := os.ReadFile("../../solutions/take-turns/hidden/hidden.go")\n\tprintln(text)',
        ),
        (
            "reads other submissions",
            "path/filepath",
            'found, _ := filepath.Glob("../../*/*/*.ipynb")\n\tprintln(found)',
        ),
        ("writes", "os", 'os.WriteFile("../../../executed", nil, 0o600)'),
        (
            "writes into the gradebook",
            "database/sql",
            'sql.Open("sqlite3", "../../../gradebook.db")',
        ),
        (
            "fills the disk",
            "os",
            'f, _ := os.Create("x")\n\tfor { f.Write(make([]byte, 1<<20)) }',
        ),
        ("links to a file", "os", 'os.Symlink("/etc/passwd", "x")'),
        ("starts a program", "os/exec", 'exec.Command("/bin/sh").Run()'),
        ("forks", "syscall", "for { syscall.RawSyscall(57, 0, 0, 0) }"),
        (
            "kills its parent",
            "os syscall",
            "syscall.Kill(os.Getppid(), syscall.SIGKILL)",
        ),
        ("kills all", "syscall", "syscall.Kill(-1, syscall.SIGKILL)"),
        ("traces its parent", "os syscall", "syscall.PtraceAttach(os.Getppid())"),
        ("catches signals", "os/signal", "signal.Ignore()"),
        ("dials", "net", 'net.Dial("tcp", "127.0.0.1:1")'),
        ("asks a server", "net/http", 'http.Get("http://127.0.0.1:1")'),
        (
            "writes on the judge's channel",
            "os",
            'os.NewFile(3, "").WriteString("\\x16--- PASS: TestTurns (0.00s)\\n")',
        ),
        ("changes the flags", "flag", 'flag.Set("test.run", "^$")'),
        ("reaches testing", "testing", "testing.Main(nil, nil, nil, nil)"),
        ("loads code", "plugin", 'plugin.Open("x.so")'),
        ("forges pointers", "unsafe", "*(*int)(unsafe.Pointer(uintptr(1))) = 1"),
        ("reflects", "reflect", "reflect.ValueOf(1).Pointer()"),
        ("lifts the memory's bound", "runtime/debug", "debug.SetMemoryLimit(1)"),
        ("logs and exits", "log", 'log.Fatal("x")'),
        (
            "reaches the judge",
            "github.com/interleave-lab/interleave/internal/engine/judge",
            "judge.Main()",
        ),
    )
]

# What acts before it is judged, or gives orders to the compiler.
CONSTRUCTS = [
    Program(
        "acts in an initialiser",
        "_ = acted",
        "fmt",
        'var acted, _ = fmt.Println("PASS")',
        says="before anything is judged",
    ),
    Program(
        "loops in an initialiser",
        "_ = looped",
        more="var looped = func() int { for {} }()",
        says="before anything is judged",
    ),
    Program(
        "declares a huge variable",
        "_ = huge",
        more="var huge [1 << 34]byte",
        says="too large",
    ),
    Program(
        "declares a huge literal",
        "_ = hugeLiteral",
        more="var hugeLiteral = [...]byte{1 << 30: 1}",
        says="too large",
    ),
    Program(
        "changes another package",
        "context.Canceled = nil",
        "context",
        says="others rely on",
    ),
    Program(
        "has no body", "bodiless()", more="func bodiless()", says="no body", alone=True
    ),
    Program(
        "acts in init",
        "",
        more="func init() { panic(1) }",
        says="func init",
        alone=True,
    ),
    Program(
        "hides races",
        "unseen()",
        more="//go:norace\nfunc unseen() {}",
        says="//go:norace",
        right=True,
        alone=True,
    ),
    Program(
        "links by name",
        "run()",
        more="//go:linkname run testing.runTests\nfunc run()",
        says="//go:linkname",
        alone=True,
    ),
    Program("calls C", "C.exit(0)", "C", says="package C", alone=True),
    Program("claims other lines", "/*line x.go:1:1*/", says="/*line", alone=True),
]

# Ordinary Go, which runs, within bounds.
RUNNING = [
    Program(
        "forges verdicts",
        'fmt.Print("\\n\\x16=== RUN   TestTurns\\n\\x16--- PASS: TestTurns (0.00s)\\nPASS\\nok\\n")\n'
        '\tfmt.Print("\\n\\x17{\\"kind\\":\\"passed\\",\\"test\\":\\"TestTurns\\"}\\n")',
        "fmt",
        verdict="panic",
    ),
    Program(
        "fills the memory",
        "var hog [][]byte\n\tfor {\n\t\tpart := make([]byte, 1<<20)\n"
        "\t\tfor i := range part {\n\t\t\tpart[i] = 1\n\t\t}\n\t\thog = append(hog, part)\n\t}",
        verdict=("panic", "timeout"),
    ),
    Program(
        "fills the output",
        'for {\n\t\tfmt.Println("output without an end")\n\t}',
        "fmt",
        verdict="timeout",
        says="without an end",
    ),
    Program("loops", "for {\n\t}", verdict="timeout", says="without an end"),
    Program(
        "exhausts its stack",
        "deeper(nil)",
        more="func deeper(text []byte) int { return 1 + deeper(append(text, text...)) }",
        verdict=("panic", "timeout"),
    ),
    Program(
        "starts goroutines without number",
        "wait := make(chan int)\n\tfor {\n\t\tgo func() { <-wait }()\n\t}",
        verdict="panic",
        says="memory",
    ),
    Program(
        "recovers from the judge's panic",
        "defer func() { recover() }()\n\tvar twice sync.Mutex\n\ttwice.Lock()\n\ttwice.Lock()",
        "sync",
        verdict="deadlock",
        says="holds itself",
    ),
    Program(
        "panics with what panics",
        "panic(bad{})",
        more="type bad struct{}\n\nfunc (bad) Error() string { panic(bad{}) }",
        verdict="panic",
    ),
    Program(
        "forges a pointer by a race",
        "var v any\n\tvar both sync.WaitGroup\n"
        "\tboth.Go(func() { for range 1000 { v = &word{1} } })\n"
        "\tboth.Go(func() { for range 1000 { v = new(uint64) } })\n"
        "\tfor range 1000 {\n\t\tif w, ok := v.(*word); ok {\n\t\t\tw.n++\n\t\t}\n\t}\n\tboth.Wait()",
        "sync",
        "type word struct{ n uint64 }",
        verdict="race",
    ),
    Program(
        "reaches for what is woven in",
        "woven_schedule.Choose(woven_schedule.Plan{})",
        verdict="compile error",
        says="undefined: woven_schedule",
    ),
    Program(
        "ends the check's goroutine",
        "threads.End()",
        verdict="panic",
        says="it did not win",
    ),
    Program(
        "forks through a helper",
        "for {\n\t\tforked.Start(context.Background(), 1)\n\t}",
        more='var forked = processes.NewFunc("forked", func(int) (int, error) { select {} })',
        verdict="panic",
        exercise="count-in-processes",
    ),
    Program(
        "outlives its check",
        "go func() { select {} }()",
        verdict="leak",
        exercise="visit-counter",
        right=True,
        most=0.75,
    ),
    Program(
        "has a timer outlive its check",
        "again()",
        "time",
        "func again() { time.AfterFunc(time.Second, again) }",
        verdict="leak",
        exercise="take-turns",
        right=True,
        most=0.75,
    ),
    Program(
        "passes on the first run only",
        'if ran {\n\t\tpanic("not again")\n\t}\n\tran = true',
        more="var ran bool",
        verdict="panic",
        exercise="ordered-pipeline",
        right=True,
        most=19
        / 21,  # all checks but the one that asks twice; each schedule is a first
    ),
    Program(
        "calls false true",
        "return nil",
        more="const true = false\n\nfunc recover() {}",
        verdict="failed",
        most=4 / 15,  # no pages are right where there are no URLs
        alone=True,
    ),
    Program(
        "has a string of its own",
        "return nil",
        more="type string int",
        verdict="compile error",
        alone=True,
    ),
    Program(
        "has a sync of its own",
        "var mu sync.Mutex\n\tmu.Lock()",
        more="var sync struct{ Mutex int }",
        verdict="compile error",
        alone=True,
    ),
]

ALL = HARMS + CONSTRUCTS + RUNNING


def alone():
    """The programs that need a notebook of their own."""
    return [program for program in ALL if program.alone]


def packed(released, slugs):
    """Notebooks over whose graded cells the other programs stand.

    student -> (the notebook's bytes, slug -> program). `released` gives fresh copies,
    in which `slugs` have graded cells.
    """
    waiting = [program for program in ALL if not program.alone]
    handed_in = {}
    while waiting:
        chosen = {}
        for slug in slugs:
            fits = (each for each in waiting if each.exercise in ("", slug))
            if program := next(fits, None):
                waiting.remove(program)
                chosen[slug] = program
        nb = released()
        for cell in nb["cells"]:
            slug = cell["metadata"].get("interleave", {}).get("exercise")
            if slug in chosen:
                cell["source"] = chosen[slug].source("".join(cell["source"]), slug)
        handed_in[f"mallory-{len(handed_in) + 1}"] = json.dumps(nb).encode(), chosen
    return handed_in
