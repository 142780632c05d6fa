package notebook

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Finding is one place where a notebook departs from the course's format.
type Finding struct {
	Cell    int    `json:"cell"` // position from 1; 0 for the notebook as a whole
	ID      string `json:"id,omitempty"`
	Message string `json:"message"`
}

// Widest is how many columns a line of code may have; a tab takes four.
const Widest = 80

// Lint compares a notebook that readers get with what every notebook of the course
// keeps to and, if its file's name or its title says that it is a day, with the
// format of a day:
//
//	# Day N: title
//	## Objective
//	## Topics to Cover
//	### 1. …              points, a code cell that runs, ### Explanation
//	## Tasks
//	### 1. …              a graded cell and its check cell
//	## Conclusion
//	#### Key Takeaways
//
// name is the file's, such as day-03-threads-and-processes.ipynb.
func Lint(name string, n *Notebook) []Finding {
	l := linter{notebook: n}
	l.whole()
	for i, c := range n.Cells {
		l.at = i
		l.cell(c)
	}
	l.tasks()
	headings := l.headings()
	switch {
	case len(headings) == 0 || headings[0].level != 1 || headings[0].cell != 0:
		l.reportAt(-1, `its first cell does not begin with "# " and a title`)
	case strings.HasPrefix(name, "day-") || dayTitle.MatchString(headings[0].text):
		l.day(name, headings)
	}
	return l.findings
}

// mayFail is the tag of a cell after whose error Jupyter goes on with the next.
const mayFail = "raises-exception"

type linter struct {
	notebook *Notebook
	at       int // index of the cell that is looked at
	findings []Finding
}

func (l *linter) report(format string, args ...any) {
	l.reportAt(l.at, format, args...)
}

func (l *linter) reportAt(cell int, format string, args ...any) {
	f := Finding{Message: fmt.Sprintf(format, args...)}
	if cell >= 0 {
		f.Cell, f.ID = cell+1, l.notebook.Cells[cell].ID
	}
	l.findings = append(l.findings, f)
}

func (l *linter) whole() {
	spec, _ := l.notebook.Metadata["kernelspec"].(map[string]any)
	if spec["name"] != "gonb" {
		l.reportAt(-1, `its kernelspec is %q, not "gonb": choose the kernel Go (gonb) and save`, fmt.Sprint(spec["name"]))
	}
	if l.notebook.Minor < 5 {
		l.reportAt(-1, "nbformat 4.%d has no cell ids: open it in JupyterLab and save it", l.notebook.Minor)
	}
}

var homePath = regexp.MustCompile(`(/home/|/Users/|/root/|[A-Z]:\\Users\\)[A-Za-z0-9_.-]+`)

func (l *linter) cell(c *Cell) {
	if !c.Clean() {
		l.report("it carries outputs, an execution count or times: interleave lint --fix strips them")
	}
	if path := homePath.FindString(c.Source); path != "" {
		l.report("it names somebody's home folder, %s", path)
	}
	lesson, err := c.Lesson()
	if err != nil {
		l.report("%v", err)
	}
	for _, pattern := range []string{lesson.Expect.Text, lesson.Expect.Error} {
		if _, err := regexp.Compile(pattern); err != nil {
			l.report("its expectation is not a regular expression: %v", err)
		}
	}
	if lesson.Expect.Error != "" && !tagged(c, mayFail) {
		l.report("it is expected to fail, so Run All Cells ends there: give it the tag %s", mayFail)
	}
	if c.Type != Code {
		return
	}
	if strings.TrimSpace(c.Source) == "" {
		l.report("an empty code cell")
	}
	for i, line := range strings.Split(c.Source, "\n") {
		if width := len([]rune(strings.ReplaceAll(line, "\t", "    "))); width > Widest {
			l.report("line %d has %d columns, %d are allowed", i+1, width, Widest)
		}
	}
}

func tagged(c *Cell, tag string) bool {
	tags, _ := c.Metadata["tags"].([]any)
	return slices.Contains(tags, any(tag))
}

// tasks checks that each graded cell meets its check cell before the next
// graded one. Cells to try things out may stand between them.
func (l *linter) tasks() {
	open, graded := "", 0
	for i, c := range l.notebook.Cells {
		lesson, err := c.Lesson()
		if err != nil {
			continue // reported with its cell
		}
		if lesson.Exercise != "" {
			if open != "" {
				l.reportAt(graded, "its check cell does not follow before the next graded cell")
			}
			open, graded = lesson.Exercise, i
		}
		if lesson.Check != "" {
			if lesson.Check != open {
				l.reportAt(i, "it checks %q, but the graded cell before it is of %q", lesson.Check, open)
			}
			open = ""
		}
		if graded := lesson.Exercise + lesson.Check; graded != "" && c.Metadata["nbgrader"] == nil {
			l.reportAt(i, "it has no nbgrader metadata: interleave sync writes it")
		}
	}
	if open != "" {
		l.reportAt(graded, "no check cell follows it")
	}
}

// heading is one heading of a Markdown cell.
type heading struct {
	cell, level int
	text        string
}

func (l *linter) headings() (list []heading) {
	for i, c := range l.notebook.Cells {
		if c.Type != Markdown {
			continue
		}
		fenced := false
		for line := range strings.Lines(c.Source) {
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, "```") {
				fenced = !fenced
			}
			text := strings.TrimLeft(line, "#")
			level := len(line) - len(text)
			if !fenced && level > 0 && strings.HasPrefix(text, " ") {
				list = append(list, heading{i, level, strings.TrimSpace(text)})
			}
		}
	}
	return list
}

var (
	dayTitle = regexp.MustCompile(`^Day (\d+): \S`)
	dayFile  = regexp.MustCompile(`^day-(\d+)-[a-z0-9-]+\.ipynb$`)
	numbered = regexp.MustCompile(`^(\d+)\. \S`)
)

var chapters = []string{"Objective", "Topics to Cover", "Tasks", "Conclusion"}

// day checks the chapters of a day and the sections in them.
func (l *linter) day(name string, headings []heading) {
	if !dayTitle.MatchString(headings[0].text) {
		l.reportAt(0, `the title of a day is "# Day N: title"`)
		return
	}
	title, file := dayTitle.FindStringSubmatch(headings[0].text), dayFile.FindStringSubmatch(name)
	if file == nil {
		l.reportAt(-1, "the file is not named like day-03-threads-and-processes.ipynb")
	} else if number(title[1]) != number(file[1]) {
		l.reportAt(0, "the title says day %s, the file's name day %s", title[1], file[1])
	}

	var found []string
	chapter, next, takeaways := "", 1, false
	for i, h := range headings[1:] {
		switch {
		case h.level == 1:
			l.reportAt(h.cell, "a second title, %q", h.text)
		case h.level == 2:
			found = append(found, h.text)
			chapter, next = h.text, 1
		case h.level == 3 && (chapter == "Topics to Cover" || chapter == "Tasks") && h.text != "Explanation":
			m := numbered.FindStringSubmatch(h.text)
			if m == nil || number(m[1]) != next {
				l.reportAt(h.cell, "the heading %q should begin with %d.", h.text, next)
			}
			next++
			l.section(h, headings[i+2:], chapter)
		case h.text == "Key Takeaways" && h.level == 4 && chapter == "Conclusion":
			takeaways = true
		}
	}
	if !slices.Equal(found, chapters) {
		l.reportAt(-1, "its chapters (##) are %q, not %q", found, chapters)
	}
	if !takeaways {
		l.reportAt(-1, `its conclusion has no "#### Key Takeaways"`)
	}
}

// section checks what a numbered section holds; rest are the headings after
// its own.
func (l *linter) section(h heading, rest []heading, chapter string) {
	end, explained := len(l.notebook.Cells), false
	for _, r := range rest {
		if r.text == "Explanation" {
			explained = true
		} else if r.level <= 3 {
			end = r.cell
			break
		}
	}
	code, graded := false, false
	for _, c := range l.notebook.Cells[h.cell:end] {
		lesson, _ := c.Lesson()
		code = code || c.Type == Code
		graded = graded || lesson.Exercise != ""
	}
	switch {
	case chapter == "Tasks" && !graded:
		l.reportAt(h.cell, "the task %q has no graded cell", h.text)
	case chapter != "Tasks" && !code:
		l.reportAt(h.cell, "the section %q has no code cell", h.text)
	case chapter != "Tasks" && !explained:
		l.reportAt(h.cell, `the section %q has no "### Explanation"`, h.text)
	}
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return -1
	}
	return n
}
