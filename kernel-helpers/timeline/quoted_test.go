package timeline

import (
	"encoding/json"
	"testing"
)

// FuzzQuoted compares with what encoding/json makes of a string, on the way
// there and back.
func FuzzQuoted(f *testing.F) {
	for _, s := range []string{
		"", "plain", `quo"te`, `back\slash`, "line\nbreak\ttab\r\b\f", "\x00\x1f\x7f\x80", "é → 工 \U0001f600",
		"cut \xe2\x82", "\xff\xfe", "\u2028\u2029", "</script>&", "\xed\xa0\x80",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var want, got string
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(quoted(s)), &got); err != nil || got != want {
			t.Errorf("%q is written as %s and read as %q, want %q; %v", s, quoted(s), got, want, err)
		}
	})
}
