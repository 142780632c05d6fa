package display

import (
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"sync"
)

// The types below have the shape of GoNB's package gonbui/protocol (v0.11). gob
// matches structs by their fields, so only a value that travels inside an
// interface needs the name that the kernel registered.

type mimeType string

type displayData struct {
	Data      map[mimeType]any
	Metadata  map[string]any
	DisplayID string
}

type commValue struct {
	Address string
	Request bool
	Value   any
}

const (
	commMIME      mimeType = "gonb/comm_value"
	commValueName          = "github.com/janpfeifer/gonb/gonbui/protocol.CommValue"
	syncAddress            = "#gonbui/sync"
	syncAck                = "#gonbui/sync_ack"
)

// registerTypes tells gob the types that travel inside interfaces. It waits for
// the first output instead of running in init, because gob panics when gonbui
// registered its own type under the same name: a cell that only imports both
// must still run.
var registerTypes = sync.OnceValue(func() (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("display: this program also uses gonbui, which reads the same pipe; " +
				"use display.HTML and display.Markdown in place of gonbui's functions")
		}
	}()
	gob.RegisterName(commValueName, commValue{})
	gob.Register(map[string]any{})
	gob.Register([]any{})
	return nil
})

// normalize returns value in the types that the kernel's decoder knows. A type
// it does not know would end the decoder and with it every later output of the
// cell, so everything else takes the way through JSON.
func normalize(value any) (any, error) {
	switch value := value.(type) {
	case string, []byte:
		return value, nil
	default:
		if isPlain(value) {
			return value, nil
		}
	}
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		return nil, err
	}
	if plain == nil {
		return nil, fmt.Errorf("a %T without a value", value)
	}
	return plain, nil
}

// isPlain reports whether v is made of what JSON decodes to, so that it can be
// sent as it is.
func isPlain(v any) bool {
	switch v := v.(type) {
	case string, bool:
		return true
	case float64:
		return !math.IsNaN(v) && !math.IsInf(v, 0)
	case map[string]any:
		for _, element := range v {
			if element != nil && !isPlain(element) {
				return false
			}
		}
		return v != nil
	case []any:
		for _, element := range v {
			if element != nil && !isPlain(element) {
				return false
			}
		}
		return v != nil
	}
	return false
}
