package toolchain

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const shop = `package shop // sells

import (
	"errors"
	"fmt"
	"strings"

	"example.test/greet"
)

var _ = fmt.Sprint

const most = 3

// Item is sold.
type Item struct {
	Name string // as it is called
	n    [most]price
}

type price int

func (p price) String() string { return strings.Repeat("*", int(p)) }

var prices = map[string]price{"tea": 2, greet.Text(): 1}

var ErrSold = errors.New("sold")

type Till struct {
	Item
	sum int
}

func (t *Till) Sell(i Item) int { t.sum += int(i.n[0]) + look(i.Name); return t.sum }

func (t Till) Sum() int { return t.sum }

func look(name string) int { return int(prices[name]) }

func Make(name string, each func(int) string) Item {
	i := Item{Name: name + each(len(prices))}
	i.n[0] = prices[name]
	return i
}
`

const buys = `package buys

import (
	"example.test/shop"
	"fmt"
)

type seller interface{ Sell(shop.Item) int }

func Buy() {
	var till shop.Till
	make := shop.Make
	tea := make("tea", func(n int) string { return fmt.Sprint(n) })
	var s seller = &till
	sell := till.Sell
	fmt.Println(s.Sell(tea), sell(tea), till.Sell(tea), till.Sum(), shop.Till.Sum(till), till.Item == shop.Item{})
	seen := map[shop.Item]int{tea: 1}
	seen[shop.Make("tea", func(int) string { return "2" })]++
	_, sums := any(till).(interface{ Sum() int })
	_, prints := any(tea).(fmt.Stringer)
	fmt.Printf("%v %T %v %v %v\n", seen, s, tea, sums, prints)
}
`

// importer builds a program of package shop and of one that imports it, which is
// compiled against shop's header or against shop itself, and returns what it prints.
func importer(t *testing.T, tools *Toolchain, shop, buys string, againstHeader bool) (string, error) {
	t.Helper()
	dir := t.TempDir()
	pack := func(name, path, text string, other ...Archive) Package {
		file := filepath.Join(dir, name+".go")
		put(t, file, text)
		return Package{Path: path, Files: []string{file}, Imports: []string{"errors", "strings", "fmt", "example.test/greet"}, Other: other, Out: filepath.Join(dir, name+".a")}
	}
	sold := pack("shop", "example.test/shop", shop)
	if err := tools.Compile(t.Context(), sold); err != nil {
		t.Fatal(err)
	}
	archive := Archive{Import: sold.Path, Path: sold.Path, File: sold.Out}
	seen := archive
	if againstHeader {
		text, err := Header([]byte(shop), "example.test/greet")
		if err != nil {
			return "", err
		}
		if seen, err = tools.CompileHeader(t.Context(), pack("header", sold.Path, string(text))); err != nil {
			return "", err
		}
		if err := StandIn(archive.File, seen.File); err != nil {
			return "", err
		}
	}
	buyer := pack("buys", "example.test/buys", buys, seen)
	file, err := tools.CompileKept(t.Context(), buyer)
	if err != nil {
		return "", err
	}
	bought := Archive{Import: buyer.Path, Path: buyer.Path, File: file}
	main := pack("main", "main", "package main\n\nimport \"example.test/buys\"\n\nfunc main() { buys.Buy() }\n", bought)
	if err := tools.Compile(t.Context(), main); err != nil {
		return "", err
	}
	program := filepath.Join(dir, "program")
	if err := tools.Link(t.Context(), main.Out, []Archive{archive, bought}, "", program); err != nil {
		return "", errors.New("linked: " + err.Error()) // which is too late for a refusal
	}
	out, err := exec.Command(program).CombinedOutput()
	return string(out), err
}

// shops opens what the packages above import.
func shops(t *testing.T) *Toolchain {
	t.Helper()
	o := module(t)
	put(t, filepath.Join(o.Dir, "greet", "greet.go"), "package greet\n\nimport \"strings\"\n\nvar text = strings.ToUpper(\"hello\")\n\nfunc Text() string { return text }\n")
	o.Packages = append(o.Packages, "fmt", "strings")
	tools := open(t, o)
	tools.kept = t.TempDir()
	return tools
}

func TestAnImporterOfAHeaderRunsAsThatOfThePackage(t *testing.T) {
	tools := shops(t)
	for name, text := range map[string]string{
		"as it is": shop,
		"other functions, and one more that comes first": strings.Replace(strings.Replace(shop, "func look", "func Before() string { return \"!\" }\n\nfunc look", 1), "t.sum += ", "t.sum += 10*len(Before())+", 1),
		"a variable that needs no function's help":       strings.Replace(shop, "greet.Text(): 1", "\"x\": price(len(greet.Text()))", 1),
	} {
		want, err := importer(t, tools, text, buys, false)
		if err != nil || !strings.Contains(want, "tea2 [2 0 0]}:2") {
			t.Fatalf("%s: %v\n%s", name, err, want)
		}
		if got, err := importer(t, tools, text, buys, true); err != nil || got != want {
			t.Errorf("%s: against the header %v\n%s; want\n%s", name, err, got, want)
		}
	}
}

func TestPackagesThatDifferWithinFunctionsHaveOneHeader(t *testing.T) {
	header := func(text string) string {
		t.Helper()
		got, err := Header([]byte(text), "runtime")
		if err != nil {
			t.Fatal(err)
		}
		return string(got)
	}
	first := header(shop)
	for name, c := range map[string]struct {
		old, new string
		same     bool
	}{
		"a body":                             {"t.sum += ", "t.sum -= ", true},
		"comments":                           {"// as it is called", "", true},
		"an empty line":                      {"Name string", "\n\n\tName string", true},
		"an unexported function":             {"func look", "func other() {}\n\nfunc look", true},
		"a variable":                         {"\"tea\": 2", "\"tea\": 3", true},
		"an import that only functions need": {"\"strings\"\n", "\"strings\"\n\t\"time\"\n", true},
		"a field":                            {"sum int", "sum, all int", false},
		"a field's type":                     {"sum int", "sum int32", false},
		"what a type is made of":             {"type price int", "type price int8", false},
		"a length":                           {"most = 3", "most = 4", false},
		"a method":                           {"func (t Till) Sum() int", "func (t Till) Get() int { return 1 }\n\nfunc (t Till) Sum() int", false},
		"an exported function":               {"func look", "func Look() {}\n\nfunc look", false},
		"a parameter":                        {"name string, each", "name string, more bool, each", false},
		"what a name means in a type":        {"const most = 3", "const most = 3\n\ntype string = []byte", false},
	} {
		if !strings.Contains(shop, c.old) {
			t.Fatalf("%s: there is no %q", name, c.old)
		}
		if got := header(strings.Replace(shop, c.old, c.new, 1)); (got == first) != c.same {
			t.Errorf("%s: the same header: %v, want %v\n%s", name, !c.same, c.same, got)
		}
	}
}

// What a header does not hold is refused when importers are compiled, never linked.
func TestWhatAHeaderDoesNotHold(t *testing.T) {
	tools := shops(t)
	for name, c := range map[string]struct{ add, use string }{
		"a variable":         {"", "shop.ErrSold.Error()"},
		"a generic function": {"func Same[T any](x T) T { return x }", "shop.Same(\"x\")"},
		"a generic type":     {"type Box[T any] struct{ X T }\n\nfunc (b Box[T]) Get() T { return b.X }", "shop.Box[string]{\"x\"}.Get()"},
		"a generic type whose methods make others": {
			"type Box[T any] struct{ n T }\n\nfunc (b *Box[T]) Add(x T) string { var s any = []T{x}; var m any = map[string]T{}; return fmt.Sprintf(\"%T %T\", s, m) }\n\ntype other int\n\nfunc Use() string { return new(Box[other]).Add(1) }",
			"new(shop.Box[mine]).Add(3)",
		},
		"a generic type's name":         {"type Pair[A, B any] struct{ A A; B B }", "shop.Pair[int, string]{1, \"x\"}"},
		"a function that is a variable": {"var Say = func() string { return \"x\" }", "shop.Say()"},
		"a length of a variable's":      {"var three [3]int\n\ntype Three [len(three)]int", "string(rune(64+len(shop.Three{})))"},
	} {
		text, uses := shop+c.add+"\n", strings.Replace(buys, "func Buy() {", "type mine int\n\nfunc Buy() {\n\tfmt.Println("+c.use+")", 1)
		if out, err := importer(t, tools, text, uses, false); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		var refused *Refused
		if out, err := importer(t, tools, text, uses, true); !errors.As(err, &refused) {
			t.Errorf("%s: %v\n%s; want it refused", name, err, out)
		}
	}
}

func TestStandInKnowsArchives(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good.a")
	file := filepath.Join(dir, "p.go")
	put(t, file, "package p\n\nconst Text = \"\\n!\\n\\x00go120ld\"\n")
	tools := shops(t)
	if err := tools.Compile(t.Context(), Package{Path: "p", Files: []string{file}, Out: good}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	if err := StandIn(good, good); err != nil {
		t.Error(err)
	}
	if again, err := os.ReadFile(good); err != nil || string(again) != string(text) {
		t.Errorf("standing in for itself changes an archive: %v", err)
	}
	bad := filepath.Join(dir, "bad.a")
	for length := 0; length < 400; length += 7 {
		put(t, bad, string(text[:length]))
		if StandIn(bad, good) == nil || StandIn(good, bad) == nil {
			t.Errorf("its first %d bytes are taken for an archive", length)
		}
	}
	put(t, bad, strings.Replace(string(text), "go120ld", "go999ld", -1))
	if StandIn(bad, good) == nil {
		t.Error("another form of objects is taken for the one that is known")
	}
	if StandIn(good, filepath.Join(dir, "none.a")) == nil {
		t.Error("a header that is not there is no error")
	}
}
