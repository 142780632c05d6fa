package main

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

var exampleName = regexp.MustCompile(`(?m)^\s+"([a-z0-9-]+)":`)

func TestEveryExampleIsThereInBothLanguages(t *testing.T) {
	used := map[string][]string{} // by topic
	for _, l := range lessonExamples {
		for _, e := range l.examples {
			used[e.script] = append(used[e.script], e.name)
		}
	}
	for topic, names := range used {
		slices.Sort(names)
		names = slices.Compact(names) // two lessons may have the same example
		for _, file := range []string{"lessons/" + topic + ".py", "lessons/" + topic + ".go"} {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var has []string
			for _, found := range exampleName.FindAllSubmatch(source, -1) {
				has = append(has, string(found[1]))
			}
			slices.Sort(has)
			if !slices.Equal(has, names) {
				t.Errorf("%s has %q, and the table %q", file, has, names)
			}
		}
	}
}
