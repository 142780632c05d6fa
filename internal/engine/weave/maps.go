package weave

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/version"
)

// rangeMap rewrites a loop over a map so that the schedule, not the runtime, chooses the
// order of its keys:
//
//	for it := Entries(m); it.Next(); { k, v := it.Key, it.Value; { … } }
//
// It stays a loop, so that labels and branches mean what they did, and its values are
// assigned in the program's own text, where the race detector sees them. Before Go 1.22
// all rounds had the same variables, which the loop's head then makes.
func (w *weaver) rangeMap(s *ast.RangeStmt) {
	key, value := w.woven(s.Key), "_"
	if s.Value != nil {
		value = w.woven(s.Value)
	}
	w.loops++
	it := w.local("map_%d", w.loops)
	head, assign := it+" := "+w.schedule+".Entries(", s.Tok
	if s.Tok == token.DEFINE && w.sharesLoopVariables() {
		head, assign = fmt.Sprintf("%s, %s, %s := %s.Shared(", it, key, value, w.schedule), token.ASSIGN
	}
	w.replace(s.For+token.Pos(len("for")), s.X.Pos(), " "+head)
	w.insert(s.X.End(), "); "+it+".Next(); ")
	w.insert(s.Body.Lbrace+1, fmt.Sprintf(" %s, %s %s %s.Key, %s.Value; { ", key, value, assign, it, it))
	w.insert(s.Body.Rbrace, " } ")
	ast.Walk(w, s.X)
	ast.Walk(w, s.Body)
}

// sharesLoopVariables reports whether the file is written in Go before 1.22.
func (w *weaver) sharesLoopVariables() bool {
	v := cmp.Or(w.File.GoVersion, w.Go)
	return v != "" && version.Compare(v, "go1.22") < 0
}

// namesAKey reports whether a loop gives anything the value of a key, or of its entry.
func namesAKey(s *ast.RangeStmt) bool {
	for _, e := range []ast.Expr{s.Key, s.Value} {
		if name, ok := e.(*ast.Ident); e != nil && !(ok && name.Name == "_") {
			return true
		}
	}
	return false
}
