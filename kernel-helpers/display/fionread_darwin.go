package display

// fionread asks how many bytes of a pipe are unread: FIONREAD of <sys/filio.h>,
// which package syscall does not list.
const fionread = 0x4004667f
