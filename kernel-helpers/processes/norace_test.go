//go:build !race

package processes_test

const raceEnabled = false
