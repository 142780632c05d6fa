package main

import (
	"strings"
	"testing"
)

func TestAPartThatIsMeasuredAnewTakesItsPlace(t *testing.T) {
	page := merge("", "# Benchmarks", map[string]string{"queues": "## Queues\n\nslow\n", "cells": "## Cells\n"})
	if want := "# Benchmarks\n\n<!-- part: cells -->\n\n## Cells\n\n<!-- part: queues -->\n\n## Queues\n\nslow\n"; page != want {
		t.Fatalf("%q, want %q", page, want)
	}
	again := merge(page, "# Benchmarks", map[string]string{"queues": "## Queues\n\nfast\n", "locks": "## Locks\n"})
	if want := strings.Replace(page, "slow", "fast", 1) + "\n<!-- part: locks -->\n\n## Locks\n"; again != want {
		t.Errorf("%q, want %q", again, want)
	}
}
