package display

import "golang.org/x/sys/unix"

// fionread asks how many bytes of a pipe are unread.
const fionread = unix.TIOCINQ
