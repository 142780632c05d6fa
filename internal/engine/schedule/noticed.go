package schedule

import (
	"reflect"
	"testing"
	"time"
	"unsafe"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

// notices notes, in a run that is recorded, that a goroutine has come to a Point and the
// test has failed since the one before, once.
//
//go:norace
func (r *run) notices(g *goroutine) {
	if r.log == nil || r.noticed || r.failed == nil || !*r.failed {
		return
	}
	r.noticed = true
	now := time.Now()
	r.log.Add(record.Event{Kind: record.Noticed, Goroutine: g.id, From: r.at(now), To: r.at(now), Place: g.now.place})
}

// failedOf returns where a test keeps whether it has failed. To ask testing itself would
// order the caller after whoever failed, and be a race with the test's end, which nothing
// orders with goroutines that are left. It is nil in a version of Go that keeps it elsewhere.
func failedOf(t *testing.T) *bool {
	field := reflect.ValueOf(t).Elem().FieldByName("failed")
	if !field.IsValid() || field.Kind() != reflect.Bool {
		return nil
	}
	return (*bool)(unsafe.Pointer(field.UnsafeAddr()))
}
