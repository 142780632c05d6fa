package probe

import "syscall"

// noSignal lets a guest who comes too late be told so by an error.
const noSignal = syscall.MSG_NOSIGNAL
