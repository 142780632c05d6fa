package drawing

import (
	"strings"
	"testing"
)

func TestAnEmptyChartIsAnErrorNotAPanic(t *testing.T) {
	if err := new(Chart).Show(); err == nil || !strings.Contains(err.Error(), "plot.Bar") {
		t.Errorf("error %v, want one that says how to make a chart", err)
	}
}
