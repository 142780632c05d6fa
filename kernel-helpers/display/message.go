package display

import (
	"encoding/json"
	"fmt"
	"math"
	"runtime/debug"
)

// commValue has the shape of gonbui/protocol.CommValue of GoNB 0.11.
type commValue struct {
	address string
	value   any
}

const (
	commMIME    = "gonb/comm_value"
	syncAddress = "#gonbui/sync"
	syncAck     = "#gonbui/sync_ack"
)

// usesGonbui reports whether GoNB's own library is part of this program, whose
// reader would take the kernel's answers to us.
func usesGonbui() bool {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return false
	}
	for _, module := range info.Deps {
		if module.Path == "github.com/janpfeifer/gonb" {
			return true
		}
	}
	return false
}

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
