package timeline

import (
	"encoding/json"
	"io"
	"os"
	"time"
)

// WriteTrace writes the recording in the Trace Event Format, as JSON, which
// Perfetto (ui.perfetto.dev) and chrome://tracing read. Lanes are its threads,
// wakes its flows.
func (r *Recording) WriteTrace(w io.Writer) error {
	type event struct {
		Name     string         `json:"name"`
		Phase    string         `json:"ph"`
		Category string         `json:"cat,omitempty"`
		Time     float64        `json:"ts"` // microseconds
		Duration float64        `json:"dur,omitempty"`
		PID      int            `json:"pid"`
		TID      int            `json:"tid"`
		ID       int            `json:"id,omitempty"`
		Bind     string         `json:"bp,omitempty"`
		Args     map[string]any `json:"args,omitempty"`
	}
	micros := func(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
	pid := func(lane int) int {
		if own := r.lanes[lane].PID; own != 0 {
			return own
		}
		return os.Getpid()
	}
	events := []event{}
	for i, lane := range r.lanes {
		events = append(events,
			event{Name: "thread_name", Phase: "M", PID: pid(i), TID: i, Args: map[string]any{"name": lane.Name}},
			event{Name: "thread_sort_index", Phase: "M", PID: pid(i), TID: i, Args: map[string]any{"sort_index": i}})
		if lane.Kind == Process {
			events = append(events, event{Name: "process_name", Phase: "M", PID: pid(i), TID: i, Args: map[string]any{"name": lane.Name}})
		}
		for _, s := range lane.Spans {
			name := s.State.String()
			if s.State == Held {
				name = s.For
			}
			e := event{Name: name, Phase: "X", Category: lane.Kind.String(), PID: pid(i), TID: i,
				Time: micros(s.Start), Duration: micros(s.End - s.Start)}
			if detail := s.detail(); detail != "" {
				e.Args = map[string]any{"detail": detail}
			}
			events = append(events, e)
		}
	}
	for i, wake := range r.wakes {
		flow := event{Name: wake.What, Category: "wake", Time: micros(wake.At), ID: i + 1}
		flow.Phase, flow.PID, flow.TID = "s", pid(wake.From), wake.From
		events = append(events, flow)
		flow.Phase, flow.PID, flow.TID, flow.Bind = "f", pid(wake.To), wake.To, "e"
		events = append(events, flow)
	}
	return json.NewEncoder(w).Encode(map[string]any{"traceEvents": events, "displayTimeUnit": "ms"})
}
