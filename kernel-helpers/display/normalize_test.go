package display

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
)

// viaJSON is v after a way through JSON, which normalize stands for.
func viaJSON(t *testing.T, v any) (plain any) {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &plain); err != nil {
		t.Fatal(err)
	}
	return plain
}

func TestValuesAreSentAsJSONHasThem(t *testing.T) {
	type name string
	one := 1
	for _, v := range []any{
		true, 7, int8(-7), uint64(1 << 40), float32(0.1), 1e300, name("n"), time.Second, &one,
		[]int{1, 2}, [2]string{"a", "b"}, []any{nil, 1, "x", []any(nil)}, []*int{nil, &one},
		map[name]any{"k": map[string][]float32{"deep": {0.5, math.MaxFloat32}}, "nil": map[string]int(nil)},
		[]map[string]any{{"a": 1, "b": nil}}, [][]bool{{true}, nil, {}},
	} {
		got, err := normalize(v)
		if want := viaJSON(t, v); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%#v: %#v, %v; want %#v", v, got, err, want)
		}
	}
}

// typed gives lists and maps of v the types that a program might have.
func typed(random *rand.Rand, v any) any {
	switch v := v.(type) {
	case float64:
		switch random.IntN(3) {
		case 0:
			return float32(math.Mod(v, 1e30))
		case 1:
			return int16(math.Mod(v, 1e4))
		}
	case []any:
		list := make([]any, len(v))
		for i, element := range v {
			list[i] = typed(random, element)
		}
		return &list
	case map[string]any:
		type key string
		object := make(map[key]any, len(v))
		for k, element := range v {
			object[key(k)] = typed(random, element)
		}
		return object
	}
	return v
}

func TestAnyNestingIsSentAsJSONHasIt(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		v := typed(random, randomValue(random, 4))
		if v == nil {
			continue
		}
		got, err := normalize(v)
		if want := viaJSON(t, v); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%#v: %#v, %v; want %#v", v, got, err, want)
		}
	}
}

func TestWhatCannotBeSentIsSaid(t *testing.T) {
	endless := map[string]any{}
	endless["self"] = endless
	for want, v := range map[string]any{
		"unsupported value: +Inf":                   []float64{math.Inf(1)},
		"unsupported type: chan int":                []any{make(chan int)},
		"unsupported type: struct {}; give maps":    struct{}{},
		"unsupported type: map[int]int; give maps":  map[int]int{1: 1},
		"unsupported type: json.RawMessage in JSON": json.RawMessage("1"),
		"does one hold itself?":                     endless,
		"a *int without a value":                    (*int)(nil),
		"a <nil> without a value":                   nil,
		"a map[string]interface {} without a value": map[string]any(nil),
		"unsupported type: func(); give maps":       map[string]any{"f": func() {}},
	} {
		if got, err := normalize(v); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, %v; want an error that says %q", got, err, want)
		}
	}
}
