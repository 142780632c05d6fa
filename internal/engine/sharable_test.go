package engine

import "testing"

func TestWhatMayShareABinary(t *testing.T) {
	for source, want := range map[string]bool{
		"func F() {}":          true,
		"var mu sync.Mutex":    true,
		"var n, m int = 1, -2": true,
		"var seen map[string]int; var list []string":          true,
		"var on = true; var none []int = nil":                 true,
		"var f = func() { for {} }":                           true,
		"const big = 1 << 60":                                 true,
		"this does not parse":                                 true,
		"var gone = func() int { for {} }()":                  false,
		"var err = errors.New(\"gone\")":                      false,
		"var list = []int{1, 2}":                              false,
		"var big [1 << 30]int":                                false,
		"type big [1 << 30]int; var hidden big":               false,
		"type int [1 << 30]byte; var hidden int":              false,
		"var s struct{ big [1 << 30]int }":                    false,
		"var true = f(); var on = true; func f() bool":        false,
		"var n = <-make(chan int)":                            false,
		"var p = &struct{}{}":                                 false,
		"func F() { var local = os.Getpid(); _ = local }":     true,
		"var _ = func() int { return 1 }; var _ = F()":        false,
		"var box pools.Future[[1 << 30]int]; type T struct{}": false,
	} {
		if got := sharable([]byte("package p\n" + source)); got != want {
			t.Errorf("%s\nmay share a binary: %v, want %v", source, got, want)
		}
	}
}
