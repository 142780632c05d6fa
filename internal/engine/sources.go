package engine

import "embed"

// Sources are the packages that a program of another module needs to run under
// schedules: they import nothing but the standard library and one another.
//
//go:embed schedule/*.go schedule/atomic/*.go schedule/maps/*.go schedule/rand/*.go schedule/rand/v2/*.go schedule/record/*.go schedule/sync/*.go stack/*.go wire/*.go
var Sources embed.FS
