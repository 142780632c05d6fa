package report

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// Row is the judgement on one exercise of one submission.
type Row struct {
	Submission string         `json:"submission"` // its path below the graded folder
	Exercise   string         `json:"exercise"`   // "" when the submission could not be read at all
	Verdict    engine.Verdict `json:"verdict"`
	Points     float64        `json:"points"`
	MaxPoints  int            `json:"max_points"`
	Message    string         `json:"message"`
	Report     *engine.Report `json:"report,omitempty"`
	// Origin is of which release the notebook is, and which one judged it.
	Origin *exercise.Origin `json:"origin,omitempty"`
}

// JSON writes v indented.
func JSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// CSV writes a header and one line a row, whatever a message holds. The points of
// a row with a grader fault are empty: nothing is known of them. So is the sandbox of a
// row that is of no exercise, for which nothing would have run.
func CSV(w io.Writer, rows []Row) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"submission", "exercise", "verdict", "points", "max_points", "message", "sandbox"}); err != nil {
		return err
	}
	for _, r := range rows {
		points := Number(r.Points)
		if r.Verdict == engine.GraderFault {
			points = ""
		}
		tier := ""
		if r.Report != nil {
			tier = r.Report.Sandbox
		}
		record := []string{r.Submission, r.Exercise, string(r.Verdict), points, strconv.Itoa(r.MaxPoints), r.Message, tier}
		for i := range record {
			record[i] = inert(oneLine(record[i]))
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' }), "; ")
}

// inert keeps a spreadsheet from taking a learner's text for a formula.
func inert(field string) string {
	if field != "" && strings.ContainsRune("=+-@\t\r", rune(field[0])) {
		return "'" + field
	}
	return field
}
