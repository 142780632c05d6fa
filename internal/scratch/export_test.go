package scratch

// Abandon lets go of the folder as a killed process does.
func Abandon(f *Folder) error { return f.lock.Close() }
