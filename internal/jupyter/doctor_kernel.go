package jupyter

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

// slowChart is how long the second cell with a chart may take on a busy
// machine. Everything is compiled by then: only linking and running is left.
const slowChart = 10 * time.Second

// kernel starts the kernel and runs a plain cell and two with a chart.
func (d *Doctor) kernel(ctx context.Context, report func(Finding)) {
	const plain, chart = "kernel", "chart"
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	kernel, err := StartKernel(ctx, d.root, os.TempDir())
	if err != nil {
		report(Finding{Part: plain, Detail: err.Error(), Mend: "mend what is marked above, or " + setup})
		report(Finding{Part: chart, Detail: "not tried: the kernel does not start", Mend: "mend the kernel first"})
		return
	}
	defer kernel.Close()

	report(finding(plain, func(ctx context.Context) (string, *problem) {
		result, err := kernel.Execute(ctx, "import \"fmt\"\n\n%%\nfmt.Println(6 * 7)")
		switch {
		case err != nil:
			return "", &problem{err.Error(), setup}
		case result.Failed:
			return "", &problem{"a plain cell fails: " + excerpt(result.Error()), setup}
		case strings.TrimSpace(result.Text()) != "42":
			return "", &problem{fmt.Sprintf("6 * 7 is %q", result.Text()), setup}
		}
		return "answers a cell", nil
	}, ctx))

	report(finding(chart, func(ctx context.Context) (string, *problem) {
		var result *Result
		for range 2 {
			var err error
			if result, err = kernel.Execute(ctx, chartCell); err != nil {
				return "", &problem{err.Error(), setup}
			}
			if result.Failed {
				return "", &problem{"a cell with a chart fails: " + excerpt(result.Error()), setup}
			}
			if !slices.Contains(Charts(result), "timeline") {
				return "", &problem{"a cell that draws a timeline shows none", setup}
			}
		}
		if result.Duration > slowChart {
			return "", &problem{fmt.Sprintf("the second one took %.1f s", result.Duration.Seconds()), "wait until the machine is less busy, and run interleave warm"}
		}
		return fmt.Sprintf("comes back in %.2f s", result.Duration.Seconds()), nil
	}, ctx))
}
