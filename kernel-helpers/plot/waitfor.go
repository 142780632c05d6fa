package plot

import "github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/waitgraph"

// WaitFor is a wait-for graph: which thread waits for which lock, and who holds it,
// as Edges. Whatever waits in a circle waits for ever: that is a deadlock, and drawn
// loud. Package locks draws one when it finds a deadlock; fill one yourself to draw
// waits that come from elsewhere, and call Chart.
//
// A Subtitle that is "" becomes the finding, which tells the first circle in words,
// and a Text that is "" title and finding. The first 40 threads and locks are drawn,
// and all waits are in the table.
type WaitFor = waitgraph.WaitFor

// Wait is one wait: of the thread Waiter, For a lock or for anything else that has a
// name. Holder has what is waited for, "" if nobody is known to. Line is where it
// waits, such as "`mu.Lock()` (main)", shown without its backticks; it may be "".
type Wait = waitgraph.Wait
