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
	p := newPayload[fuzzed]()
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
	decode(newPayload[fuzzed](), data, true, &f)
	var n int
	if err := decode(newPayload[int](), data, true, &n); (err == nil) != (uintptr(len(data)) == unsafe.Sizeof(n)) {
		panic("a number of another size")
	}
	var s string
	decode(newPayload[string](), data, true, &s)
	if s != string(data) {
		panic("another string")
	}
	acceptLink(nil, message{body: data})
	new(object).arrive(data, func(*segment) {})
	new(End[int]).GobDecode(data)
}
