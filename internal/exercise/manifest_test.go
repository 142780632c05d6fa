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
		"a key that nobody knows":    {`{` + rest + `, "hint": []}`, `there is no key "hint"`},
		"a limit that nobody knows":  {`{` + rest + `, "limits": {"memory": 5}}`, `there is no key "memory"`},
		"a text for a number":        {"{\n" + `"title": "Add", "day": "3"}`, `line 2: "day" cannot be a string`},
		"a comma that is not there":  {"{\n\"title\": \"Add\"\n\"day\": 1}", "line 3 is not JSON, or the line above lacks a comma"},
		"half of one":                {`{"title": `, "it breaks off"},
		"nothing":                    {"", "it breaks off, or is empty"},
		"more than one":              {`{` + rest + `}}`, "follows the manifest's closing brace"},
		"a cap above all":            {`{` + rest + `, "caps": {"race": 50}}`, "is not a share between 0 and 1"},
		"a name that is not reached": {`{"title": "Add", "day": 1, "task": 1, "entry": ["add"]}`, `"add" is not an exported Go name`},
		"a package that none may":    {`{` + rest + `, "imports": ["os"]}`, "os can never be allowed"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseManifest([]byte(c.text))
			if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
				t.Errorf("got %v, want %q", err, c.says)
			}
		})
	}
}
