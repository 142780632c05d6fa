package timeline

import (
	"io"
	"os"
	"strconv"
	"time"
	"unicode/utf8"
)

// WriteTrace writes the recording in the Trace Event Format, as JSON, which
// Perfetto (ui.perfetto.dev) and chrome://tracing read. Lanes are its threads,
// wakes its flows.
func (r *Recording) WriteTrace(w io.Writer) error {
	pid := func(lane int) int {
		if own := r.lanes[lane].PID; own != 0 {
			return own
		}
		return os.Getpid()
	}
	file := traceFile(`{"displayTimeUnit":"ms","traceEvents":[`)
	for i, lane := range r.lanes {
		about := func(name, arg, value string) {
			file.event(name, "M", pid(i), i)
			file.field("args", `{"`+arg+`":`+value+`}`)
			file.end()
		}
		about("thread_name", "name", quoted(lane.Name))
		about("thread_sort_index", "sort_index", strconv.Itoa(i))
		if lane.Kind == Process {
			about("process_name", "name", quoted(lane.Name))
		}
		for _, s := range lane.Spans {
			name := s.State.String()
			if s.State == Held {
				name = s.For
			}
			file.event(name, "X", pid(i), i)
			file.field("cat", quoted(lane.Kind.String()))
			file.field("ts", micros(s.Start))
			file.field("dur", micros(s.End-s.Start))
			if detail := s.detail(); detail != "" {
				file.field("args", `{"detail":`+quoted(detail)+`}`)
			}
			file.end()
		}
	}
	for i, wake := range r.wakes {
		flow := func(phase string, lane int) {
			file.event(wake.What, phase, pid(lane), lane)
			file.field("cat", `"wake"`)
			file.field("ts", micros(wake.At))
			file.field("id", strconv.Itoa(i+1))
		}
		flow("s", wake.From)
		file.end()
		flow("f", wake.To)
		file.field("bp", `"e"`)
		file.end()
	}
	file = append(file, "]}\n"...)
	_, err := w.Write(file)
	return err
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
