package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// watchMemory adds up what a process and all its descendants hold, ten times a second,
// and returns what tells the most that it saw, in MB. What they share counts each
// time. Where there is no /proc it tells 0.
func watchMemory(pid int) (most func() int) {
	stop, told := make(chan struct{}), make(chan int)
	go func() {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		largest := 0
		for {
			largest = max(largest, held(pid))
			select {
			case <-tick.C:
			case <-stop:
				told <- largest
				return
			}
		}
	}()
	return func() int { close(stop); return <-told }
}

// held is what a process and its descendants hold now, in MB.
func held(root int) int {
	parent, pages := map[int]int{}, map[int]int{}
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended
		}
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		// Behind the name, which may hold anything: state, parent, …, resident pages.
		fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		parent[pid], _ = strconv.Atoi(fields[1])
		pages[pid], _ = strconv.Atoi(fields[21])
	}
	sum := 0
	for pid, n := range pages {
		for p := pid; p > 1; p = parent[p] {
			if p == root {
				sum += n
				break
			}
		}
	}
	return sum * os.Getpagesize() >> 20
}
