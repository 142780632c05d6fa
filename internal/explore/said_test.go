package explore

import "testing"

func TestWhatATestSays(t *testing.T) {
	for _, c := range []struct{ name, stdout, want string }{
		{"nothing", "=== RUN   TestA\n--- FAIL: TestA (0.00s)\n", "The test failed without saying why."},
		{"a line", "=== RUN   TestA\n    a_test.go:3: no\n--- FAIL: TestA (0.00s)\n", "a_test.go:3: no"},
		{"several lines", "    a_test.go:3: got\n        b\nprinted\n        c\n", "a_test.go:3: got\nb"},
		{"a stack before the reason", "    a_test.go:3: at\n        1\n        2\n        3\n        4\n    a_test.go:4: hangs\n", "a_test.go:3: at\n1\n2\n…\na_test.go:4: hangs"},
		{"very much", "    a_test.go:1: 1\n    a_test.go:1: 2\n    a_test.go:1: 3\n    a_test.go:1: 4\n    a_test.go:1: 5\n    a_test.go:1: 6\n",
			"a_test.go:1: 2\na_test.go:1: 3\na_test.go:1: 4\na_test.go:1: 5\na_test.go:1: 6"},
	} {
		if got := said(c.stdout); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
