// Package measure times functions against each other and says how sure the
// result is.
//
//	measure.Compare("Primes below 300,000",
//		measure.Case("one thread", func() { primes(1) }),
//		measure.Case("3 threads", func() { primes(3) }),
//	)
//
// One timing says little: a machine is busy with other things, and with others a
// moment later. So cases run in rounds, one after the other in an order that is
// shuffled for each, and what is told is a median and the interval in which it
// lies with 95% confidence. That interval is distribution-free: it asks nothing of
// how the times are spread. Two cases are compared round by round, so that what
// slowed a whole round down falls out.
//
// [Scaling] asks how much more workers help, and [Python] times a Python script
// beside Go functions.
//
// Use it for questions of "how many times as fast". To find out where time goes,
// use a profiler; to see who waits for whom, package timeline; for nanoseconds of
// a single operation in a project, Go's own testing.B and benchstat.
package measure
