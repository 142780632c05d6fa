package proof

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// onceName is how the program of onceOnly is called.
const onceName = "right only once"

// onceOnly is the solution, save that the task's main declaration, the last of entry,
// panics when it is called a second time; nil if that is no function. It stands for
// programs that keep something from one call to the next: variables outside of functions
// begin anew under each schedule, so only a check that calls twice finds them.
func onceOnly(ex *exercise.Exercise, solution []byte) []byte {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", solution, parser.SkipObjectResolution)
	if err != nil {
		return nil // which the solution's own verdict tells
	}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv != nil || f.Body == nil || f.Name.Name != ex.Entry[len(ex.Entry)-1] {
			continue
		}
		at := fset.Position(f.Body.Lbrace).Offset + 1
		var b strings.Builder
		b.Write(solution[:at])
		b.WriteString("\n\tif calledBefore {\n\t\tpanic(\"not again\")\n\t}\n\tcalledBefore = true\n")
		b.Write(solution[at:])
		b.WriteString("\nvar calledBefore bool\n")
		return []byte(b.String())
	}
	return nil
}

func foundOnceOnly(r *engine.Report) Finding {
	f := Finding{Program: onceName, Verdict: r.Verdict}
	switch {
	case r.Verdict == engine.GraderFault:
		f.Wrong = r.Message
	case r.Verdict == engine.Passed || r.Points >= float64(r.MaxPoints):
		f.Wrong = "the solution, if it worked in its first call only, would pass: let a check call it twice, since variables outside of functions begin anew under each schedule"
	}
	return f
}
