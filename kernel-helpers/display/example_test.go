package display_test

import (
	"fmt"

	"github.com/interleave-lab/interleave/kernel-helpers/display"
)

// In a notebook this is a formula. Here, as anywhere outside a kernel, it is text.
func ExampleShow() {
	err := display.Show(display.Bundle{
		"text/latex": `$6 \times 9 = 54$`,
		"text/plain": "six times nine is 54",
	})
	fmt.Println(err, display.InKernel())
	// Output:
	// six times nine is 54
	// <nil> false
}

func ExampleMarkdown() {
	display.Markdown("| who | waits for |\n| --- | --- |\n| Ann | `till` |")
	// Output:
	// | who | waits for |
	// | --- | --- |
	// | Ann | `till` |
}

// In a notebook the second takes the place of the first; a terminal has both. Of many
// that come at once only some are drawn, and always the last: Close sees to that.
func ExampleLive() {
	live := display.NewLive()
	live.Update(display.Bundle{"text/plain": "1 of 2 pages"})
	live.Update(display.Bundle{"text/plain": "2 of 2 pages"})
	fmt.Println(live.Close())
	// Output:
	// 1 of 2 pages
	// 2 of 2 pages
	// <nil>
}

// Outside a kernel only the last state is printed: "pages: 40 of 40 (100%) in 1.2 s".
func ExampleProgress() {
	progress := display.NewProgress("pages", 40)
	for range 40 {
		progress.Add(1)
	}
	fmt.Println(progress.Close())
}
