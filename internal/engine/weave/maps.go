package weave

import (
	"fmt"
	"go/ast"
	"go/token"
)

// rangeMap rewrites a loop over a map so that the schedule, not the runtime, chooses the
// order of its keys:
//
//	for it := Entries(m); it.Next(); { k, v := it.Key, it.Value; { … } }
//
// It stays a loop, so that labels and branches mean what they did, and its values are
// assigned in the program's own text, where the race detector sees them.
func (w *weaver) rangeMap(s *ast.RangeStmt) {
	key, value := w.woven(s.Key), "_"
	if s.Value != nil {
		value = w.woven(s.Value)
	}
	w.loops++
	it := w.local("map_%d", w.loops)
	w.replace(s.For+token.Pos(len("for")), s.X.Pos(), fmt.Sprintf(" %s := %s.Entries(", it, w.schedule))
	w.insert(s.X.End(), "); "+it+".Next(); ")
	w.insert(s.Body.Lbrace+1, fmt.Sprintf(" %s, %s %s %s.Key, %s.Value; { ", key, value, s.Tok, it, it))
	w.insert(s.Body.Rbrace, " } ")
	ast.Walk(w, s.X)
	ast.Walk(w, s.Body)
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
