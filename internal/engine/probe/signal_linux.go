package probe

import "golang.org/x/sys/unix"

// noSignal lets a guest who comes too late be told so by an error.
const noSignal = unix.MSG_NOSIGNAL
