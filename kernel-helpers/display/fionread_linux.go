package display

import "syscall"

// fionread asks how many bytes of a pipe are unread.
const fionread = syscall.TIOCINQ
