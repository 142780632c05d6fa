package jupyter

import (
	"context"
	"os"
	"runtime"
	"strings"

	"github.com/interleave-lab/interleave/internal/sandbox"
)

// sandbox says in what learners' programs run when they are checked and graded.
func (d *Doctor) sandbox(ctx context.Context) (string, *problem) {
	want, err := sandbox.Parse(os.Getenv(sandbox.Variable))
	if err != nil {
		return "", &problem{err.Error(), "unset " + sandbox.Variable}
	}
	if want == "" && runtime.GOOS != "linux" {
		return "none on this system: interleave grade runs submissions with --sandbox none only", nil
	}
	box, err := sandbox.Choose(ctx, want)
	if err != nil {
		return "", &problem{strings.ReplaceAll(err.Error(), "\n", " "), "see docs/grading.md, The sandbox"}
	}
	return string(box.Tier), nil
}
