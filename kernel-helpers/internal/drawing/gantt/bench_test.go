package gantt

import "testing"

func BenchmarkBundle(b *testing.B) {
	for _, c := range []struct {
		name     string
		timeline Timeline
	}{{"5 lanes", lockQueue()}, {"50,000 spans", dense(50_000, 4)}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := c.timeline.Chart().Bundle(); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(c.name+"/chart", func(b *testing.B) {
			for b.Loop() {
				c.timeline.Chart()
			}
		})
		b.Run(c.name+"/SVG", func(b *testing.B) {
			chart := c.timeline.Chart()
			for b.Loop() {
				chart.SVG()
			}
		})
		b.Run(c.name+"/PNG", func(b *testing.B) {
			chart := c.timeline.Chart()
			for b.Loop() {
				chart.PNG()
			}
		})
	}
}
