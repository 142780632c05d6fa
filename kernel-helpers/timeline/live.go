package timeline

import "time"

type live struct{}

func (l *live) pause() (t time.Time) { return }
func (l *live) resume()              {}

func (t *take) draw(rec *Recording) error { return rec.Show(t.title) }
