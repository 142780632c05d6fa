package timeline

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"
	"unicode/utf8"
)

// Save writes the recording into a file, see [Recording.WriteTrace], and says where
// to open it.
func (r *Recording) Save(name string) error {
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("timeline: cannot save the recording: %w", err)
	}
	if err := errors.Join(r.WriteTrace(file), file.Close()); err != nil {
		return fmt.Errorf("timeline: the recording in %s is not whole: %w", name, err)
	}
	fmt.Printf("%s holds the recording: open it at https://ui.perfetto.dev, which reads it in your browser and uploads nothing, or at chrome://tracing.\n", name)
	return nil
}

// WriteTrace writes the recording in the Trace Event Format, as JSON, which
// Perfetto (ui.perfetto.dev) and chrome://tracing read. Lanes are its threads, in
// the processes that they belong to, wakes its flows; a counter says how many ran
// and how many were ready, and the category "critical" marks the critical path.
//
// The format is described in "Trace Event Format" by N. Duca and D. Sinclair.
func (r *Recording) WriteTrace(w io.Writer) error {
	file := traceFile(`{"displayTimeUnit":"ms","traceEvents":[`)
	file.about("process_name", "name", quoted("this program"), os.Getpid(), 0)
	for i, lane := range r.lanes {
		pid := r.pid(i)
		file.about("thread_name", "name", quoted(lane.Name), pid, i)
		file.about("thread_sort_index", "sort_index", strconv.Itoa(i), pid, i)
		if lane.Kind == Process {
			file.about("process_name", "name", quoted(lane.Name), pid, i)
			file.about("process_sort_index", "sort_index", strconv.Itoa(i), pid, i)
		}
		for _, s := range lane.Spans {
			file.span(lane.Kind, s, pid, i)
		}
	}
	for i, wake := range r.wakes {
		file.wake(i+1, wake, r.pid(wake.From), r.pid(wake.To))
	}
	for _, load := range r.Strip() {
		file.event("goroutines", "C", os.Getpid(), 0)
		file.field("ts", micros(load.At))
		file.field("args", fmt.Sprintf(`{"running":%d,"ready":%d}`, load.Running, load.Ready))
		file.end()
	}
	file = append(file, "]}\n"...)
	_, err := w.Write(file)
	return err
}

// pid returns the process that a lane belongs to.
func (r *Recording) pid(lane int) int {
	if own := r.lanes[lane].PID; own != 0 {
		return own
	}
	return os.Getpid()
}

// traceFile is JSON under way. It is written by hand, since linking
// encoding/json would cost every cell that records its time.
type traceFile []byte

// event begins an event with what all events have.
func (f *traceFile) event(name, phase string, pid, tid int) {
	if (*f)[len(*f)-1] == '}' {
		*f = append(*f, ',')
	}
	*f = append(*f, `{"name":`+quoted(name)...)
	f.field("ph", `"`+phase+`"`)
	f.field("pid", strconv.Itoa(pid))
	f.field("tid", strconv.Itoa(tid))
}

// about tells a property of a process or thread; value is JSON.
func (f *traceFile) about(property, arg, value string, pid, tid int) {
	f.event(property, "M", pid, tid)
	f.field("args", `{"`+arg+`":`+value+`}`)
	f.end()
}

func (f *traceFile) span(kind Kind, s Span, pid, tid int) {
	name, category := s.State.String(), kind.String()
	if s.State == Held {
		name = s.For
	}
	if s.Critical {
		category += ",critical"
	}
	f.event(name, "X", pid, tid)
	f.field("cat", quoted(category))
	f.field("ts", micros(s.Start))
	f.field("dur", micros(s.End-s.Start))
	if detail := s.detail(); detail != "" {
		f.field("args", `{"detail":`+quoted(detail)+`}`)
	}
	f.end()
}

// wake tells a flow: where it starts and where it ends.
func (f *traceFile) wake(id int, w Wake, from, to int) {
	flow := func(phase string, pid, tid int) {
		f.event(w.What, phase, pid, tid)
		f.field("cat", `"wake"`)
		f.field("ts", micros(w.At))
		f.field("id", strconv.Itoa(id))
	}
	flow("s", from, w.From)
	f.end()
	flow("f", to, w.To)
	f.field("bp", `"e"`) // to the span around it
	f.end()
}

// field adds to an event; value is JSON.
func (f *traceFile) field(name, value string) {
	*f = append(*f, `,"`+name+`":`+value...)
}

func (f *traceFile) end() { *f = append(*f, '}') }

// micros is d in the format's unit.
func micros(d time.Duration) string {
	return strconv.FormatFloat(float64(d)/float64(time.Microsecond), 'f', -1, 64)
}

// quoted is s as a JSON string. Bytes that are no UTF-8 become U+FFFD.
func quoted(s string) string {
	const hex = "0123456789abcdef"
	b := []byte{'"'}
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return string(append(b, '"'))
}
