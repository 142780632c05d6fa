package display

import (
	"bytes"
	"encoding/gob"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// What GoNB's package gonbui/protocol declares, for encoding/gob. The stand-in
// kernel of the other tests uses that package itself.
type (
	oracleMIME string
	oracleData struct {
		Data      map[oracleMIME]any
		Metadata  map[string]any
		DisplayID string
	}
	oracleComm struct {
		Address string
		Request bool
		Value   any
	}
)

func init() {
	gob.RegisterName("github.com/janpfeifer/gonb/gonbui/protocol.CommValue", oracleComm{})
	gob.Register(map[string]any{})
	gob.Register([]any{})
}

// randomValue is a value as JSON decodes to, without empty lists, which gob
// makes nil.
func randomValue(random *rand.Rand, depth int) any {
	kinds := 7
	if depth == 0 {
		kinds = 5
	}
	switch random.IntN(kinds) {
	case 0:
		return nil
	case 1:
		return random.IntN(2) == 0
	case 2:
		return math.Float64frombits(random.Uint64() &^ (1 << 62)) // finite
	case 3:
		return float64(random.IntN(1000) - 500)
	case 4:
		return strings.Repeat("é\x00", random.IntN(200))
	case 5:
		list := []any{1.0}
		for range random.IntN(5) {
			list = append(list, randomValue(random, depth-1))
		}
		return list
	}
	object := map[string]any{}
	for range random.IntN(5) {
		object[strings.Repeat("k", random.IntN(300))] = randomValue(random, depth-1)
	}
	return object
}

func TestMessagesAreGob(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var w gobWriter
	w.definitions()
	var sent []oracleData
	for i := range 300 {
		b := Bundle{}
		want := oracleData{Data: map[oracleMIME]any{}}
		for _, mime := range []string{"text/plain", "application/json", "image/png"}[:1+i%3] {
			v := randomValue(random, 4)
			if mime == "image/png" {
				v = bytes.Repeat([]byte{0xff, 0}, random.IntN(5000)+1)
			}
			b[mime], want.Data[oracleMIME(mime)] = v, v
		}
		if i%2 == 0 {
			want.DisplayID = "id"
		}
		w.displayData(b, want.DisplayID)
		sent = append(sent, want)
	}
	w.displayData(Bundle{commMIME: commValue{syncAddress, 1 << 40}}, "")
	sent = append(sent, oracleData{Data: map[oracleMIME]any{commMIME: oracleComm{Address: syncAddress, Value: 1 << 40}}})

	decoder := gob.NewDecoder(bytes.NewReader(w))
	for i, want := range sent {
		var got oracleData
		if err := decoder.Decode(&got); err != nil {
			t.Fatalf("message %d: %v", i, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("message %d: got %v, want %v", i, got, want)
		}
	}
}

func TestAnswersAreReadFromGob(t *testing.T) {
	var stream bytes.Buffer
	encoder := gob.NewEncoder(&stream)
	var want []int
	for _, answer := range []oracleComm{
		{Address: syncAck, Value: 1},
		{Address: "a widget", Value: "text"},
		{Address: "a widget", Value: 7},
		{Address: "a widget", Request: true, Value: map[string]any{"a": []any{1}}},
		{Address: syncAck, Value: 1 << 30},
	} {
		if err := encoder.Encode(answer); err != nil {
			t.Fatal(err)
		}
		if answer.Address == syncAck {
			want = append(want, answer.Value.(int))
		}
	}
	var got []int
	for stream.Len() > 0 {
		size, err := readUint(&stream)
		if err != nil {
			t.Fatal(err)
		}
		if n := acknowledged(stream.Next(int(size))); n != 0 {
			got = append(got, n)
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("acknowledged %v, want %v", got, want)
	}
}

func FuzzAcknowledged(f *testing.F) {
	f.Add([]byte{0xff, 0x81, 1, 3, 'i', 'n', 't'})
	f.Fuzz(func(t *testing.T, message []byte) { acknowledged(message) })
}
