package weave

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// selectStmt rewrites a select so that the schedule, not the runtime, chooses among
// the cases that are ready:
//
//	{
//		Point()
//		ch0, got0, ok0 := Receiving(work)    // operands, evaluated once and in order
//		chosen := -1
//		for _, i := range Order(2) {          // each case alone, in a drawn order
//			switch i { case 0: select { case got0, ok0 = <-ch0: chosen = 0; default: } … }
//			if chosen >= 0 { break }
//		}
//		if chosen < 0 { select { … } }        // nothing is ready: wait, or the default
//		switch chosen { case 0: v := got0; … } // the bodies, as they were
//	}
//
// A switch in the place of the select keeps what break and labels mean. A goto to
// the select begins anew, before the block.
func (w *weaver) selectStmt(whole ast.Stmt, s *ast.SelectStmt) {
	if !communicates(s) {
		return // it does not compile
	}
	w.selects++
	chosen := w.local("chosen_%d", w.selects)
	var operands, tries, waits strings.Builder
	preset := "-1" // the default's number
	for i, stmt := range s.Body.List {
		clause := stmt.(*ast.CommClause)
		if clause.Comm == nil {
			preset = fmt.Sprint(i)
			w.replace(clause.Case, clause.Colon, "case "+preset)
			continue
		}
		c := w.communication(clause, i)
		operands.WriteString(c.operands)
		fmt.Fprintf(&tries, "case %d: select { case %s: %s = %d; default: }; ", i, c.operation, chosen, i)
		fmt.Fprintf(&waits, "case %s: %s = %d; ", c.operation, chosen, i)
		w.replace(clause.Comm.Pos(), clause.Comm.End(), fmt.Sprint(i))
		if c.assignment != "" {
			w.insert(clause.Colon+1, " "+c.assignment+"; ")
		}
	}
	index := w.local("i")
	before := fmt.Sprintf("{%s%s%s := -1; for _, %s := range %s.Order(%d) { switch %s { %s}; if %s >= 0 { break } }; ",
		w.point(s.Pos()), operands.String(), chosen, index, w.schedule, len(s.Body.List), index, tries.String(), chosen)
	if preset != "-1" {
		before += fmt.Sprintf("if %s < 0 { %s = %s }; ", chosen, chosen, preset)
	} else {
		before += fmt.Sprintf("if %s < 0 { select { %s} }; ", chosen, waits.String())
	}
	w.insert(whole.Pos(), w.labels(whole)+before)
	w.replace(s.Select, s.Select+token.Pos(len("select")), "switch "+chosen)
	// A select is a terminating statement where its bodies are; so is this switch.
	end := " default: for {}; "
	if len(s.Body.List) > 0 {
		end = ";" + end // the last body may end in the same line
	}
	w.insert(s.Body.Rbrace, end)
	w.insert(whole.End(), " }")
}

// communicates reports whether each case sends or receives: the parser does not ask.
func communicates(s *ast.SelectStmt) bool {
	return !slices.ContainsFunc(s.Body.List, func(stmt ast.Stmt) bool {
		var received ast.Expr
		switch comm := stmt.(*ast.CommClause).Comm.(type) {
		case nil, *ast.SendStmt:
			return false
		case *ast.ExprStmt:
			received = comm.X
		case *ast.AssignStmt:
			if len(comm.Rhs) != 1 || len(comm.Lhs) > 2 {
				return true
			}
			received = comm.Rhs[0]
		}
		from, ok := ast.Unparen(received).(*ast.UnaryExpr)
		return !ok || from.Op != token.ARROW
	})
}

// labels returns the labels that come before the block that a select becomes, which
// are those that a goto names.
func (w *weaver) labels(s ast.Stmt) (before string) {
	for {
		labeled, ok := s.(*ast.LabeledStmt)
		if !ok {
			return before
		}
		if gotos := w.gotos[labeled]; len(gotos) > 0 {
			again := w.local("again_%s", labeled.Label.Name)
			before += again + ": "
			for _, g := range gotos {
				w.replace(g.Label.Pos(), g.Label.End(), again)
			}
			if !w.broken[labeled] { // an unused label is an error
				w.replace(labeled.Pos(), labeled.Colon+1, "")
			}
		}
		s = labeled.Stmt
	}
}

// findBranches notes who refers to which label.
func (w *weaver) findBranches(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		if branch, ok := n.(*ast.BranchStmt); ok && branch.Label != nil && branch.Label.Obj != nil {
			if labeled, ok := branch.Label.Obj.Decl.(*ast.LabeledStmt); !ok {
			} else if branch.Tok == token.GOTO {
				w.gotos[labeled] = append(w.gotos[labeled], branch)
			} else {
				w.broken[labeled] = true
			}
		}
		return true
	})
}

// communication is one case of a select, in pieces.
type communication struct {
	operands   string // statements that evaluate them
	operation  string // the case, with variables for operands
	assignment string // of what was received, as the case had it
}

func (w *weaver) communication(clause *ast.CommClause, i int) (c communication) {
	ch, got, ok := w.local("ch_%d_%d", w.selects, i), w.local("got_%d_%d", w.selects, i), w.local("ok_%d_%d", w.selects, i)
	if send, is := clause.Comm.(*ast.SendStmt); is {
		c.operands = fmt.Sprintf("%s, %s := %s.Sending(%s); %s = %s; ", ch, got, w.schedule, w.woven(send.Chan), got, w.woven(send.Value))
		c.operation = fmt.Sprintf("%s <- %s", ch, got)
		return c
	}
	var received ast.Expr
	switch comm := clause.Comm.(type) {
	case *ast.ExprStmt:
		received = comm.X
	case *ast.AssignStmt:
		received = comm.Rhs[0]
		values := []string{got, ok}[:len(comm.Lhs)]
		var left []string
		for _, e := range comm.Lhs {
			left = append(left, w.woven(e))
		}
		c.assignment = fmt.Sprintf("%s %s %s", strings.Join(left, ", "), comm.Tok, strings.Join(values, ", "))
	}
	channel := ast.Unparen(received).(*ast.UnaryExpr).X
	c.operands = fmt.Sprintf("%s, %s, %s := %s.Receiving(%s); _, _ = %s, %s; ", ch, got, ok, w.schedule, w.woven(channel), got, ok)
	c.operation = fmt.Sprintf("%s, %s = <-%s", got, ok, ch)
	return c
}

// woven returns the text of an expression that moves to another place, in one line.
func (w *weaver) woven(e ast.Expr) string {
	outer := w.edits
	w.edits = nil
	ast.Walk(w, e)
	text := w.text(w.offset(e.Pos()), w.offset(e.End()))
	w.edits = outer
	return oneLine(text)
}
