package display

import "os"

// InKernel reports whether output goes to a notebook: not in a test or a program of
// its own, where plain text is printed instead.
func InKernel() bool { return os.Getenv(pipeEnv) != "" }
