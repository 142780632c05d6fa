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
//		ch0 := work; var got0, ok0 = …       // operands, evaluated once and in order
//		chosen := -1
//		for _, i := range Order(2) {          // each case alone, in a drawn order
//			switch i { case 0: select { case got0, ok0 = <-ch0: chosen = 0; default: } … }
//			if chosen >= 0 { break }
//		}
//		if chosen < 0 { select { … } }        // nothing is ready: wait, or the default
//		switch chosen { case 0: v := got0; … } // the bodies, as they were
//	}
//
// A switch in the place of the select keeps what break and labels mean.
func (w *weaver) selectStmt(whole ast.Stmt, s *ast.SelectStmt) {
	if w.spansLines(s) { // it would be hard to keep its lines, and it is rare
		w.insert(whole.Pos(), w.point(s.Pos()))
		return
	}
	w.selects++
	chosen := fmt.Sprintf("%schosen_%d", w.own, w.selects)
	var operands, tries, waits strings.Builder
	preset := "-1" // the default's number
	for i, stmt := range s.Body.List {
		clause := stmt.(*ast.CommClause)
		if clause.Comm == nil {
			preset = fmt.Sprint(i)
			w.replace(clause.Case, clause.Colon, fmt.Sprintf("case %d", i))
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
	before := fmt.Sprintf("{%s%s%s := -1; for _, %si := range %s.Order(%d) { switch %si { %s}; if %s >= 0 { break } }; ",
		w.point(s.Pos()), operands.String(), chosen, w.own, w.schedule, len(s.Body.List), w.own, tries.String(), chosen)
	if preset != "-1" {
		before += fmt.Sprintf("if %s < 0 { %s = %s }; ", chosen, chosen, preset)
	} else {
		before += fmt.Sprintf("if %s < 0 { select { %s} }; ", chosen, waits.String())
	}
	w.insert(whole.Pos(), before)
	w.replace(s.Select, s.Select+token.Pos(len("select")), "switch "+chosen)
	// A select is a terminating statement where its bodies are; so is this switch.
	w.insert(s.Body.Rbrace, " default: for {}; ")
	w.insert(whole.End(), " }")
}

// spansLines reports whether a case's operands do.
func (w *weaver) spansLines(s *ast.SelectStmt) bool {
	return slices.ContainsFunc(s.Body.List, func(stmt ast.Stmt) bool {
		comm := stmt.(*ast.CommClause).Comm
		return comm != nil && strings.Contains(w.textOf(comm), "\n")
	})
}

// communication is one case of a select, in pieces.
type communication struct {
	operands   string // statements that evaluate them
	operation  string // the case, with variables for operands
	assignment string // of what was received, as the case had it
}

func (w *weaver) communication(clause *ast.CommClause, i int) (c communication) {
	id := fmt.Sprintf("%d_%d", w.selects, i)
	channel, value, got, ok := w.own+"ch_"+id, w.own+"value_"+id, w.own+"got_"+id, w.own+"ok_"+id
	if send, ok := clause.Comm.(*ast.SendStmt); ok {
		c.operands = fmt.Sprintf("%s, %s := %s.Sending(%s, %s); ", channel, value, w.schedule, w.textOf(send.Chan), w.textOf(send.Value))
		c.operation = channel + " <- " + value
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
			left = append(left, w.textOf(e))
		}
		c.assignment = fmt.Sprintf("%s %s %s", strings.Join(left, ", "), comm.Tok, strings.Join(values, ", "))
	}
	operand := ast.Unparen(received).(*ast.UnaryExpr).X
	c.operands = fmt.Sprintf("%[1]s := %[2]s; %[3]s, %[4]s := %[5]s.Receiving(%[1]s); _, _ = %[3]s, %[4]s; ",
		channel, w.textOf(operand), got, ok, w.schedule)
	c.operation = fmt.Sprintf("%s, %s = <-%s", got, ok, channel)
	return c
}

func (w *weaver) textOf(n ast.Node) string {
	return string(w.source[w.offset(n.Pos()):w.offset(n.End())])
}
