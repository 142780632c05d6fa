package exercise

import (
	"strings"
	"testing"
)

func TestManifests(t *testing.T) {
	const rest = `"title": "Add", "day": 1, "task": 1, "entry": ["Add"]`
	for name, c := range map[string]struct{ text, says string }{
		"the least":                  {`{` + rest + `}`, ""},
		"hints":                      {`{` + rest + `, "hints": ["Who writes to the map?", "Guard it with ` + "`mu`" + `."]}`, ""},
		"a hint that is no sentence": {`{` + rest + `, "hints": ["a lock"]}`, `hint 1 is no sentence: "a lock"`},
		"an empty hint":              {`{` + rest + `, "hints": ["Use a lock.", ""]}`, "hint 2 is no sentence"},
		"a hint that comes twice":    {`{` + rest + `, "hints": ["Use a lock.", "Use a lock."]}`, "hint 2 stands there twice"},
		"processes":                  {`{` + rest + `, "limits": {"processes": 4}}`, ""},
		"fewer than no processes":    {`{` + rest + `, "limits": {"processes": -1}}`, "must not be negative"},
		"a key that nobody knows":    {`{` + rest + `, "hint": []}`, `unknown field "hint"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseManifest([]byte(c.text))
			if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
				t.Errorf("got %v, want %q", err, c.says)
			}
		})
	}
}
