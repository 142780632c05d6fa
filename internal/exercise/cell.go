package exercise

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/interleave-lab/interleave/internal/notebook"
)

// Belongs returns the slug of the exercise that the cell solves, or "". A cell
// whose own metadata was lost is known by nbgrader's grade_id.
func Belongs(c *notebook.Cell) string {
	if own, ok := c.Metadata["interleave"].(map[string]any); ok {
		if slug, ok := own["exercise"].(string); ok {
			return slug
		}
	}
	if nb, ok := c.Metadata["nbgrader"].(map[string]any); ok && nb["solution"] == true {
		if id, ok := nb["grade_id"].(string); ok {
			return id
		}
	}
	return ""
}

// GradedCell writes the stub and its metadata into the cell that a learner
// fills in.
func (e *Exercise) GradedCell(c *notebook.Cell, stub []byte) {
	_, code, _ := strings.Cut(string(stub), "\n") // the kernel has its own package clause
	c.Source = strings.TrimSpace(code)
	setNbgrader(c, gradeMetadata{ID: e.Slug, Solution: true})
}

// checkImport begins a check cell.
const checkImport = `import "` + Module + `/kernel-helpers/check"`

// CheckCell writes the call that checks the exercise, with its import, for which the
// kernel would look on the disk at each call. points is what the exercise is worth,
// hidden checks included.
func (e *Exercise) CheckCell(c *notebook.Cell, points int) {
	c.Source = fmt.Sprintf("%s\n\n%%%%\ncheck.Exercise(%q)", checkImport, e.Slug)
	setNbgrader(c, gradeMetadata{ID: e.Slug + "-check", Grade: true, Locked: true, Points: points})
}

// gradeMetadata is nbgrader's per-cell metadata, schema 3.
type gradeMetadata struct {
	ID                      string
	Grade, Solution, Locked bool
	Points                  int // of a grade cell
}

func setNbgrader(c *notebook.Cell, g gradeMetadata) {
	fields := map[string]any{
		"schema_version": json.Number("3"),
		"grade":          g.Grade,
		"solution":       g.Solution,
		"locked":         g.Locked,
		"task":           false,
		"grade_id":       g.ID,
		"cell_type":      string(c.Type),
		"checksum":       checksum(c, g),
	}
	if g.Grade {
		fields["points"] = json.Number(strconv.Itoa(g.Points))
	}
	if c.Metadata == nil {
		c.Metadata = map[string]any{}
	}
	c.Metadata["nbgrader"] = fields
}

// answered reports whether a graded cell holds something else than what was
// written there for the learner: its text is not that of its own checksum.
func answered(c *notebook.Cell) bool {
	nb, _ := c.Metadata["nbgrader"].(map[string]any)
	sum, known := nb["checksum"].(string)
	if !known {
		return strings.TrimSpace(c.Source) != ""
	}
	id, _ := nb["grade_id"].(string)
	return sum != checksum(c, gradeMetadata{ID: id, Solution: true})
}

// checksum is nbgrader's compute_checksum: it tells whether a locked cell was
// changed. Python's spelling of truth values and numbers is part of it.
func checksum(c *notebook.Cell, g gradeMetadata) string {
	python := func(b bool) string {
		if b {
			return "True"
		}
		return "False"
	}
	text := c.Source + string(c.Type) + python(g.Grade) + python(g.Solution) + python(g.Locked) + g.ID
	if g.Grade {
		text += fmt.Sprintf("%d.0", g.Points)
	}
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}
