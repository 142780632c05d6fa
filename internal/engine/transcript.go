package engine

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/wire"
)

// transcript is what came back on the judge's channel: testing's own frames,
// which start with a mark that no message can hold at a line's start, and the
// judge's events. A check has passed if both say so.
type transcript struct {
	ends    map[string]*testEnd
	running string // the check that had begun and not ended
	event   *wire.Event
}

type testEnd struct {
	passed bool
	lines  []string
}

const frameMark = "\x16"

var frame = regexp.MustCompile(`^(=== RUN  |=== NAME |--- PASS:|--- FAIL:|--- SKIP:) +(\S+)`)

func readTranscript(text, token string) transcript {
	t := transcript{ends: map[string]*testEnd{}}
	said := map[string][]string{}
	confirmed := map[string]bool{}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if event, ok := strings.CutPrefix(line, wire.Mark+token); ok {
			var e wire.Event
			switch err := json.Unmarshal([]byte(event), &e); {
			case err != nil:
			case e.Kind == wire.Passed:
				confirmed[e.Test] = true
			default:
				t.event = &e
			}
			continue
		}
		framed, ok := strings.CutPrefix(line, frameMark)
		m := frame.FindStringSubmatch(framed)
		if !ok || m == nil {
			said[t.running] = append(said[t.running], line)
			continue
		}
		switch strings.TrimSpace(m[1]) {
		case "=== RUN", "=== NAME":
			t.running = m[2]
		default:
			t.ends[m[2]] = &testEnd{passed: m[1] == "--- PASS:" && confirmed[m[2]], lines: said[m[2]]}
			t.running = ""
		}
	}
	return t
}

var position = regexp.MustCompile(`^\s+\S+\.go:\d+: `)

// failure is what a check said with t.Error, without the check's own lines.
func failure(lines []string) string {
	var messages []string
	for _, line := range lines {
		if at := position.FindString(line); at != "" {
			messages = append(messages, line[len(at):])
		} else if line = strings.TrimSpace(line); line != "" && len(messages) > 0 {
			messages[len(messages)-1] += "\n" + line
		}
	}
	const most = 3
	if len(messages) > most {
		messages = append(messages[:most], "…")
	}
	text := strings.Join(messages, "\n")
	if text == "" {
		return "The check failed without saying why."
	}
	const longest = 2000
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + " …"
	}
	return text
}
