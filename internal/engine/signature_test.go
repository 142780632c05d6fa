package engine

import "testing"

func TestHeadersAreComparedWithoutTheirLayout(t *testing.T) {
	const stub = `package p
type Page struct {
	URL  string
	Body []byte // nil if Err is not
}
func Get(
	ctx context.Context,
	fetch func(ctx context.Context, url string) ([]byte, error),
) (pages []Page, err error) { panic("") }
`
	want := declared([]byte(stub))
	for name, c := range map[string]struct {
		source string
		same   bool
	}{
		"in one line": {"package p\ntype Page struct { URL string; Body []byte }\n" +
			"func Get(c context.Context, f func(context.Context, string) ([]byte, error)) ([]Page, error) { return nil, nil }", true},
		"another type":    {"package p\ntype Page struct { URL string; Body string }\n", false},
		"another result":  {"package p\nfunc Get(context.Context, func(context.Context, string) ([]byte, error)) []Page { return nil }", false},
		"only a method":   {"package p\nfunc (Page) Get(context.Context, func(context.Context, string) ([]byte, error)) ([]Page, error) { return nil, nil }", false},
		"does not parse":  {"package p\nfunc Get(", false},
		"the stub itself": {stub, true},
	} {
		t.Run(name, func(t *testing.T) {
			got := declared([]byte(c.source))
			if same := got["Get"] == want["Get"] && got["Page"] == want["Page"]; same != c.same {
				t.Errorf("the same: %v, want %v\n%s\n%s", same, c.same, got, want)
			}
		})
	}
}
