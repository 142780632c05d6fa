package processes

import "unsafe"

// fuzzed is a type that travels by gob.
type fuzzed struct {
	Name string
	List []map[string]float64
	Next *fuzzed
}

// EncodedForTest returns some values as another process would send them.
func EncodedForTest() (all [][]byte) {
	p := payloadOf[fuzzed]().get()
	for _, v := range []fuzzed{{}, {Name: "Ada", List: []map[string]float64{{"x": 1}}, Next: &fuzzed{Name: "Grace"}}} {
		data, done, err := encode(p, &v)
		if err != nil {
			panic(err)
		}
		all = append(all, append([]byte(nil), data...))
		done()
	}
	return all
}

// DecodeForTest reads data as values of several types, and as messages.
func DecodeForTest(data []byte) {
	var f fuzzed
	decode(payloadOf[fuzzed]().get(), data, true, &f)
	var n int
	if err := decode(payloadOf[int]().get(), data, true, &n); (err == nil) != (uintptr(len(data)) == unsafe.Sizeof(n)) {
		panic("a number of another size")
	}
	var s string
	decode(payloadOf[string]().get(), data, true, &s)
	if s != string(data) {
		panic("another string")
	}
	acceptLink(nil, message{body: data})
	new(object).arrive(data, "thing", func(*segment) {})
	new(End[int]).GobDecode(data)
}

// Stages are where DieAt can stop, in the order of a Put and of a Get.
var Stages = []string{
	"latched", "popping", "popped", "writing", "joining",
	"leaving", "left", "reading", "pushing",
}

// DieAt does what Put or Get does up to a stage and then calls die, which ends the
// process.
func (q *Queue[T]) DieAt(stage string, die func()) {
	s, err := q.open()
	if err != nil {
		panic(err)
	}
	r := ring{s}
	reach := func(now string) {
		if now == stage {
			die()
		}
	}
	data := make([]byte, payloadOf[T]().get().size)
	r.take()
	reach("latched")
	switch stage {
	case "popping", "popped", "writing", "joining":
		slot := r.stack(int(r.word64(topAt).Load() - 1)).Load()
		r.owner(slot).Store(uint32(r.me))
		reach("popping")
		r.word64(topAt).Add(^uint64(0))
		reach("popped")
		r.latch.release()
		reach("writing")
		r.take()
		copy(r.bytes(slot), data)
		r.length(slot).Store(uint64(len(data)))
		tail := r.word64(tailAt).Load()
		r.line(tail).Store(slot)
		r.word64(tailAt).Store(tail + 1)
		reach("joining")
	default:
		head := r.word64(headAt).Load()
		slot := r.line(head).Load()
		r.owner(slot).Store(uint32(r.me))
		reach("leaving")
		r.word64(headAt).Store(head + 1)
		reach("left")
		r.latch.release()
		reach("reading")
		r.take()
		top := r.word64(topAt).Load()
		r.stack(int(top)).Store(slot)
		r.word64(topAt).Store(top + 1)
		reach("pushing")
	}
}
