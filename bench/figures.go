package main

import "time"

// The figures of the helpers. Each of a case's programs is in bench/peers (with
// what others made), in bench/ours (what starts processes), or beside package
// events.

func ours(name string) timed      { return timed{"ours", name} }
func beside(name string) timed    { return timed{"peers", name} }
func python(name string) timed    { return timed{"threads.py", name} }
func pythonSub(name string) timed { return timed{"processes.py", name} }

// aThread is what makes a thread dearer than a goroutine.
const aThread = "beyond a goroutine, a thread has a name, stands on the list of those that live, and keeps a panic for whoever waits for it"

var threadFigures = section{"Threads", []figure{
	{
		what: "`threads.Go` and `Join`",
		why:  aThread + ".",
		ours: beside("thread"),
		peers: []peer{
			{beside("goroutine"), "a goroutine and a `sync.WaitGroup`", 1.5},
			{python("thread"), "`threading.Thread`", 0},
		},
	},
	{
		what:  "`threads.Group`, each of 100 threads",
		why:   aThread + ". Where threads are joined one by one, most of the time goes to waking who waits, which a goroutine takes, too; here all are waited for once.",
		ours:  beside("group"),
		peers: []peer{{beside("goroutines"), "as many goroutines in a `sync.WaitGroup`", 1.5}},
	},
}}

var poolFigures = section{"Pools of threads", []figure{
	{
		what: "`Map`, an empty task",
		why:  "for each item a worker looks whether it is still its own and whether the whole has ended, and notes of which item a panic would be. A bare loop does nothing of that; what it pays instead, that cores hand the next index to each other, varies from machine to machine.",
		ours: beside("map"),
		peers: []peer{
			{beside("map-index"), "a bare loop over an atomic index", 1},
			{beside("map-conc"), "conc, `iter.Mapper`", 1},
			{beside("map-conc-pool"), "conc, `ResultErrorPool`", 1},
			{beside("map-errgroup"), "errgroup", 1},
			{beside("map-pond"), "pond, `ResultPool`", 1},
			{beside("map-ants"), "ants", 1},
			{python("map"), "`ThreadPoolExecutor.map`", 0},
		},
	},
	{
		what: "`Submit` and `Result`",
		why:  "two goroutines hand over to each other, there and back.",
		ours: beside("submit"),
		peers: []peer{
			{beside("submit-pond"), "pond, `SubmitErr` and `Wait`", 0.5},
			{beside("submit-goroutine"), "a goroutine and a channel", 0},
			{python("submit"), "`ThreadPoolExecutor.submit`", 0},
		},
	},
}}

var processFigures = section{"Processes", []figure{
	{
		what: "start and wait",
		ours: ours("start"),
		peers: []peer{
			{pythonSub("fork"), "`multiprocessing.Process`, fork", 0.9},
			{pythonSub("spawn"), "`multiprocessing.Process`, spawn", 0.05},
			{ours("end"), "`os/exec` of the same program, which ends at once", 0},
			{ours("true"), "`os/exec` of the system's `true`", 0},
		},
		why: "a child is a new program, as under spawn, with Go's runtime and all packages to start: what that takes where nothing is called stands beside it, and is the limit, as does the smallest of programs. Python's fork starts none and copies a process that runs.",
	},
	{
		what: "pool of 2 processes, an empty task, one at a time",
		why:  "each task wakes a process, unless it is still looking for work.",
		ours: ours("map"),
		peers: []peer{
			{pythonSub("executor-map"), "`ProcessPoolExecutor.map`", 0.3},
			{pythonSub("pool-map"), "`multiprocessing.Pool.map(chunksize=1)`", 0.5},
		},
	},
}}

var queueFigures = section{"Between processes", []figure{
	{
		what: "queue, a round trip",
		why:  "two processes wake each other: whoever has waited for longer than a moment sleeps, and the system takes its time.",
		ours: ours("round-trip"),
		peers: []peer{
			{pythonSub("queue"), "`multiprocessing.Queue`", 0.25},
			{pythonSub("pipe"), "`multiprocessing.Pipe`", 0.5},
		},
	},
	{
		what:  "queue, a message of 16 bytes of many",
		why:   "a message is encoded, copied into shared memory and out of it.",
		ours:  ours("small"),
		peers: []peer{{pythonSub("small"), "`multiprocessing.Queue`", 0.2}},
	},
	{
		what:  "queue, a message of 1 MiB of many",
		why:   "a megabyte is copied into shared memory and out of it, into memory that the receiver's garbage collector has to provide: the limit is the memory's speed, which is Python's limit, too.",
		ours:  ours("large"),
		peers: []peer{{pythonSub("large"), "`multiprocessing.Queue`", 0.2}},
	},
	{
		what:  "semaphore that nobody else wants, acquired and released",
		why:   "it notes who has a permit, so that one whose process dies is not lost; Python's does not.",
		ours:  ours("semaphore"),
		peers: []peer{{pythonSub("semaphore"), "`multiprocessing.Semaphore`", 0.2}},
	},
}}

var lockFigures = section{"Locks", []figure{
	{
		what: "`locks.Mutex` that nobody else wants, not recorded",
		why:  "it notes its holder, so that deadlocks can be told; `sync.Mutex` does not, and its fast path is put into the caller's code.",
		ours: beside("mutex"),
		peers: []peer{
			{beside("mutex-sync"), "`sync.Mutex`", 2},
			{python("lock"), "`threading.Lock`", 0},
		},
	},
}}

var loopFigures = section{"Event loop", []figure{
	{
		what: "10,000 tasks that yield once",
		ours: beside("gather"),
		peers: []peer{
			{timed{"coroutines.py", "gather"}, "`asyncio.gather` of as many `sleep(0)`", 0.25},
			{beside("coroutines"), "as many coroutines without a loop (`iter.Pull`)", 0},
		},
		why: "a task is a coroutine of Go's, which is made, resumed and ended by the runtime; what that takes without any loop stands beside it, and is the limit.",
	},
}}

var recordingFigures = section{"Recording", []figure{
	{
		what:  "one event of a helper, while recorded",
		why:   "it is a log of Go's tracer, whose time stands beside it.",
		ours:  timed{"cost", "event-on"},
		goal:  120 * time.Nanosecond,
		peers: []peer{{timed{"cost", "log-on"}, "`trace.Log`", 0}},
	},
	{
		what:  "one event of a helper, not recorded",
		why:   "it is a branch on one flag, and the loop around it.",
		ours:  timed{"cost", "event-off"},
		goal:  5 * time.Nanosecond,
		peers: []peer{{timed{"cost", "log-off"}, "`trace.Log`", 0}},
	},
}}
